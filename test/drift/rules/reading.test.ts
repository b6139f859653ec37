import { describe, expect, it } from 'vitest';
import { joinSummaries, modelsAtLeast, standing, summarize, totalOf } from '../../../src/drift/rules/reading.ts';
import { readFlexInstance } from '../../../src/outbound/arm/compute/instance.ts';
import { applied, PASSWORD, scaleSet, withProfile } from '../support/models.ts';
import { behind } from '../support/runs.ts';

const flexible = scaleSet({ orchestration: 'Flexible', modelCreatedAt: '2025-04-03T19:34:39.123Z' });

/** A VM of a Flexible set as Azure sends it, with this tag. */
function vm(tag: string | undefined) {
  const tags = tag === undefined ? {} : { VirtualMachineProfileTimeCreated: tag };
  const instance = readFlexInstance({ name: 'shop_1a2b3c4d', tags, properties: { vmId: 'v' } });
  if (instance === undefined) throw new Error('it is no VM');
  return instance;
}

describe('a VM of a Flexible set', () => {
  it.each([
    ['of the same second', '4/3/2025 7:34:39 PM +00:00', 'current'],
    ['of an older model', '4/3/2025 7:34:37 PM +00:00', 'drifted'],
    ['of a day before, in another zone', '4/2/2025 7:34:39 PM +02:00', 'drifted'],
    ['of a newer model than was read', '4/3/2025 7:40:00 PM +00:00', 'current'],
    ['whose tag was wiped', undefined, 'unknown'],
    ['whose tag says nothing', 'soon', 'unknown'],
  ])('%s is told by its tag', (_what, tag, expected) => {
    expect(standing(flexible, vm(tag))).toBe(expected);
  });

  it('is unknown where the model has no time', () => {
    const { modelCreatedAt: _, ...timeless } = flexible;

    expect(standing(timeless, vm('4/3/2025 7:34:39 PM +00:00'))).toBe('unknown');
  });
});

describe('a Uniform instance', () => {
  it.each([
    [true, 'current'],
    [false, 'drifted'],
  ])('of which Azure says %s is %s', (latestModelApplied, expected) => {
    expect(standing(scaleSet(), applied(scaleSet(), { latestModelApplied }))).toBe(expected);
  });
});

describe('a look at a page of instances', () => {
  const set = withProfile({ osProfile: { secrets: [] } });
  const of = scaleSet();

  it('counts, and keeps of those that are behind what is needed, and no setting', () => {
    const page = [
      applied(of, {
        instanceId: '1',
        vmId: 'AB',
        isProtected: true,
        state: 'failed',
        createdAt: '2026-01-01T00:00:00.000Z',
      }),
      applied(of, { instanceId: '2', vmId: 'CD', latestModelApplied: true }),
      applied(of, { instanceId: '3', vmId: 'EF', skipsUpgrade: true, customised: true }),
    ];

    const seen = summarize(set, page, 'key');

    expect(seen).toStrictEqual({
      seen: 3,
      unknown: 0,
      leaving: 0,
      drifted: [
        {
          key: '1/ab',
          instanceId: '1',
          reasons: [{ kind: 'secrets' }],
          fingerprint: expect.any(String),
          held: true,
          state: 'failed',
          createdAt: '2026-01-01T00:00:00.000Z',
        },
        {
          key: '3/ef',
          instanceId: '3',
          reasons: [{ kind: 'secrets' }, { kind: 'changedByHand' }],
          held: true,
          state: 'ok',
        },
      ],
    });
    expect(JSON.stringify(page)).toContain(PASSWORD);
    expect(JSON.stringify(seen)).not.toContain(PASSWORD);
    expect(JSON.stringify(seen.drifted[0]).length).toBeLessThan(300);
  });

  it('leaves out what is being deleted, which it counts, and what is in a standby pool', () => {
    const page = [applied(of), applied(of, { apart: 'leaving' }), applied(of, { apart: 'pooled' })];

    expect(summarize(set, page, 'key')).toMatchObject({ seen: 1, drifted: [{ held: false }], unknown: 0, leaving: 1 });
  });

  it('is joined with those of other pages', () => {
    const [one, two] = [summarize(set, [applied(of)], 'key'), summarize(flexible, [vm(undefined)], 'key')];

    expect(joinSummaries([one, two])).toStrictEqual({ seen: 2, drifted: one.drifted, unknown: 1, leaving: 0 });
    expect(joinSummaries([])).toStrictEqual({ seen: 0, drifted: [], unknown: 0, leaving: 0 });
  });

  it('tells how many there are, of Uniform sets by their capacity', () => {
    expect(totalOf(set, summarize(set, [applied(of)], 'key'))).toBe(10);
    expect(totalOf(flexible, summarize(flexible, [vm(undefined)], 'key'))).toBe(1);
  });
});

it('counts models by how instances differ, and those changed by hand not at all', () => {
  const { fingerprint: _, ...customised } = behind(1)[0] ?? {};

  expect(modelsAtLeast([...behind(3), ...behind(1, { fingerprint: 'two' }), customised as never])).toBe(3);
  expect(modelsAtLeast([])).toBe(1);
});
