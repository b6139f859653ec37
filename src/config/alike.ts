/** Nobody mends more than so many at once, and whoever asks an unmended relay is told all of them. */
export const MOST_PROBLEMS = 100;
/** So many of one sentence show where it stands. */
const MOST_ALIKE = 10;

type One = { readonly message: string };

/** The first of each sentence; the last one of it, and the last of all, say how many more there are. */
export function fewer<T extends One>(all: readonly T[]): readonly (T & { readonly more?: number })[] {
  const counts = new Map<string, number>();
  const alike = all.filter(({ message }) => {
    const count = (counts.get(message) ?? 0) + 1;
    counts.set(message, count);
    return count <= MOST_ALIKE;
  });
  const kept = alike.slice(0, MOST_PROBLEMS);
  const last = new Map(kept.map((each) => [each.message, each]));
  const listed = kept.map((each) => {
    const more = last.get(each.message) === each ? (counts.get(each.message) ?? 0) - MOST_ALIKE : 0;
    return more > 0 ? withMore(each, more, 'like it') : each;
  });
  const besides = alike.length - kept.length;
  return besides > 0
    ? [...listed.slice(0, -1), ...listed.slice(-1).map((each) => withMore(each, besides, 'problems'))]
    : listed;
}

const withMore = <T extends One>(one: T & { readonly more?: number }, more: number, what: string) => ({
  ...one,
  message: `${one.message}; and ${more.toLocaleString('en')} more ${what}`,
  more: (one.more ?? 0) + more,
});
