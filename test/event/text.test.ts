import { describe, expect, it } from 'vitest';
import { block, clean, cut, cutMiddle, inOrder, line, path } from '../../src/event/text.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇰🇷';
const JAMO = '\u1112\u1161\u11ab';
const ACCENTED = 'e\u0301\u0302\u0303';

describe('clean text', () => {
  it.each([
    ['C0 controls', 'a\u0000b\u0008c\u001bd\u007fe', 'abcde'],
    ['C1 controls', 'a\u0080b\u009bc', 'abc'],
    ['order overrides and embeddings', '\u202aa\u202bb\u202cc\u202dd\u202ee', 'abcde'],
    ['isolates', '\u2066a\u2067b\u2068c\u2069', 'abc'],
    ['byte order marks and noncharacters', '\ufeffa\ufffeb\uffff', 'ab'],
  ])('has no %s', (_what, text, cleaned) => {
    expect(clean(text)).toBe(cleaned);
  });

  it.each([
    ['Windows', 'a\r\nb'],
    ['old Mac', 'a\rb'],
    ['line separator', 'a\u2028b'],
    ['paragraph separator', 'a\u2029b'],
    ['next line', 'a\u0085b'],
  ])('has plain line breaks instead of those of %s', (_what, text) => {
    expect(clean(text)).toBe('a\nb');
  });

  it('has a replacement character for half a surrogate pair', () => {
    expect(clean('a\ud83db\ude00c')).toBe('a\ufffdb\ufffdc');
  });

  it('is composed, so that the same word is the same text', () => {
    expect(clean(JAMO)).toBe('한');
    expect(clean('e\u0301')).toBe('é');
  });

  it('keeps tabs, emoji, direction marks of real languages and whatever markup it holds', () => {
    const text = `a\tb ${FAMILY} \u200fעברית <b>*x*</b> {{DATE(x)}}`;

    expect(clean(text)).toBe(text);
  });
});

describe('cut text', () => {
  it.each([
    ['shorter', 'abcd', 5, 'abcd'],
    ['just as long', 'abcde', 5, 'abcde'],
    ['longer', 'abcdef', 5, 'abcd…'],
    ['empty', '', 1, ''],
    ['as long as the mark alone', 'ab', 1, '…'],
  ])('is right for text that is %s', (_what, text, max, expected) => {
    expect(cut(text, max)).toBe(expected);
  });

  it('has no space before the mark', () => {
    expect(cut('abc   def', 6)).toBe('abc…');
  });

  it.each([
    ['a family', FAMILY],
    ['a flag', FLAG],
    ['a syllable in jamo', JAMO],
    ['a letter under accents', ACCENTED],
    ['an emoji with a skin tone', '👍🏽'],
  ])('never holds half of %s', (_what, grapheme) => {
    const text = grapheme.repeat(10);
    for (let max = 1; max < text.length; max += 1) {
      const whole = Math.floor((max - 1) / grapheme.length);
      expect(cut(text, max)).toBe(`${grapheme.repeat(whole)}…`);
    }
  });

  it('is the mark alone where the first letter carries more accents than there is room', () => {
    expect(cut(`e${'\u0301'.repeat(1_000)}`, 100)).toBe('…');
  });
});

describe('text cut in the middle', () => {
  const id =
    '/subscriptions/3f1c9a52/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web';

  it('keeps both ends, more of the last', () => {
    expect(cutMiddle(id, 40)).toBe('/subscription…lMachineScaleSets/shop-web');
  });

  it('is whole where it fits', () => {
    expect(cutMiddle(id, id.length)).toBe(id);
  });

  it('never holds half a grapheme at either side', () => {
    const text = FAMILY.repeat(20);
    for (let max = 1; max < text.length; max += 7) {
      const parts = cutMiddle(text, max).split('…');
      expect(parts.map((part) => part.replaceAll(FAMILY, ''))).toStrictEqual(['', '']);
    }
  });
});

describe('the text fields of an event', () => {
  it('hold one line where they say line', () => {
    expect(line(20).parse('  a\t b\u0000 \r\n c  ')).toBe('a b c');
  });

  it('hold several lines where they say block', () => {
    expect(block(20).parse(' \n a\r\n  b\u0000 \n ')).toBe('a\n  b');
  });

  it('cut the middle where they say path', () => {
    expect(path(9).parse(' /a/b/c/d/e/f ')).toBe('/a/…d/e/f');
  });

  it.each([[3], [null], [{}]])('refuse %j', (value) => {
    expect(line(20).safeParse(value).success).toBe(false);
  });
});

describe('words written from right to left', () => {
  it.each([
    ['shop-web (ייצור) 3 → 6', 'shop-web (ייצור\u200e) 3 → 6'],
    ['إنتاج جديد 3 → 6', 'إنتاج جديد\u200e 3 → 6'],
    ['a ייצור b ייצור 1', 'a ייצור\u200e b ייצור\u200e 1'],
    ['ייצור 3 ייצור', 'ייצור\u200e 3 ייצור\u200e'],
    ['shop-web 웹 3 → 6', 'shop-web 웹 3 → 6'],
  ])('turn nothing round that follows: %s', (text, ordered) => {
    expect(inOrder(text)).toBe(ordered);
  });

  it.each(['\u200f', '\u061c'])('are told from a mark that nobody sees (%j)', (mark) => {
    expect(inOrder(`prod${mark}) 3 → 6`)).toBe(`prod${mark}\u200e) 3 → 6`);
  });
});
