import type { ComponentChildren } from 'preact';
import { type Fields, fieldsOf, listOf, textOf } from './json.ts';
import { Link, Unknown } from './parts.tsx';
import { drawBlock } from './slack-blocks.tsx';
import { readAs } from './slack-date.tsx';
import { mrkdwn, unformatted } from './slack-mrkdwn.tsx';

const NAMED: Readonly<Record<string, string>> = { good: '#2eb886', warning: '#daa038', danger: '#a30200' };

function barColour(color: string): string {
  const hex = color.startsWith('#') ? color : `#${color}`;
  return NAMED[color] ?? (/^#[\da-f]{3,8}$/i.test(hex) ? hex : '');
}

const oldField = (value: unknown): ComponentChildren => {
  const field = fieldsOf(value);
  return (
    <div class="field">
      <strong>{textOf(field['title'])}</strong>
      {'\n'}
      {mrkdwn(textOf(field['value']), false)}
    </div>
  );
};

/** The fields an attachment had before there were blocks; Slack still shows them. */
function oldStyle(attachment: Fields): ComponentChildren {
  const { title, title_link, text, footer, fallback } = attachment;
  const fields = listOf(attachment['fields']);
  const isEmpty = fields.length === 0 && [title, text, footer].every((part) => part === undefined);
  if (isEmpty) return <div class="line">{textOf(fallback)}</div>;
  return (
    <>
      {title !== undefined && (
        <div class="line">
          <strong>
            <Link url={textOf(title_link)}>{textOf(title)}</Link>
          </strong>
        </div>
      )}
      {text !== undefined && <div class="line">{mrkdwn(textOf(text), false)}</div>}
      {fields.length > 0 && <div class="fields">{fields.map(oldField)}</div>}
      {footer !== undefined && <div class="context">{textOf(footer)}</div>}
    </>
  );
}

function attachmentOf(value: unknown): ComponentChildren {
  const attachment = fieldsOf(value);
  const blocks = listOf(attachment['blocks']);
  return (
    <div class="attachment" style={{ '--bar': barColour(textOf(attachment['color'])) }}>
      {blocks.length === 0 ? oldStyle(attachment) : blocks.map(drawBlock)}
    </div>
  );
}

/** Its `text` appears only where there are no blocks, as in Slack. */
function partsOf(payload: unknown): readonly ComponentChildren[] {
  const message = fieldsOf(payload);
  const blocks = listOf(message['blocks']);
  const text = textOf(message['text']);
  const isPlain = blocks.length === 0 && text !== '';
  const words = message['mrkdwn'] === false ? unformatted(text) : mrkdwn(text, false);
  return [
    ...(isPlain ? [<div class="line">{words}</div>] : blocks.map(drawBlock)),
    ...listOf(message['attachments']).map(attachmentOf),
  ];
}

/** The message as Slack shows it to a reader of this language. */
export function SlackBody({ payload, locale }: { readonly payload: unknown; readonly locale: string }) {
  readAs(locale);
  const parts = partsOf(payload);
  readAs('en');
  return (
    <div class="slack-body" lang={locale}>
      {parts.length === 0 ? <Unknown what="message" type="without content" /> : parts}
    </div>
  );
}
