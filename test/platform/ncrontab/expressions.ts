import fc from 'fast-check';

// Expressions as people write them and as they get them wrong: bounds and what is just over them, names whole, cut and
// misspelt, steps of every kind, signs of other dialects, white space of every kind.

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const number = (least: number, most: number) =>
  fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: least, max: most }).map(String) },
    { weight: 2, arbitrary: fc.integer({ min: least, max: most }).map((value) => `0${value}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(String(most + 1), String(least - 1), '2147483647', '2147483648', '99999999999'),
    },
  );

const cased = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.constantFrom('lower', 'upper', 'title'))
    .map(([word, form]) =>
      form === 'upper' ? word.toUpperCase() : form === 'title' ? word.slice(0, 1).toUpperCase() + word.slice(1) : word,
    );

const name = (names: readonly string[]) =>
  cased(
    fc
      .tuple(fc.constantFrom(...names), fc.integer({ min: 1, max: 10 }), fc.constantFrom('', '', '', '', 's', 'x', '.'))
      .map(([whole, length, more]) => whole.slice(0, length) + more),
  );

const step = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 1, max: 40 }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom('0', '60', '61', '100', '007', '2147483647', '2147483646', '2147483588') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '-1',
      '+2',
      'x',
      '1/2',
      '2147483648',
      '-2147483648',
      '+-2',
      '\t-2',
      '\t2',
      '2\t',
      '1.5',
      '*',
      '+',
      '- 1',
      '2\n',
    ),
  },
);

const OTHER = [
  'L',
  'LW',
  '5L',
  '15W',
  '1#1',
  'MON#2',
  '?',
  'H',
  '',
  '@',
  '*-5',
  '-5',
  '5-',
  '1--2',
  '1-2-3',
  '**',
  '*5',
  '/5',
  '5\t',
  '\t5',
  '1_0',
  '１',
  '1\u00a0',
  '%X%',
  '$',
  '1e1',
  '0x5',
  '*\t',
  'mon-',
  '-fri',
];

function field(least: number, most: number, names?: readonly string[]): fc.Arbitrary<string> {
  const value = names === undefined ? number(least, most) : fc.oneof(number(least, most), name(names));
  const range = fc.oneof(
    { weight: 4, arbitrary: fc.constant('*') },
    { weight: 8, arbitrary: value },
    { weight: 4, arbitrary: fc.tuple(value, value).map(([first, last]) => `${first}-${last}`) },
  );
  const item = fc.oneof(
    { weight: 10, arbitrary: range },
    { weight: 5, arbitrary: fc.tuple(range, step).map(([of, by]) => `${of}/${by}`) },
    { weight: 1, arbitrary: fc.constantFrom(...OTHER) },
  );
  return fc.array(item, { minLength: 1, maxLength: 3, size: 'max' }).map((items) => items.join(','));
}

const plain = (text: fc.Arbitrary<string>, common: string) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(common) }, { weight: 2, arbitrary: text });

const fields = fc.tuple(
  plain(field(0, 59), '0'),
  plain(field(0, 59), '0'),
  plain(field(0, 23), '9'),
  plain(field(1, 31), '*'),
  plain(field(1, 12, MONTHS), '*'),
  plain(field(0, 6, WEEKDAYS), '*'),
);

const blank = fc.constantFrom(...Array<string>(30).fill(' '), '  ', '   ', '\t', '\u00a0', ' \t ', '\n');

const written = fc
  .tuple(fields, fc.array(blank, { minLength: 7, maxLength: 7 }), fc.constantFrom(6, 6, 6, 6, 6, 6, 5, 5, 4, 7))
  .map(([parts, blanks, count]) => {
    const kept = count > 6 ? [...parts, '*'] : parts.slice(6 - count);
    return kept
      .map((part, index) => part + (blanks[index] ?? ' '))
      .join('')
      .replace(/ $/, '');
  });

/** So many expressions, the same for a seed. */
export const expressions = (count: number, seed: number): readonly string[] =>
  fc.sample(written, { numRuns: count, seed });
