/** The known word that was most likely meant, without regard to case; undefined where none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const ranked = known.map((word) => ({ word, away: distance(wanted, word.toLowerCase()) }));
  const best = ranked.reduce<{ word: string; away: number } | undefined>(
    (a, b) => (a !== undefined && a.away <= b.away ? a : b),
    undefined,
  );
  // One slip in three letters; more of them make another word.
  return best !== undefined && best.away <= Math.max(1, Math.floor(wanted.length / 3)) ? best.word : undefined;
}

/** The end of a message about a misspelt word; empty where nothing is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const word = nearest(given, known);
  return word === undefined || word === given ? '' : `; did you mean \`${word}\`?`;
}

/** How many letters are missing, extra, wrong or changed places: Damerau and Levenshtein's, each place touched once. */
function distance(one: string, other: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      next.push(
        Math.min(
          (last[at] ?? 0) + 1,
          (next[at - 1] ?? 0) + 1,
          (last[at - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}
