import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenDrift, type ImageVersions, known } from '../../../src/drift/rules/image-age.ts';
import { compareVersions } from '../../../src/event/versions.ts';
import { DAY, START } from '../support/runs.ts';

const image = (...versions: ImageVersions['versions']): ImageVersions => ({ key: 'k', versions });
const at = (days: number): string => new Date(START + days * DAY).toISOString();

describe('dotted versions', () => {
  it.each([
    ['1.0.10', '1.0.9'],
    ['18.04.201906271', '18.04.20190627'],
    ['16.04.202009220', '16.04.201906280'],
    ['2.0', '1.99.99'],
    ['1.0.1', '1.0'],
    ['1.99999999999999999999', '1.99999999999999999998'],
  ])('%s is newer than %s', (newer, older) => {
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
    expect(compareVersions(older, newer)).toBeLessThan(0);
  });

  it('that differ in zeros are the same', () => {
    expect(compareVersions('1.02', '1.2.0')).toBe(0);
  });

  it('have one order', () => {
    const version = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 3 }).map((all) => all.join('.'));
    fc.assert(
      fc.property(version, version, version, (one, two, three) => {
        const [least = '', middle = '', most = ''] = [one, two, three].sort(compareVersions);

        expect(compareVersions(least, middle)).toBeLessThanOrEqual(0);
        expect(compareVersions(middle, most)).toBeLessThanOrEqual(0);
        expect(compareVersions(least, most)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('what latest means', () => {
  it('is the highest version, as numbers, that its owner did not exclude', () => {
    const versions = image(
      { version: '1.0.9' },
      { version: '1.0.10' },
      { version: '2.0.0', excludedFromLatest: true },
      { version: 'nightly' },
    );

    expect(known([], versions, START).at(-1)?.version).toBe('1.0.10');
    expect(known([], image({ version: '1.0.0', excludedFromLatest: true }), START)).toStrictEqual([]);
  });
});

describe('what is known of versions', () => {
  it('grows with each one seen, with the time when it was published or first seen', () => {
    const first = known([], image({ version: '1.0.9' }), START);
    const second = known(first, image({ version: '1.0.10', publishedAt: '2026-11-01T00:00:00Z' }), START + DAY);

    expect(second).toStrictEqual([
      { version: '1.0.9', since: at(0) },
      { version: '1.0.10', since: '2026-11-01T00:00:00.000Z' },
    ]);
    expect(known(second, image({ version: '1.0.10' }), START + 9 * DAY)).toStrictEqual(second);
  });

  it('is not published before it is: clocks differ', () => {
    const early = known([], image({ version: '1.0', publishedAt: '2099-01-01T00:00:00Z' }), START);

    expect(early).toStrictEqual([{ version: '1.0', since: at(0) }]);
    expect(known(early, image({ version: '1.0', publishedAt: at(0) }), START + DAY)).toStrictEqual(early);
  });

  it('loses what was withdrawn', () => {
    const both = known(known([], image({ version: '1.0.9' }), START), image({ version: '1.1.0' }), START);

    expect(known(both, image({ version: '1.0.9' }), START)).toStrictEqual([{ version: '1.0.9', since: at(0) }]);
    const third = image({ version: '1.2.0' }, { version: '1.1.0', excludedFromLatest: true });
    expect(known(both, third, START).map(({ version }) => version)).toStrictEqual(['1.0.9', '1.2.0']);
  });

  it('stays small, with the oldest, which answers for all older ones', () => {
    let versions = known([], image({ version: '1.0' }), START);
    for (let day = 1; day <= 100; day += 1)
      versions = known(versions, image({ version: `1.${day}` }), START + day * DAY);

    expect(versions).toHaveLength(20);
    expect(versions[0]).toStrictEqual({ version: '1.0', since: at(0) });
    expect(versions.at(-1)?.version).toBe('1.100');
  });

  it('stays as it is where a reading names no version', () => {
    expect(known([{ version: '1.0', since: at(0) }], image(), START)).toStrictEqual([{ version: '1.0', since: at(0) }]);
  });
});

describe('hidden drift', () => {
  const versions = known(
    known(known([], image({ version: '1.0.9' }), START), image({ version: '1.0.10' }), START + DAY),
    image({ version: '1.0.11' }),
    START + 10 * DAY,
  );
  const inUse = [
    { version: '1.0.8', count: 1 },
    { version: '1.0.9', count: 2 },
    { version: '1.0.10', count: 3 },
    { version: '1.0.11', count: 4 },
    { version: 'odd', count: 5 },
  ];
  const seen = (days: number, limit: number | undefined = 14) =>
    hiddenDrift(versions, inUse, limit, START + days * DAY);

  it('counts instances that have had a newer image to go to for long enough', () => {
    expect(seen(13)).toBeUndefined();
    expect(seen(14)).toStrictEqual({
      count: 1,
      since: at(0),
      newest: '1.0.11',
      groups: [{ version: '1.0.8', count: 1 }],
    });
    expect(seen(15)).toMatchObject({ count: 3, since: at(0) });
    expect(seen(24)).toMatchObject({ count: 6, since: at(0) });
  });

  it('is as old as the first newer image, in whatever order they were published', () => {
    const late = known(
      [],
      image(
        { version: '1.1.0', publishedAt: '2026-11-10T00:00:00Z' },
        { version: '2.0.0', publishedAt: '2026-01-10T00:00:00Z' },
      ),
      START,
    );

    expect(hiddenDrift(late, [{ version: '1.0.0', count: 1 }], 14, START)?.since).toBe('2026-01-10T00:00:00.000Z');
  });

  it('is not looked for where nobody wants it, or nothing is known', () => {
    expect(hiddenDrift(versions, inUse, undefined, START + 99 * DAY)).toBeUndefined();
    expect(hiddenDrift([], inUse, 14, START + 99 * DAY)).toBeUndefined();
  });
});
