import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glob } from '../../src/routing/glob.ts';

/** The same by the book: whether the rest of a text fits the rest of a pattern, for every rest, from the ends. */
function byTheBook(pattern: string, text: string): boolean {
  let fits = Array.from({ length: text.length + 1 }, (_, at) => at === text.length);
  for (const sign of [...pattern].reverse()) {
    const next: boolean[] = Array.from({ length: text.length + 1 }, () => false);
    for (let at = text.length; at >= 0; at -= 1) {
      next[at] =
        sign === '*'
          ? fits[at] === true || next[at + 1] === true
          : at < text.length && (sign === '?' || sign === text[at]) && fits[at + 1] === true;
    }
    fits = next;
  }
  return fits[0] === true;
}

const letters = (from: string, maxLength: number) =>
  fc.array(fc.constantFrom(...from), { maxLength }).map((each) => each.join(''));

describe('a glob', () => {
  it.each([
    ['', ''],
    ['*', ''],
    ['*', 'anything'],
    ['**', 'anything'],
    ['shop-*', 'SHOP-web'],
    ['*-DB', 'shop-db'],
    ['*/resourceGroups/*/providers/*', '/subscriptions/1/resourcegroups/shop/providers/x'],
    ['a?c', 'abc'],
    ['a?*c', 'abbc'],
    ['*?', 'a'],
    ['a.c(1)[x]', 'a.c(1)[x]'],
    ['straße*', 'STRASSE'.replace('SS', 'ß')],
  ])('%s fits %j', (pattern, text) => {
    expect(glob(pattern)(text)).toBe(true);
  });

  it.each([
    ['', 'a'],
    ['?', ''],
    ['a*a', 'a'],
    ['ab*ba', 'aba'],
    ['a?c', 'ac'],
    ['a.c', 'abc'],
    ['shop', 'shop-web'],
    ['*?*?*', 'a'],
  ])('%s does not fit %j', (pattern, text) => {
    expect(glob(pattern)(text)).toBe(false);
  });

  it('fits what it should by the book', () => {
    fc.assert(
      fc.property(letters('ab*?', 12), letters('ab', 14), (pattern, text) => {
        expect(glob(pattern)(text)).toBe(byTheBook(pattern, text));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['many stars', `${'a*'.repeat(100)}b`, 'a'.repeat(100_000)],
    ['stars and a letter that is missing', `${'*a'.repeat(140)}c`, 'ab'.repeat(50_000)],
    ['many single characters', `*${'?'.repeat(250)}b`, 'a'.repeat(100_000)],
    ['a piece that nearly fits everywhere', `*${'a'.repeat(200)}?b*c`, 'a'.repeat(100_000)],
  ])('takes little time for %s and a hostile text', (_what, pattern, text) => {
    const fits = glob(pattern);

    expect(fits(text)).toBe(false);
  });
});
