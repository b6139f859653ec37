import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextDelay, nextTry } from '../../../src/delivery/rules/schedule.ts';

const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const SCHEDULE = [5, 30, 120, 600, 1_800, 7_200, 21_600];
const half = () => 0.5;
const asking = (retryAfter: string, attempt = 0) => nextDelay(attempt, retryAfter, NOW, half);

describe('the next try', () => {
  it.each(SCHEDULE.map((seconds, attempt) => [attempt, seconds]))(
    'after try %i comes in about %i s',
    (attempt, seconds) => {
      expect(nextDelay(attempt, undefined, NOW, half)).toBe(seconds);
    },
  );

  it('does not come once the schedule is exhausted, even when it is asked for', () => {
    expect(nextDelay(SCHEDULE.length, undefined, NOW, half)).toBeUndefined();
    expect(nextDelay(SCHEDULE.length, '5', NOW, half)).toBeUndefined();
    expect(nextDelay(1_000_000, undefined, NOW, half)).toBeUndefined();
  });

  it('is spread by at most a fifth to either side, in whole seconds', () => {
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(SCHEDULE.length - 1), fraction, (attempt, random) => {
        const delay = nextDelay(attempt, undefined, NOW, () => random) ?? Number.NaN;
        const seconds = SCHEDULE[attempt] ?? Number.NaN;

        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(seconds * 0.8));
        expect(delay).toBeLessThanOrEqual(Math.ceil(seconds * 1.2));
      }),
    );
    expect([nextDelay(6, undefined, NOW, () => 0), nextDelay(6, undefined, NOW, () => 0.999_999)]).toStrictEqual([
      17_280, 25_920,
    ]);
  });
});

describe('Retry-After', () => {
  it.each([
    ['seconds', '7', 7],
    ['seconds with space around them', ' 7 ', 7],
    ['half a second more', '1.5', 2],
    ['an hour', '3600', 3_600],
    ['more than an hour, which is cut to one', '86400', 3_600],
    ['a number beyond reason', '1000000000000', 3_600],
    ['a date', 'Fri, 20 Nov 2026 14:06:39 GMT', 90],
    ['a date far away, which is cut to an hour', 'Fri, 20 Nov 2099 14:06:39 GMT', 3_600],
  ])('is obeyed to the second as %s', (_what, retryAfter, delay) => {
    expect(asking(retryAfter)).toBe(delay);
  });

  it('is obeyed at any try, without a spread', () => {
    expect(nextDelay(6, '7', NOW, () => 0.99)).toBe(7);
  });

  it.each([
    ['a word', 'soon'],
    ['a negative number', '-5'],
    ['nothing', ''],
    ['no time', '0'],
    ['a past date', 'Fri, 20 Nov 2026 14:05:08 GMT'],
    ['this very second', 'Fri, 20 Nov 2026 14:05:09 GMT'],
    ['a year', '2027-01-01'],
    ['an exponent', '1e12'],
    ['a hexadecimal number', '0x10'],
    ['seconds with a unit', '30s'],
    ['a date without a zone', 'Fri, 20 Nov 2026 14:06:39'],
    ['a date that is none', 'Fri, 99 Nov 2026 14:06:39 GMT'],
  ])('that says %s leaves the schedule as it is', (_what, retryAfter) => {
    expect(asking(retryAfter, 1)).toBe(30);
  });

  it('gives a whole number of seconds that a queue can wait, whatever it says', () => {
    const text = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
    );
    fc.assert(
      fc.property(text, (retryAfter) => {
        const delay = asking(retryAfter) ?? Number.NaN;

        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(1);
        expect(delay).toBeLessThanOrEqual(3_600);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a try that the receiver put off', () => {
  const acceptedAt = new Date(NOW - 60_000).toISOString();
  const next = (attempt: number, retryAfter?: string, more: { putOff?: number; acceptedAt?: string } = {}) =>
    nextTry({ attempt, acceptedAt, ...more }, { retryAfter }, NOW, half);

  it('is none of the schedule’s, however many there are', () => {
    expect(next(0, '1')).toStrictEqual({ delay: 1, next: { attempt: 1, putOff: 1 } });
    expect(next(500, '1', { putOff: 500 })).toStrictEqual({ delay: 1, next: { attempt: 501, putOff: 501 } });
    expect(next(501, undefined, { putOff: 500 })).toStrictEqual({ delay: 30, next: { attempt: 502, putOff: 500 } });
  });

  it('counts once the event came a day ago', () => {
    const old = { acceptedAt: new Date(NOW - 86_400_000).toISOString() };

    expect(next(3, '1', { putOff: 3, ...old })).toStrictEqual({ delay: 1, next: { attempt: 4, putOff: 3 } });
    expect(next(10, '1', { putOff: 3, ...old })).toBeUndefined();
  });

  it('makes no difference to an event that was never put off', () => {
    expect(next(0)).toStrictEqual({ delay: 5, next: { attempt: 1 } });
    expect(next(SCHEDULE.length)).toBeUndefined();
  });
});
