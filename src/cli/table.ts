import { stripVTControlCharacters } from 'node:util';

const GAP = '  ';
const NARROWEST = 8;

/** Rows as lines of columns, without borders. `room` is the width of the terminal, if it is one: text is cut to fit. */
export function tableLines(
  rows: readonly (readonly string[])[],
  flexible: readonly number[],
  room: number | undefined,
): readonly string[] {
  const widths = widthsOf(rows, flexible, room);
  return rows.map((row) =>
    row
      .map((cell, at) => filled(cell, widths[at] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** The natural widths; where they are too much together, the widest flexible column gives way, again and again. */
function widthsOf(
  rows: readonly (readonly string[])[],
  flexible: readonly number[],
  room = Number.POSITIVE_INFINITY,
): readonly number[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ''))));
  let over = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1) - room;
  while (over > 0) {
    const widest = flexible.reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a), flexible[0] ?? 0);
    const width = widths[widest] ?? 0;
    if (width <= NARROWEST) break;
    widths[widest] = width - 1;
    over -= 1;
  }
  return widths;
}

const graphemes = new Intl.Segmenter();

/** A cell in its column: with blanks after it, or cut. What is cut loses its colour. */
function filled(cell: string, width: number): string {
  const missing = width - widthOf(cell);
  if (missing >= 0) return cell + ' '.repeat(missing);
  let kept = '';
  for (const { segment } of graphemes.segment(stripVTControlCharacters(cell))) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…${' '.repeat(width - 1 - widthOf(kept))}`;
}

const ASCII = /^[\x20-\x7e]*$/;

// Terminals give two columns to what Unicode calls wide, and to emoji (UAX 11, "East Asian Width").
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60]|\p{Emoji_Presentation}/gu;

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  const shown = stripVTControlCharacters(text).replace(/\p{Mn}|\p{Me}|[\u200b-\u200d]/gu, '');
  return [...shown].length + (shown.match(WIDE)?.length ?? 0);
}
