import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLimited, type Lane, mostAlone, take, UNUSED, type Used } from '../../../src/delivery/rules/rate.ts';
import type { Rate } from '../../../src/destinations/rate.ts';

const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const HOUR = 3_600_000;

/** When messages went out, of those who asked at these times (milliseconds, ascending). */
function sentAt(rate: Rate, asked: readonly number[], lane: Lane = 'usual'): number[] {
  let used: Used = UNUSED;
  return asked.filter((now) => {
    const taken = take(rate, used, now, lane);
    if ('from' in taken) return false;
    used = taken.used;
    return true;
  });
}

/** The most in any span of this length, its end excluded. */
const mostWithin = (times: readonly number[], length: number): number =>
  Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + length).length));

const asked = (longest: number, least = 0) =>
  fc.array(fc.integer({ min: least, max: longest }), { minLength: 1, maxLength: 300 }).map((gaps) => {
    let now = NOW;
    return gaps.map((gap) => {
      now += gap;
      return now;
    });
  });

describe('a rate', () => {
  it('never lets more than its number go in any second, however often it is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), asked(700), (perSecond, times) => {
        expect(mostWithin(sentAt({ perSecond }, times), 1_000)).toBeLessThanOrEqual(perSecond);
      }),
    );
  });

  it('never lets more than its number go in any hour, however often it is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), asked(120_000), (perHour, times) => {
        expect(mostWithin(sentAt({ perHour }, times), HOUR)).toBeLessThanOrEqual(perHour);
      }),
    );
  });

  it('keeps both limits at once', () => {
    fc.assert(
      fc.property(asked(60_000), (times) => {
        const sent = sentAt({ perSecond: 1, perHour: 100 }, times);

        expect(mostWithin(sent, 1_000)).toBeLessThanOrEqual(1);
        expect(mostWithin(sent, HOUR)).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('wastes nothing: whoever comes at the time that it names is let go', () => {
    const rates = fc.record({ perSecond: fc.integer({ min: 1, max: 20 }), perHour: fc.integer({ min: 1, max: 200 }) });
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 100 }), (rate, many) => {
        let used: Used = UNUSED;
        let now = NOW;
        for (let sent = 0; sent < many; sent += 1) {
          const taken = take(rate, used, now);
          if ('from' in taken) {
            expect(taken.from).toBeGreaterThan(now);
            now = taken.from;
          }
          const at = 'from' in taken ? take(rate, used, now) : taken;
          if ('from' in at) throw new Error('there is a share at the time that was named');
          used = at.used;
        }
      }),
    );
  });

  it.each([
    [1, 60],
    [100, 40],
    [100, 3_600],
  ])('of 1 a second and %i an hour lets at most that many go in %i s of steady events', (perHour, seconds) => {
    const times = Array.from({ length: seconds * 4 }, (_, index) => NOW + index * 250);

    const sent = sentAt({ perSecond: 1, perHour }, times, 'urgent');

    expect(sent.length).toBeLessThanOrEqual(Math.min(perHour, seconds + 1));
    expect(sent.length).toBeGreaterThanOrEqual(Math.min(perHour, seconds) - 1);
  });

  it('spreads what is left of an hour after a burst of three fifths', () => {
    const times = Array.from({ length: 3_600 }, (_, index) => NOW + index * 1_000);

    const sent = sentAt({ perHour: 100 }, times, 'urgent');

    expect(sent[59]).toBe(NOW + 59_000);
    expect((sent[61] ?? 0) - (sent[60] ?? 0)).toBe(90_000);
  });

  it.each([
    [100, 20],
    [10, 2],
    [1_000, 20],
  ])('of %i an hour keeps the last %i for what is urgent', (perHour, kept) => {
    const times = Array.from({ length: 36_000 }, (_, index) => NOW + index * 100);
    const usual = sentAt({ perHour }, times).length;

    expect(usual).toBeLessThanOrEqual(perHour - kept);
    expect(usual).toBeGreaterThanOrEqual(perHour - kept - 1);

    let used: Used = UNUSED;
    for (const now of times) {
      const taken = take({ perHour }, used, now);
      if ('used' in taken) used = taken.used;
    }
    let urgent = 0;
    for (let taken = take({ perHour }, used, NOW + HOUR, 'urgent'); 'used' in taken; urgent += 1) {
      taken = take({ perHour }, taken.used, NOW + HOUR, 'urgent');
    }
    expect(urgent).toBeGreaterThanOrEqual(kept);
  });

  it('lets a burst go at once, one more that is urgent, and then as many as it takes in the long run', () => {
    const rate = { perSecond: 1, burst: 5 };
    fc.assert(
      fc.property(asked(700), (times) => {
        expect(mostWithin(sentAt(rate, times), 1_000)).toBeLessThanOrEqual(5);
        expect(mostWithin(sentAt(rate, times), 10_000)).toBeLessThanOrEqual(14);
        expect(mostWithin(sentAt(rate, times, 'urgent'), 10_000)).toBeLessThanOrEqual(15);
      }),
    );
    const atOnce: number[] = Array(10).fill(NOW);
    expect(sentAt(rate, atOnce)).toHaveLength(5);
    expect(sentAt(rate, atOnce, 'urgent')).toHaveLength(6);
  });

  it('leaves what is urgent a message while the usual ones use it up', () => {
    let used: Used = UNUSED;
    for (let now = NOW; now < NOW + 60_000; now += 50) {
      const taken = take({ perSecond: 1, burst: 5 }, used, now);
      if ('used' in taken) used = taken.used;
      expect(take({ perSecond: 1, burst: 5 }, used, now, 'urgent')).toHaveProperty('used');
    }
  });

  it('says how many that are urgent go each alone: a burst and what a minute takes', () => {
    expect(mostAlone({ perSecond: 1, burst: 5 })).toBe(65);
    expect(mostAlone({ perSecond: 0.1 })).toBe(7);
    expect(mostAlone({})).toBe(Number.POSITIVE_INFINITY);
  });

  it('counts shares the same in whatever order the limits were used up', () => {
    const both = { perSecond: 2, perHour: 10 };
    fc.assert(
      fc.property(asked(200_000), fc.infiniteStream(fc.boolean()), (times, sides) => {
        // Two instances, each of which has read what the other has written.
        const one = sentAt(both, times);
        let used: Used = UNUSED;
        const two = times.filter((now) => {
          const [side] = sides.take(1);
          const taken = take(both, side ? { ...used } : { hour: used.hour, second: used.second }, now);
          if ('from' in taken) return false;
          used = taken.used;
          return true;
        });

        expect(two).toStrictEqual(one);
      }),
    );
  });

  it('forgets what was taken by a clock that had jumped ahead', () => {
    const ahead = take({ perSecond: 1, perHour: 100 }, UNUSED, NOW + 365 * 24 * HOUR);

    const taken = take({ perSecond: 1, perHour: 100 }, 'used' in ahead ? ahead.used : UNUSED, NOW);

    expect(taken).toStrictEqual({ used: { second: NOW + 1_000, hour: NOW + 90_000 } });
  });

  it('counts what was taken by a clock that is a little ahead', () => {
    const ahead = take({ perSecond: 1 }, UNUSED, NOW + 30_000);

    expect(take({ perSecond: 1 }, 'used' in ahead ? ahead.used : UNUSED, NOW)).toStrictEqual({ from: NOW + 31_000 });
  });

  it('that is none always has a share', () => {
    expect(isLimited({})).toBe(false);
    fc.assert(
      fc.property(asked(10), (times) => {
        expect(sentAt({}, times)).toStrictEqual(times);
      }),
    );
  });
});
