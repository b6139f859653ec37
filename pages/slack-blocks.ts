import { el, link } from './dom.ts';
import { type Fields, fieldsOf, listOf, textOf } from './json.ts';
import { mrkdwn, withEmoji } from './slack-mrkdwn.ts';
import { richText } from './slack-rich-text.ts';
import { unknown } from './unknown.ts';

function textObject(value: unknown): Node[] {
  const object = fieldsOf(value);
  const text = textOf(object['text']);
  if (object['type'] === 'mrkdwn') return mrkdwn(text, object['verbatim'] === true);
  return [document.createTextNode(object['emoji'] === false ? text : withEmoji(text))];
}

const picture = (element: Fields): Node =>
  el('span', { class: 'unknown' }, `Image: ${textOf(element['alt_text']) || 'no description'}`);

function button(element: Fields): Node {
  const style = textOf(element['style']);
  const attributes: Record<string, string> = { class: `slack-button ${style}`.trim() };
  const spoken = textOf(element['accessibility_label']);
  if (spoken !== '') attributes['title'] = spoken;
  if (spoken !== '') attributes['aria-label'] = spoken;
  return link(textOf(element['url']), attributes, ...textObject(element['text']));
}

function element(value: unknown): Node {
  const part = fieldsOf(value);
  if (part['type'] === 'button') return button(part);
  if (part['type'] === 'image') return picture(part);
  if (part['type'] === 'mrkdwn' || part['type'] === 'plain_text') return el('span', {}, ...textObject(part));
  return unknown('span', 'element', part['type']);
}

function section(block: Fields): Node {
  const fields = listOf(block['fields']).map((field) => el('div', { class: 'field' }, ...textObject(field)));
  return el(
    'div',
    { class: 'section' },
    block['text'] === undefined ? undefined : el('div', { class: 'line' }, ...textObject(block['text'])),
    fields.length === 0 ? undefined : el('div', { class: 'fields' }, ...fields),
    block['accessory'] === undefined ? undefined : el('div', { class: 'accessory' }, element(block['accessory'])),
  );
}

const elements = (name: string, block: Fields): Node =>
  el('div', { class: name }, ...listOf(block['elements']).map(element));

const BLOCKS: Readonly<Record<string, (block: Fields) => Node>> = {
  section,
  rich_text: richText,
  header: ({ text }) => el('div', { class: 'title', role: 'heading', 'aria-level': '3' }, ...textObject(text)),
  context: (block) => elements('context', block),
  actions: (block) => elements('actions', block),
  divider: () => el('hr'),
  image: picture,
};

export function drawBlock(value: unknown): Node {
  const block = fieldsOf(value);
  return BLOCKS[textOf(block['type'])]?.(block) ?? unknown('div', 'block', block['type']);
}
