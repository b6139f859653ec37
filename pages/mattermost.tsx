import { fieldsOf, listOf, textOf } from './json.ts';
import { inline } from './markdown.tsx';
import { Terms } from './parts.tsx';

/** What Mattermost gets, part by part: of its Markdown, bold, italic, links and what is escaped. Code is shown with its ticks. */
export function MattermostBody({ payload, locale }: { readonly payload: unknown; readonly locale: string }) {
  const { text, attachments } = fieldsOf(payload);
  const attachment = fieldsOf(listOf(attachments)[0]);
  const terms = listOf(attachment['fields'])
    .map(fieldsOf)
    .map(({ title, value }) => [textOf(title), inline(textOf(value))] as const);
  return (
    <div lang={locale}>
      <p>{inline(textOf(text))}</p>
      <p>{inline(textOf(attachment['text']))}</p>
      <Terms class="webhook-body" lang={locale} terms={terms} />
      <p>{textOf(attachment['footer'])}</p>
    </div>
  );
}
