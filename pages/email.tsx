import { fieldsOf, textOf } from './json.ts';

/** What a mail program shows: the subject, and the document in a frame in which nothing runs and nothing is loaded. */
export function EmailBody({ payload, locale }: { readonly payload: unknown; readonly locale: string }) {
  const { subject, text, html } = fieldsOf(payload);
  const document = textOf(html);
  return (
    <div class="email-body" lang={locale}>
      <p class="email-subject">{textOf(subject)}</p>
      {document === '' ? (
        <pre class="email-text">{textOf(text)}</pre>
      ) : (
        // What is in it has no rights, and is of an origin of its own.
        <iframe class="email-frame" title={textOf(subject)} sandbox="" srcdoc={document} />
      )}
    </div>
  );
}
