import type { ComponentChildren } from 'preact';
import { Link } from './parts.tsx';
import { dateNode } from './slack-date.tsx';
import { emojiOf } from './slack-emoji.ts';
import { tokensIn } from './tokens.ts';

// A mark counts only at the edge of a word, so `vm_app_01` keeps its underscores.
const span = (mark: string, name: string): string =>
  `(?<![\\p{L}\\p{N}${mark}])[${mark}](?=\\S)(?<${name}>(?:<[^<>\\n]*>|[^${mark}<\\n])+?)(?<=\\S)[${mark}](?![\\p{L}\\p{N}${mark}])`;

const ANGLE = '<(?<angle>[^<>\\n]+)>';
const EMOJI = ':(?<emoji>[a-z0-9_+-]+):';
const URL = '(?<url>https?://[^\\s<>|]+)';
const MARKS = ['`(?<code>[^`\\n]+)`', span('*', 'bold'), span('_', 'italic'), span('~', 'strike')];

const FORMATTED = new RegExp([ANGLE, ...MARKS, EMOJI, URL].join('|'), 'gu');
// A message with `mrkdwn: false` keeps its marks, yet its links and entities are still read.
const UNFORMATTED = new RegExp([ANGLE, EMOJI, URL].join('|'), 'gu');

const ENTITY: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
export const decode = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITY[entity] ?? entity);

export const mention = (text: string): ComponentChildren => <span class="mention">{text}</span>;

function dateOf(body: string, label: string): ComponentChildren {
  const [unix = '', format = '', url = ''] = body.split('^');
  return dateNode({ unix: unix === '' ? Number.NaN : Number(unix), format, url: decode(url), fallback: decode(label) });
}

/** What stands between `<` and `>`: a link, a mention or a date. */
function angle(inside: string): ComponentChildren {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  if (target.startsWith('!date^')) return dateOf(target.slice(6), label);
  if (target.startsWith('!subteam^')) return mention(decode(label) || `@${target.slice(9)}`);
  if (target.startsWith('!')) return mention(`@${decode(label) || target.slice(1)}`);
  if (target.startsWith('@') || target.startsWith('#')) return mention(target[0] + (decode(label) || target.slice(1)));
  return <Link url={decode(target)}>{decode(label || target)}</Link>;
}

function token(match: RegExpExecArray, verbatim: boolean): ComponentChildren {
  const { code, angle: inside, bold, italic, strike, emoji, url } = match.groups ?? {};
  if (code !== undefined) return <code>{decode(code)}</code>;
  if (inside !== undefined) return angle(inside);
  if (bold !== undefined) return <strong>{inline(bold, verbatim)}</strong>;
  if (italic !== undefined) return <em>{inline(italic, verbatim)}</em>;
  if (strike !== undefined) return <s>{inline(strike, verbatim)}</s>;
  if (emoji !== undefined) return emojiOf(emoji);
  const address = decode(url ?? match[0]);
  return verbatim ? address : <Link url={address}>{address}</Link>;
}

const inline = (text: string, verbatim: boolean, tokens = FORMATTED): ComponentChildren[] =>
  tokensIn(text, tokens, (match) => token(match, verbatim), decode);

const QUOTE = /^(?:>|&gt;) ?/;

/** Lines of one kind stand together: quoted lines become one quotation. */
function paragraphs(text: string, verbatim: boolean): ComponentChildren[] {
  const groups: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = QUOTE.test(line);
    const group = groups.at(-1);
    if (group?.quoted === quoted) group.lines.push(line.replace(QUOTE, ''));
    else groups.push({ quoted, lines: [quoted ? line.replace(QUOTE, '') : line] });
  }
  return groups.flatMap(({ quoted, lines }) => {
    const nodes = inline(lines.join('\n'), verbatim);
    return quoted ? [<blockquote>{nodes}</blockquote>] : nodes;
  });
}

const FENCE = /(```[\s\S]+?```)/;

export function mrkdwn(text: string, verbatim: boolean): ComponentChildren[] {
  return text.split(FENCE).flatMap((part): ComponentChildren[] => {
    if (part === '') return [];
    if (part.startsWith('```') && part.length > 6) return [<pre>{decode(part.slice(3, -3).replace(/^\n/, ''))}</pre>];
    return paragraphs(part, verbatim);
  });
}

export const unformatted = (text: string): ComponentChildren[] => inline(text, false, UNFORMATTED);

export const withEmoji = (text: string): string =>
  text.replace(/:([a-z0-9_+-]+):/g, (_whole, name: string) => emojiOf(name));
