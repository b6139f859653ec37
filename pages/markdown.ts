import { el, link } from './dom.ts';

const TOKEN = new RegExp(
  [
    '\\\\(?<literal>[!-/:-@[-`{-~])',
    '\\[(?<label>[^\\[\\]\\n]+)\\]\\((?<url>https://[^\\s()]+)\\)',
    '\\*\\*(?=\\S)(?<bold>(?:\\\\.|[^*\\\\\\n])+?)(?<=\\S)\\*\\*',
    '(?<![\\p{L}\\p{N}*])[*](?=\\S)(?<star>(?:\\\\.|[^*\\\\\\n])+?)(?<=\\S)[*](?![\\p{L}\\p{N}*])',
    '(?<![\\p{L}\\p{N}_])_(?=\\S)(?<line>(?:\\\\.|[^_\\\\\\n])+?)(?<=\\S)_(?![\\p{L}\\p{N}_])',
    '(?<at><at>[^<>\\n]+</at>)',
    '(?<entity>&(?:amp|lt|gt|quot|nbsp|#\\d{1,6});)',
    '(?<end>\\r\\n|\\r|\\n)',
  ].join('|'),
  'gu',
);

const ENTITY: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': '\u00a0',
};

const decode = (entity: string): string =>
  ENTITY[entity] ?? String.fromCodePoint(Number(entity.slice(2, -1)) || 0xfffd);

/** The mentions that the card brings an entity for; `<at>` without one is text. */
let mentioned: ReadonlySet<string> = new Set();

export function expectMentions(texts: readonly string[]): void {
  mentioned = new Set(texts);
}

const mention = (text: string): Node =>
  mentioned.has(text) ? el('span', { class: 'mention' }, text.slice(4, -5)) : document.createTextNode(text);

function token(match: RegExpExecArray): Node {
  const { literal, label, url, bold, star, line, at, entity } = match.groups ?? {};
  if (literal !== undefined) return document.createTextNode(literal);
  if (label !== undefined) return link(url ?? '', {}, ...inline(label));
  if (bold !== undefined) return el('strong', {}, ...inline(bold));
  if (at !== undefined) return mention(at);
  if (entity !== undefined) return document.createTextNode(decode(entity));
  const italic = star ?? line;
  return italic === undefined ? el('br') : el('em', {}, ...inline(italic));
}

function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(document.createTextNode(text.slice(end, match.index)), token(match));
    end = match.index + match[0].length;
  }
  return [...nodes, document.createTextNode(text.slice(end))];
}

/** The part of Markdown a card needs, as HTML. It is built as nodes and then written out, so data cannot become a tag. */
export function markdownToHtml(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((part) => el('p', {}, ...inline(part)));
  return el('div', {}, ...paragraphs).innerHTML;
}
