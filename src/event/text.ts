import * as z from 'zod';
import { withoutSecrets } from './secrets/secrets.ts';

// C0 and C1 controls but tab and newline, and the characters that reorder what a reader sees
// (bidirectional embeddings, overrides and isolates; Unicode TR 36, "Bidirectional Text Spoofing").
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;
const LINE_BREAK = /\r\n?|\u2028|\u2029|\u0085/g;

// Most strings are names and ids in plain ASCII, which need no cleaning.
const PLAIN = /^[\x20-\x7e]*$/;

// Accents upon accents: no writing has more than 30 on one letter (Unicode TR 15, "Stream-Safe Text Format"), and to
// bring them into their order takes the square of their number.
const PILED = /(\p{M}{30})\p{M}+/gu;

/** Text as people can safely read it: well-formed Unicode, composed, without control or reordering characters. */
export const clean = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text.toWellFormed().replace(LINE_BREAK, '\n').replace(UNWANTED, '').replace(PILED, '$1').normalize('NFC');

// Letters and marks of scripts that are written from right to left (Unicode's blocks of them), and what stands between two.
const RTL = '[\\u0590-\\u08ff\\u200f\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]';
const RIGHT_TO_LEFT = new RegExp(`${RTL}(?:[^\\p{Script=Latin}\\d]*${RTL})?`, 'gu');

/**
 * A sentence in which words written from right to left turn nothing round that follows them: "3 → 6" behind such a name would
 * be shown as "6 → 3". A LEFT-TO-RIGHT MARK ends them (Unicode TR 9, "Implicit Directional Marks").
 */
export const inOrder = (text: string): string => (PLAIN.test(text) ? text : text.replace(RIGHT_TO_LEFT, '$&\u200e'));

// One line of plain words, one space apart: names and ids, which are what there is most of.
const TIDY = /^[!-~]+(?: [!-~]+)*$/;

// What nobody sees: spaces, joiners, fillers, selectors (Unicode's Default_Ignorable_Code_Point), and the empty Braille cell.
const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]*$/u;

/** Whether there is nothing in a text that people can see: as a name, it is none. */
export const isUnseen = (text: string): boolean => !/^[!-~]/.test(text) && UNSEEN.test(text);

const oneLine = (text: string): string =>
  clean(text)
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim();

const ELLIPSIS = '…';
let graphemes: Intl.Segmenter | undefined;

/** The longest start of `text` that has at most `max` UTF-16 units and splits no grapheme. */
function head(text: string, max: number): string {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  // One grapheme can be longer than the whole budget (a letter under a thousand accents), so look a little further only.
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, max + 64))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The longest end of `text` that has at most `max` UTF-16 units and splits no grapheme. */
function tail(text: string, max: number): string {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const from = Math.max(0, text.length - max - 64);
  const window = text.slice(from);
  for (const { index } of graphemes.segment(window)) {
    if (window.length - index <= max) return window.slice(index);
  }
  return '';
}

/** At most `max` UTF-16 units, cut between graphemes and marked with "…". */
export const cut = (text: string, max: number): string =>
  text.length <= max ? text : head(text, max - 1).trimEnd() + ELLIPSIS;

/** The same of a sentence, at a word's end where there is one near. */
export function cutAtWord(text: string, max: number): string {
  const short = cut(text, max);
  const end = short.length - ELLIPSIS.length;
  if (short === text || /\s/.test(text.charAt(end))) return short;
  const word = short.lastIndexOf(' ');
  return word < max / 2 ? short : short.slice(0, word).replace(/[\s,;:]+$/, '') + ELLIPSIS;
}

/** Cut in the middle, for paths and resource ids, whose two ends say most. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = max - 1;
  const start = head(text, Math.ceil(room / 3));
  return start + ELLIPSIS + tail(text, room - start.length);
}

/** The end of a text, at most `max` UTF-16 units. */
export const cutStart = (text: string, max: number): string => (text.length <= max ? text : tail(text, max));

// Not within an address, where what stands before it is a word.
const RESOURCE_ID = /(?<!\w)\/subscriptions\/[\w-]+(?:\/[\w.()-]+)*\/(?<name>[\w.()-]+)/gi;

/** Text with resources of Azure by their names: an id has 150 characters, of which the last word says most. */
export const withoutIds = (text: string): string => text.replace(RESOURCE_ID, '$<name>');

/** One line that tells one thing from another: as it is, because two that differ must stay two. */
export const key = (max: number) =>
  z.string().overwrite((text) => (text.length <= max && TIDY.test(text) ? text : cut(oneLine(text), max)));

// Secrets go before anything is cut: nobody would know the half of one again.

/** Text on one line, without secrets. Longer text is cut, not refused: a message that says less beats a message lost. */
export const line = (max: number) =>
  z.string().overwrite((text) => cut(withoutSecrets(TIDY.test(text) ? text : seen(oneLine(text))), max));

/** Text of several lines, cut like `line`. */
export const block = (max: number) =>
  z.string().overwrite((text) => cut(withoutSecrets(seen(clean(text).trim())), max));

const seen = (text: string): string => (isUnseen(text) ? '' : text);

/** A shell command of our own, whole: masked, it would be another. */
export const command = (max: number) => z.string().overwrite((text) => cut(clean(text).trim(), max));

/** A path or an ARM id, cut in the middle. */
export const path = (max: number) => z.string().overwrite((text) => cutMiddle(seen(oneLine(text)), max));
