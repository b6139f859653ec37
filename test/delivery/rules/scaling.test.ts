import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginningOf,
  endedAfter,
  type ScalingStep,
  secondsTaken,
  sentBefore,
  withStep,
} from '../../../src/delivery/rules/scaling.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-20T14:05:09.000Z');

const step = (minutes: number, change: Partial<ScalingStep> = {}): ScalingStep => ({
  id: `${change.source ?? 'azure-autoscale'} ${change.phase ?? 'started'} ${minutes}`,
  source: 'azure-autoscale',
  phase: 'started',
  direction: 'out',
  from: 3,
  to: 6,
  at: new Date(START + minutes * MINUTE).toISOString(),
  ...change,
});
const log = (minutes: number, change: Partial<ScalingStep> = {}) =>
  step(minutes, { source: 'azure-monitor', ...change });
const back = (minutes: number, change: Partial<ScalingStep> = {}) =>
  step(minutes, { direction: 'in', from: 6, to: 3, ...change });

/** What of these, in the order in which they came, was news. */
function told(steps: readonly ScalingStep[]): readonly string[] {
  let known: readonly ScalingStep[] = [];
  return steps.flatMap((each) => {
    const same = sentBefore(each, known);
    const over = endedAfter(each, known);
    known = withStep({ ...each, ...(same !== undefined && { same }) }, known);
    return same === undefined && over === undefined ? [each.id] : [];
  });
}

describe('one scaling that two senders tell of', () => {
  it.each([0, 0.001, 5, 9.99, 10])('is told once, whichever comes first: %f minutes apart', (minutes) => {
    const [one, other] = [step(0), log(minutes)];

    expect(told([one, other])).toStrictEqual([one.id]);
    expect(told([other, one])).toStrictEqual([other.id]);
  });

  it('is told once at every moment of the day: no window has an edge', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000 }), fc.integer({ min: 0, max: 600_000 }), (at, later) => {
        const [one, other] = [step(at / MINUTE), log((at + later) / MINUTE)];

        expect(told([one, other])).toHaveLength(1);
        expect(told([other, one])).toHaveLength(1);
      }),
    );
  });

  it.each([
    ['further apart', log(10.01)],
    ['with other counts', log(0, { to: 7 })],
    ['in the other direction', log(0, { direction: 'in' })],
    ['of another setting', log(0, { setting: 'other' })],
    ['of the same sender', step(1)],
  ])('are two: %s', (_what, other) => {
    expect(told([step(0, { setting: 'shop-web-scale' }), other])).toHaveLength(2);
  });

  it('is one where the count before is not said by both, nor the setting', () => {
    expect(told([step(0, { setting: 'Shop' }), log(1, { from: undefined })])).toHaveLength(1);
    expect(told([step(0, { setting: 'Shop' }), log(1, { setting: 'shop' })])).toHaveLength(1);
  });

  it('is one where the same sender names the operation at each of its steps', () => {
    const operation = 'f2c9';

    expect(told([log(0, { operation }), log(0.1, { operation }), log(0.2, { operation })])).toHaveLength(1);
    expect(told([log(0, { operation }), log(0.1, { operation: 'other' })])).toHaveLength(2);
  });

  it('is news to the other sender where the first was kept back', () => {
    const [one, other] = [step(0, { quiet: true }), log(0.1)];

    expect(sentBefore(other, [one])).toBeUndefined();
  });
});

describe('out, in and out again within ten minutes', () => {
  const all = [step(0), log(0.1), back(4), back(4.1, { source: 'azure-monitor' }), step(8), log(8.1)];

  it('are three beginnings, each told once', () => {
    expect(told(all)).toStrictEqual([all[0]?.id, all[2]?.id, all[4]?.id]);
  });

  it('are at least three, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (steps) => {
        const ids = told(steps);

        expect(ids.length).toBeGreaterThanOrEqual(3);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('are three where each sender has missed some', () => {
    expect(told([step(0), back(4), log(8)])).toHaveLength(3);
    expect(told([log(0), back(4), step(8)])).toHaveLength(3);
  });

  it('are two where an end was told between two beginnings with the same counts', () => {
    expect(told([step(0), step(3, { phase: 'failed' }), log(5)])).toHaveLength(3);
  });
});

describe('an end in a word that nobody knows', () => {
  const unsure = (minutes: number, change: Partial<ScalingStep> = {}) =>
    log(minutes, { phase: 'unknown', operation: 'a', ...change });
  const [first, again, done] = [step(0), log(2, { operation: 'b' }), log(3, { phase: 'succeeded', operation: 'b' })];

  it('lies between two scalings, both of which are told', () => {
    const all = [first, unsure(1), again, done];

    expect(told(all)).toStrictEqual(all.map(({ id }) => id));
    expect(secondsTaken(done, [first, unsure(1), again])).toBe(60);
    expect(told([log(0, { operation: 'a' }), unsure(1), step(2)])).toHaveLength(3);
    expect(told([step(2), unsure(1), log(0, { operation: 'a' })])).toHaveLength(3);
  });

  it('keeps no beginning back, and is told at each of its steps', () => {
    expect(told([unsure(1), first])).toHaveLength(2);
    expect(told([unsure(1), unsure(1.1)])).toHaveLength(2);
    expect(secondsTaken(unsure(1), [first])).toBeUndefined();
  });

  it('is none where the operation that begins after it says it', () => {
    expect(told([first, unsure(0.1), log(0.2, { operation: 'a' })])).toHaveLength(2);
  });
});

describe('one end that is told twice', () => {
  const [first, end] = [log(0, { operation: 'a' }), log(4, { operation: 'a', phase: 'succeeded' })];
  const other = (minutes: number, change: Partial<ScalingStep> = {}): ScalingStep => ({
    ...end,
    ...log(minutes, { operation: 'a', phase: 'succeeded', ...change }),
    id: `other ${minutes}`,
  });

  it('is told once where both name the operation, and takes as long', () => {
    expect(told([first, end, other(4.1)])).toStrictEqual([first.id, end.id]);
    expect(told([first, end, other(4)])).toStrictEqual([first.id, end.id]);
    expect(secondsTaken(other(4.1), [first, end])).toBe(246);
  });

  it.each([
    ['with another outcome', other(4.1, { phase: 'failed' })],
    ['of another operation', other(4.1, { operation: 'b' })],
    ['of no operation', other(4.1, { operation: undefined })],
    ['with other counts', other(4.1, { to: 7 })],
    ['long after it', other(15)],
  ])('is two %s', (_what, second) => {
    expect(told([first, end, second])).toHaveLength(3);
  });

  it('is two where another began between them', () => {
    expect(told([first, end, log(5, { operation: 'a' }), other(9)])).toHaveLength(4);
  });

  it('is news where the first was kept back', () => {
    expect(sentBefore(other(4.1), [{ ...end, quiet: true }])).toBeUndefined();
  });
});

describe('the end of a scaling', () => {
  const end = (minutes: number, change: Partial<ScalingStep> = {}) => log(minutes, { phase: 'succeeded', ...change });

  it('says how long it took since it was first told to begin', () => {
    expect(secondsTaken(end(4), withStep({ ...log(0.5), same: step(0).id }, [step(0)]))).toBe(240);
    expect(secondsTaken(end(4), [step(-60), step(0)])).toBe(240);
  });

  it.each([
    ['nothing was told to begin', []],
    ['it began later', [step(5)]],
    ['another one began', [step(0, { to: 7 })]],
    ['it began in the same second', [step(4 - 0.5 / 60)]],
    ['that one was told to have ended', [step(0), log(2, { phase: 'succeeded' })]],
    ['that one was told to have failed', [step(0), log(2, { phase: 'failed' })]],
    ['that one ended in a word that nobody knows', [step(0), log(2, { phase: 'unknown' })]],
    ['one of another kind began meanwhile', [step(0), back(2)]],
    ['it began so long ago that it was another one', [step(-200)]],
  ])('says nothing of that where %s', (_what, known) => {
    expect(secondsTaken(end(4), known)).toBeUndefined();
  });

  it('is told, and its beginning not after it', () => {
    expect(told([end(4), step(0)])).toStrictEqual([end(4).id]);
    expect(told([end(4), step(4)])).toStrictEqual([end(4).id]);
    expect(told([end(4), step(5)])).toHaveLength(2);
    expect(told([end(4), step(0, { to: 9 })])).toHaveLength(2);
  });
});

describe('what is remembered of a scale set', () => {
  it('has an end: the oldest go first', () => {
    const many = Array.from({ length: 60 }, (_, at) => step(at * 20));
    const known = many.reduce<readonly ScalingStep[]>((all, each) => withStep(each, all), []);

    expect(known).toStrictEqual(many.slice(-40));
    expect(withStep(step(1_180), known)).toStrictEqual(known);
  });
});

it('goes by the times of what is known, in whatever order that is', () => {
  const [first, second] = [step(0), step(30)];
  const end = step(35, { phase: 'succeeded' });

  for (const known of [
    [first, second],
    [second, first],
  ]) {
    expect(beginningOf(end, known)).toBe(second);
    expect(secondsTaken(end, known)).toBe(300);
  }
});
