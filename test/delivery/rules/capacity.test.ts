import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CapacityStep,
  capacityRow,
  lastDayOf,
  MOST_STEPS,
  withCapacity,
} from '../../../src/delivery/rules/capacity.ts';
import { DAY_HOURS } from '../../../src/event/last-day.ts';

const NOW = Date.parse('2026-11-20T14:00:00.000Z');
const HOUR = 3_600_000;

const step = (hoursAgo: number, from: number, to: number, change: Partial<CapacityStep> = {}): CapacityStep => ({
  ...{ id: `${hoursAgo} ${from} ${to} ${change.phase} ${change.source}`, source: 'azure-autoscale', proven: true },
  ...{ phase: 'started', direction: to < from ? 'in' : 'out', from, to },
  at: new Date(NOW - hoursAgo * HOUR).toISOString(),
  ...change,
});

/** The day that the last of some steps ends. */
const dayOf = (steps: readonly CapacityStep[]) => {
  const last = steps.at(-1) as CapacityStep;
  return lastDayOf(
    last,
    steps.slice(0, -1).reduce<readonly CapacityStep[]>((all, one) => withCapacity(one, all, NOW), []),
  );
};

/** Scalings of one set, one after the other, at least half an hour apart. */
const anyDay = fc
  .tuple(
    fc.nat(20),
    fc.array(
      fc.record({ minutes: fc.integer({ min: 30, max: 400 }), by: fc.integer({ min: 1, max: 9 }), up: fc.boolean() }),
      { minLength: 2, maxLength: 40 },
    ),
  )
  .map(([first, moves]) => {
    let [capacity, ago] = [first, 0];
    const changes: [from: number, to: number][] = moves.map(({ by, up }) => {
      const from = capacity;
      capacity = up || capacity < by ? capacity + by : capacity - by;
      return [from, capacity];
    });
    return changes
      .map(([from, to], index) => ({ from, to, minutes: moves[index]?.minutes ?? 0 }))
      .toReversed()
      .map(({ from, to, minutes }) => {
        const one = step(ago / 60, from, to);
        ago += minutes;
        return one;
      })
      .toReversed();
  });

describe('the last day of a scale set', () => {
  it('has the least, the most and the last of its events', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const inside = steps.filter(({ at }) => Date.parse(at) > NOW - 24 * HOUR);
        const values = inside.flatMap(({ from, to }) => [from ?? to, to]);
        const day = dayOf(steps);
        if (inside.length < 2) return expect(day).toBeUndefined();
        expect(day?.minimum).toBe(Math.min(...values));
        expect(day?.maximum).toBe(Math.max(...values));
        expect(day?.steps).toHaveLength(DAY_HOURS);
        expect(day?.steps.at(-1)).toBe(steps.at(-1)?.to);
        expect(day?.from).toBe(new Date(NOW - 24 * HOUR).toISOString());
        for (const each of day?.steps ?? []) expect(values).toContain(each);
      }),
    );
  });

  it('is the same whoever tells of it: each scaling by two senders, with its end', () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const last = steps.at(-1);
        const told = steps.slice(0, -1).flatMap((one) => [
          one,
          {
            ...one,
            id: `${one.id} log`,
            source: 'azure-monitor',
            at: new Date(Date.parse(one.at) + 900).toISOString(),
          },
          {
            ...{ ...one, id: `${one.id} end`, source: 'azure-monitor', phase: 'succeeded' as const },
            at: new Date(Date.parse(one.at) + 240_000).toISOString(),
          },
        ]);
        expect(dayOf([...told, ...(last ? [last] : [])])).toStrictEqual(dayOf(steps));
      }),
    );
  });

  it('is drawn hour by hour, with the most of each', () => {
    expect(dayOf([step(10.5, 3, 5), step(10.2, 5, 4), step(4, 4, 8), step(0, 8, 6)])).toStrictEqual({
      from: '2026-11-19T14:00:00.000Z',
      steps: [...Array(13).fill(3), 5, ...Array(5).fill(4), 8, 8, 8, 8, 6],
      minimum: 3,
      maximum: 8,
    });
  });

  it('begins with what is known, where nobody said what was before', () => {
    const { from: _, ...first } = step(3.5, 3, 5);

    expect(dayOf([first, step(2, 5, 4), step(0, 4, 6)])).toStrictEqual({
      ...{ from: '2026-11-20T10:00:00.000Z', steps: [5, 5, 4, 6], minimum: 4, maximum: 6 },
    });
  });

  it.each([
    ['one scaling alone', [step(0, 3, 6)]],
    ['its beginning and its end', [step(0.1, 3, 6), step(0, 3, 6, { phase: 'succeeded' })]],
    ['one that failed', [step(0.1, 3, 6), step(0, 3, 6, { phase: 'failed' })]],
    [
      'one that failed, told by two',
      [
        step(0.1, 3, 6),
        step(0.1, 3, 6, { source: 'azure-monitor' }),
        step(0, 3, 6, { phase: 'failed', source: 'azure-monitor' }),
      ],
    ],
    ['what is older than a day', [step(24.5, 3, 6), step(0, 6, 5)]],
    ['what is unknown', [step(0.1, 3, 6, { phase: 'unknown' }), step(0, 3, 6)]],
    ['what was told of a time to come', [step(-48, 9, 1), step(0, 3, 6)]],
  ])('is not told of %s', (_what, steps) => {
    expect(dayOf(steps)).toBeUndefined();
  });

  it('has nothing of what failed', () => {
    const day = dayOf([step(5, 3, 4), step(2, 4, 90), step(1.9, 4, 90, { phase: 'failed' }), step(0, 4, 3)]);

    expect([day?.minimum, day?.maximum]).toStrictEqual([3, 4]);
  });

  it('has nothing of what a stranger told, or somebody who did not prove to be a sender', () => {
    const strange = [step(3, 90, 1, { source: 'custom' }), step(2, 90, 1, { source: 'azure-monitor', proven: false })];

    expect(dayOf([...strange, step(0, 3, 6)])).toBeUndefined();
  });
});

describe('what is remembered of a scale set', () => {
  it('is bounded, has each step once, and can be read back', () => {
    const steps = Array.from({ length: 2 * MOST_STEPS }, (_, at) =>
      step(24 - at / MOST_STEPS, 3 + (at % 2), 4 - (at % 2), { id: `${at}` }),
    );
    const known = [...steps, ...steps].reduce<readonly CapacityStep[]>((all, one) => withCapacity(one, all, NOW), []);

    expect(known).toHaveLength(MOST_STEPS);
    expect(known.at(-1)).toStrictEqual(steps.at(-1));
    expect(JSON.stringify(known).length).toBeLessThan(100_000);
    expect(capacityRow.parse(JSON.parse(JSON.stringify({ steps: known, later: 1 })))).toStrictEqual({ steps: known });
  });
});

it('of a step in a word that nobody knows, the only one, there is no day', () => {
  expect(dayOf([step(0, 3, 6, { phase: 'unknown' })])).toBeUndefined();
});

it('of which more was told than is kept begins with its first step, of which nobody knows what was before', () => {
  const steps = Array.from({ length: MOST_STEPS + 1 }, (_, at) =>
    step(5 - (5 * at) / MOST_STEPS, 3 + (at % 2), 4 - (at % 2), { id: `${at}` }),
  );

  expect(dayOf(steps)?.steps.length).toBeLessThan(DAY_HOURS);
  expect(dayOf(steps)).toMatchObject({ minimum: 3, maximum: 4 });
});
