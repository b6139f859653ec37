import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestsOf } from '../../../src/drift/rules/digest.ts';
import { examples } from '../../support/examples.ts';

const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const { since: _, story: __, ...bare } = examples.drift;
const occasion = { cause: 'many', scopes: ['sub:a'], managed: 0, unread: 0, now: NOW } as const;

const ago = fc.integer({ min: 1, max: 1_000 }).map((hours) => new Date(NOW - hours * 3_600_000).toISOString());
/** Some drifts; of some nobody says since when. */
const drifts = fc
  .array(fc.option(ago, { nil: undefined }), { minLength: 1, maxLength: 8 })
  .map((all) => all.map((since, index) => ({ ...bare, id: `id-${index}`, ...(since !== undefined && { since }) })));

describe('a digest of drift', () => {
  it('is as old as the oldest of it; what nobody says the beginning of begins now, and comes last', () => {
    fc.assert(
      fc.property(drifts, (all) => {
        const [digest] = digestsOf(all, occasion);
        const times = all.map(({ since = new Date(NOW).toISOString() }) => since).toSorted();

        expect(digest).toMatchObject({ total: all.length, since: times[0] });
        const stories = digest?.kind === 'digest' ? digest.stories : [];
        expect(stories.map(({ since = new Date(NOW).toISOString() }) => since)).toStrictEqual(times.slice(0, 5));
      }),
    );
  });

  it('counts sets, each by its story, and by its event where it has none', () => {
    const [digest] = digestsOf(
      [
        { ...bare, id: 'a', story: 'one' },
        { ...bare, id: 'b', story: 'one' },
        { ...bare, id: 'c' },
        { ...bare, id: 'd' },
      ],
      occasion,
    );

    expect(digest).toMatchObject({ total: 4, resources: 3 });
  });
});
