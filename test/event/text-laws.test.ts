import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clean, cut, cutMiddle, cutStart } from '../../src/event/text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc
    .array(
      fc.constantFrom(
        '👨‍👩‍👧‍👦',
        '🇰🇷',
        '\u0301',
        '한',
        '\u1112',
        '\u1161',
        'a',
        ' ',
        '\n',
        '\u202e',
        '\ud800',
        '\udc00',
      ),
    )
    .map((parts) => parts.join('')),
);
const room = fc.integer({ min: 1, max: 100 });

it('cut text has at most the length asked for, is well-formed, and is a start of the text with a mark', () => {
  fc.assert(
    fc.property(anyText.map(clean), room, (text, max) => {
      const result = cut(text, max);

      expect(result.length).toBeLessThanOrEqual(max);
      expect(result.isWellFormed()).toBe(true);
      if (text.length > max) {
        expect(result.endsWith('…')).toBe(true);
        expect(text.startsWith(result.slice(0, -1))).toBe(true);
      } else {
        expect(result).toBe(text);
      }
    }),
    { numRuns: 1_000 },
  );
});

it('text cut in the middle has at most the length asked for, is well-formed, and keeps both ends', () => {
  fc.assert(
    fc.property(
      anyText.map((text) => clean(text).replaceAll('…', '')),
      room,
      (text, max) => {
        const result = cutMiddle(text, max);

        expect(result.length).toBeLessThanOrEqual(max);
        expect(result.isWellFormed()).toBe(true);
        if (text.length > max) {
          const [start = '', end = '', ...more] = result.split('…');
          expect(more).toStrictEqual([]);
          expect(text.startsWith(start)).toBe(true);
          expect(text.endsWith(end)).toBe(true);
        } else {
          expect(result).toBe(text);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

it('the end of a text has at most the length asked for, is well-formed, and is all of a text that is no longer', () => {
  fc.assert(
    fc.property(anyText.map(clean), room, (text, max) => {
      const result = cutStart(text, max);

      expect(result.length).toBeLessThanOrEqual(max);
      expect(result.isWellFormed()).toBe(true);
      expect(text.endsWith(result)).toBe(true);
      if (text.length <= max) expect(result).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});

it('clean text is well-formed and holds no control and no reordering character', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const cleaned = clean(text);

      expect(cleaned.isWellFormed()).toBe(true);
      expect(cleaned).not.toMatch(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069\ufeff]/u);
    }),
    { numRuns: 1_000 },
  );
});
