import { type Brief, SEVERITIES } from './ui-data.ts';

export const MATCH_FIELDS = ['resource', 'kind', 'severity', 'environment', 'source', 'subject'] as const;
export type MatchField = (typeof MATCH_FIELDS)[number];
export type Wish = Readonly<Partial<Record<MatchField, string>>>;

const LEVELS: readonly string[] = SEVERITIES.toReversed();

/** Whether a text fits a pattern, from the left: each piece between two `*` is looked for once. */
function isLike(pattern: string, text: string): boolean {
  const pieces = pattern.toLowerCase().split(/\*+/);
  const isAt = (piece: string, at: number): boolean =>
    at >= 0 && at + piece.length <= text.length && [...piece].every((sign, i) => sign === '?' || sign === text[at + i]);
  const first = pieces.shift() ?? '';
  const last = pieces.pop();
  if (last === undefined) return text.length === first.length && isAt(first, 0);
  const end = text.length - last.length;
  if (end < first.length || !isAt(first, 0) || !isAt(last, end)) return false;
  let from = first.length;
  for (const piece of pieces) {
    while (from + piece.length <= end && !isAt(piece, from)) from += 1;
    if (from + piece.length > end) return false;
    from += piece.length;
  }
  return true;
}

const COMPARE: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '>=': (one, other) => one >= other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '<': (one, other) => one < other,
};

function isFit(field: MatchField, pattern: string, value: string): boolean {
  if (pattern.startsWith('!')) return !isFit(field, pattern.slice(1), value);
  const [, sign = '', word = ''] = /^(>=|<=|>|<)(.+)$/.exec(pattern) ?? [];
  const compare = COMPARE[sign];
  if (field === 'severity' && compare) return compare(LEVELS.indexOf(value), LEVELS.indexOf(word));
  return isLike(pattern, value.toLowerCase());
}

// Of these, nothing is ever kept back. A relay may let more through: its configuration says from which severity on.
const isAlwaysSent = ({ kind, severity }: Brief): boolean =>
  severity === 'critical' || kind === 'notice' || kind === 'act' || kind === 'review';

/** Whether a silence would keep an event back, as far as its brief form says. The relay itself decides by the whole. */
export const fitsWish = (wish: Wish, event: Brief): boolean =>
  !isAlwaysSent(event) &&
  MATCH_FIELDS.every((field) => {
    const pattern = wish[field];
    return pattern === undefined || isFit(field, pattern, event[field] ?? '');
  });
