import { el, link } from './dom.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './json.ts';
import { dateNode } from './slack-date.ts';
import { emojiOf } from './slack-emoji.ts';
import { mention } from './slack-mrkdwn.ts';
import { unknown } from './unknown.ts';

const STYLES = [
  ['code', 'code'],
  ['strike', 's'],
  ['italic', 'em'],
  ['bold', 'strong'],
] as const;

function styled(node: Node, style: Fields): Node {
  return STYLES.reduce((inner, [name, tag]) => (style[name] === true ? el(tag, {}, inner) : inner), node);
}

const words = (text: string): Node => document.createTextNode(text);

const INLINE: Readonly<Record<string, (element: Fields) => Node>> = {
  text: ({ text }) => words(textOf(text)),
  link: ({ url, text }) => link(textOf(url), {}, textOf(text) || textOf(url)),
  emoji: ({ name, unicode }) => words(emojiOf(textOf(name), textOf(unicode))),
  date: ({ timestamp, format, url, fallback }) =>
    dateNode({ unix: numberOf(timestamp), format: textOf(format), url: textOf(url), fallback: textOf(fallback) }),
  user: ({ user_id }) => mention(`@${textOf(user_id)}`),
  usergroup: ({ usergroup_id }) => mention(`@${textOf(usergroup_id)}`),
  channel: ({ channel_id }) => mention(`#${textOf(channel_id)}`),
  broadcast: ({ range }) => mention(`@${textOf(range)}`),
  color: ({ value }) => el('code', {}, textOf(value)),
};

function inline(value: unknown): Node {
  const element = fieldsOf(value);
  const draw = INLINE[textOf(element['type'])];
  return draw ? styled(draw(element), fieldsOf(element['style'])) : unknown('span', 'element', element['type']);
}

const inlines = (part: Fields): Node[] => listOf(part['elements']).map(inline);

function list(part: Fields): Node {
  const ordered = part['style'] === 'ordered';
  const items = listOf(part['elements']).map((item) => el('li', {}, ...inlines(fieldsOf(item))));
  const offset = numberOf(part['offset']);
  const start: Record<string, string> = ordered && offset > 0 ? { start: String(offset + 1) } : {};
  const indent = Math.min(8, Math.max(0, numberOf(part['indent']) || 0));
  return el(ordered ? 'ol' : 'ul', { ...start, 'data-indent': String(indent) }, ...items);
}

const PARTS: Readonly<Record<string, (part: Fields) => Node>> = {
  rich_text_section: (part) => el('div', { class: 'line' }, ...inlines(part)),
  rich_text_list: list,
  rich_text_quote: (part) => el('blockquote', {}, ...inlines(part)),
  rich_text_preformatted: (part) => el('pre', {}, ...inlines(part)),
};

export function richText(block: Fields): Node {
  const parts = listOf(block['elements']).map((value) => {
    const part = fieldsOf(value);
    return PARTS[textOf(part['type'])]?.(part) ?? unknown('div', 'element', part['type']);
  });
  return el('div', { class: 'rich' }, ...parts);
}
