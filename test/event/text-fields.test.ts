import fc from 'fast-check';
import { expect, it } from 'vitest';
import { block, line, path } from '../../src/event/text.ts';

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

it.each([
  ['line', line],
  ['block', block],
  ['path', path],
])('a field of text (%s) leaves alone what it has made once', (_name, field) => {
  fc.assert(
    fc.property(anyText, room, (text, max) => {
      const once = field(max).parse(text);

      expect(field(max).parse(once)).toBe(once);
      expect(once.length).toBeLessThanOrEqual(max);
    }),
    { numRuns: 2_000 },
  );
});
