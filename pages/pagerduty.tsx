import { fieldsOf, listOf, textOf } from './json.ts';
import { Link, Terms } from './parts.tsx';

const ACTION: Readonly<Record<string, string>> = {
  trigger: 'Triggers',
  acknowledge: 'Acknowledges',
  resolve: 'Resolves',
};

/** What PagerDuty gets: what it does to which alert, or a change; what it says, its details and links. */
export function PagerDutyBody({ payload, locale }: { readonly payload: unknown; readonly locale: string }) {
  const { event_action, dedup_key, payload: said, links } = fieldsOf(payload);
  const { summary, severity, source, component, group, class: kind, custom_details } = fieldsOf(said);
  const action = ACTION[textOf(event_action)];
  const known = { severity, source, component, group, class: kind, dedup_key };
  const terms = [...Object.entries(known), ...Object.entries(fieldsOf(custom_details))].map(
    ([name, value]) => [name, textOf(value)] as const,
  );
  return (
    <div lang={locale} class="incident" data-severity={action === undefined ? 'change' : textOf(severity)}>
      <p>
        <span class="incident-action">{action ?? 'Change'}</span>
        <strong>{textOf(summary)}</strong>
      </p>
      <Terms terms={terms} />
      <p class="incident-links">
        {listOf(links)
          .map(fieldsOf)
          .map(({ href, text }) => (
            <Link url={textOf(href)}>{textOf(text)}</Link>
          ))}
      </p>
    </div>
  );
}
