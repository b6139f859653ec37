import { describe, expect, it } from 'vitest';
import { event, eventKinds } from '../../src/event/event.ts';
import { isUnseen, line } from '../../src/event/text.ts';
import { list, required, text } from '../../src/sources/fields.ts';
import { examples } from '../support/examples.ts';

/** Zero-width space, word joiner, soft hyphen, Hangul fillers, empty Braille, variation selector, tag, and all of them. */
const UNSEEN = [
  '\u200b',
  '\u2060',
  '\u00ad',
  '\u3164',
  '\u115f\u1160',
  '\u2800',
  '\ufe0f',
  '\u{e0041}',
  '\u2003 \u200d',
];
const all = [...UNSEEN, UNSEEN.join('')];

describe('a name that nobody can see', () => {
  it.each(all.map((name) => [encodeURIComponent(name), name]))('is none (%s)', (_code, name) => {
    expect(isUnseen(name)).toBe(true);
    expect(line(40).parse(name)).toBe('');
    expect(text.parse(name)).toBeUndefined();
    expect(required.safeParse(name).success).toBe(false);
    expect(list(required).parse([name, 'web'])).toStrictEqual(['web']);
  });

  it.each(eventKinds)('is none of an event of the kind %s', (kind) => {
    const example = examples[kind];
    const nameless = event.safeParse({ ...example, resource: { ...example.resource, name: UNSEEN.join('') } });
    const elsewhere = event.parse({ ...example, environment: '\u200b\u3164' });

    expect(nameless.success).toBe(false);
    expect(elsewhere.environment).toBe('');
  });

  it.each(['a\u200bb', '한', '👨\u200d👩', 'é', '.', '\u3164x'])(
    'is told from one with something in it (%s)',
    (name) => {
      expect(isUnseen(name)).toBe(false);
    },
  );
});
