import { fieldsOf, textOf } from './json.ts';
import { Terms } from './parts.tsx';

const SHOWN = ['type', 'source', 'subject', 'time', 'id'] as const;

/** What a program gets has no looks: the attributes that it routes by, in the order of a reader's questions. */
export function WebhookBody({ payload, locale }: { readonly payload: unknown; readonly locale: string }) {
  const event = fieldsOf(payload);
  const terms = SHOWN.map((name) => [name, textOf(event[name]) && <code>{textOf(event[name])}</code>] as const);
  return <Terms class="webhook-body" lang={locale} terms={terms} />;
}
