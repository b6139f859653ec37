import { type Path, pointer, walk } from './walk.ts';

const OPENING = /\{\{(?:DATE|TIME)\(/g;

// With milliseconds, without seconds or without the T a client shows the braces as they are. Renderers read an offset
// too, but the relay writes UTC only. https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
const INSTANT = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z`;
const WHOLE = new RegExp(
  String.raw`\{\{(?:DATE\(${INSTANT}(?:, ?(?:COMPACT|LONG|SHORT))?|TIME\(${INSTANT})\)\}\}`,
  'y',
);

const isWholeAt = (text: string, index: number): boolean => {
  WHOLE.lastIndex = index;
  return WHOLE.test(text);
};

// Titles of buttons, tooltips, speak and fallbackText are never evaluated: there the braces are text like any other.
const isEvaluated = ({ key, parent }: Path): boolean =>
  key === 'text' || parent?.key === 'inlines' || parent?.parent?.key === 'facts';

/** Of runs, clients show the functions as they are. Their documentation speaks of TextBlock alone. */
const isRun = ({ key, parent }: Path): boolean =>
  parent?.key === 'inlines' || (key === 'text' && parent?.parent?.key === 'inlines');

/**
 * Whether a card mentions somebody: then Teams on iOS shows its functions as they are.
 * https://github.com/MicrosoftDocs/msteams-docs/issues/5480, https://github.com/MicrosoftDocs/msteams-docs/issues/4253
 */
const mentions = (card: unknown): boolean =>
  [...walk(card)].some(({ key, value }) => key === 'type' && value === 'mention');

/** The first date function that readers would see as source text. */
export function brokenDate(card: unknown): string | undefined {
  const isMentioning = mentions(card);
  for (const place of walk(card)) {
    const { value } = place;
    if (typeof value !== 'string' || !isEvaluated(place)) continue;
    const opened = [...value.matchAll(OPENING)];
    if (opened.length > 0 && isRun(place))
      return `${pointer(place)} is wrong. DATE and TIME have a place in a TextBlock only.`;
    if (opened.length > 0 && isMentioning)
      return `${pointer(place)} is wrong. DATE and TIME have no place in a card that mentions somebody.`;
    const broken = opened.some(({ index }) => !isWholeAt(value, index));
    if (broken) return `${pointer(place)} is wrong. DATE and TIME need seconds, a Z and no milliseconds.`;
  }
  return undefined;
}
