import { fieldsOf, listOf, textOf } from './json.ts';
import { Terms } from './parts.tsx';

/** What Mattermost gets, part by part, in its Markdown: the page does not draw that. */
export function MattermostBody({ payload, locale }: { readonly payload: unknown; readonly locale: string }) {
  const { text, attachments } = fieldsOf(payload);
  const attachment = fieldsOf(listOf(attachments)[0]);
  const terms = listOf(attachment['fields'])
    .map(fieldsOf)
    .map(({ title, value }) => [textOf(title), textOf(value)] as const);
  return (
    <div lang={locale}>
      <p>{textOf(text)}</p>
      <p>{textOf(attachment['text'])}</p>
      <Terms class="webhook-body" lang={locale} terms={terms} />
      <p>{textOf(attachment['footer'])}</p>
    </div>
  );
}
