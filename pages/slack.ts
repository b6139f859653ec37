import { el, link } from './dom.ts';
import { type Fields, fieldsOf, listOf, textOf } from './json.ts';
import { drawBlock } from './slack-blocks.ts';
import { mrkdwn, unformatted } from './slack-mrkdwn.ts';
import { unknown } from './unknown.ts';

const NAMED: Readonly<Record<string, string>> = { good: '#2eb886', warning: '#daa038', danger: '#a30200' };

function barColour(color: string): string {
  const hex = color.startsWith('#') ? color : `#${color}`;
  return NAMED[color] ?? (/^#[\da-f]{3,8}$/i.test(hex) ? hex : '');
}

/** The fields an attachment had before there were blocks; Slack still shows them. */
function oldStyle(attachment: Fields): Node[] {
  const { title, title_link, text, footer, fallback } = attachment;
  const fields = listOf(attachment['fields']).map((value) => {
    const field = fieldsOf(value);
    return el(
      'div',
      { class: 'field' },
      el('strong', {}, textOf(field['title'])),
      '\n',
      ...mrkdwn(textOf(field['value']), false),
    );
  });
  const parts = [
    title === undefined
      ? undefined
      : el('div', { class: 'line' }, el('strong', {}, link(textOf(title_link), {}, textOf(title)))),
    text === undefined ? undefined : el('div', { class: 'line' }, ...mrkdwn(textOf(text), false)),
    fields.length === 0 ? undefined : el('div', { class: 'fields' }, ...fields),
    footer === undefined ? undefined : el('div', { class: 'context' }, textOf(footer)),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? [el('div', { class: 'line' }, textOf(fallback))] : parts;
}

function attachmentOf(value: unknown): Node {
  const attachment = fieldsOf(value);
  const blocks = listOf(attachment['blocks']).map(drawBlock);
  const box = el('div', { class: 'attachment' }, ...(blocks.length === 0 ? oldStyle(attachment) : blocks));
  box.style.setProperty('--bar', barColour(textOf(attachment['color'])));
  return box;
}

/** The message as Slack shows it. Its `text` appears only where there are no blocks, as in Slack. */
export function drawSlack(payload: unknown): HTMLElement {
  const message = fieldsOf(payload);
  const blocks = listOf(message['blocks']).map(drawBlock);
  const text = textOf(message['text']);
  const attachments = listOf(message['attachments']).map(attachmentOf);
  const words = message['mrkdwn'] === false ? unformatted(text) : mrkdwn(text, false);
  const plain = blocks.length === 0 && text !== '' ? [el('div', { class: 'line' }, ...words)] : [];
  const parts = [...plain, ...blocks, ...attachments];
  return el(
    'div',
    { class: 'slack-body' },
    ...(parts.length === 0 ? [unknown('div', 'message', 'without content')] : parts),
  );
}
