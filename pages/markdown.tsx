import { type ComponentChildren, render } from 'preact';
import { Link } from './parts.tsx';
import { tokensIn } from './tokens.ts';

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

const mention = (text: string): ComponentChildren =>
  mentioned.has(text) ? <span class="mention">{text.slice(4, -5)}</span> : text;

function token(match: RegExpExecArray): ComponentChildren {
  const { literal, label, url = '', bold, star, line, at, entity } = match.groups ?? {};
  if (literal !== undefined) return literal;
  if (label !== undefined) return <Link url={url}>{inline(label)}</Link>;
  if (bold !== undefined) return <strong>{inline(bold)}</strong>;
  if (at !== undefined) return mention(at);
  if (entity !== undefined) return decode(entity);
  const italic = star ?? line;
  return italic === undefined ? <br /> : <em>{inline(italic)}</em>;
}

/** A text of Markdown, drawn. */
export const inline = (text: string): ComponentChildren[] => tokensIn(text, TOKEN, token);

/** The part of Markdown a card needs, as HTML. It is built as nodes and then written out, so data cannot become a tag. */
export function markdownToHtml(text: string): string {
  const root = document.createElement('div');
  const paragraphs = text.split(/\n{2,}/).map((part) => <p>{inline(part)}</p>);
  render(paragraphs, root);
  return root.innerHTML;
}
