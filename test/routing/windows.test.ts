import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditions } from '../../src/routing/conditions.ts';
import { compileWindow, days, wallClock, windowOf } from '../../src/routing/windows.ts';
import { share } from '../support/sweep.ts';

const MINUTE = 60_000;
const schema = windowOf(conditions);
const open = (given: object, at: string, zone = 'UTC') =>
  compileWindow(schema.parse({ name: 'nights', ...given }), zone).isOpen(Date.parse(at));

describe('a window', () => {
  it.each([
    ['2026-11-20T21:59:59.999Z', false],
    ['2026-11-20T22:00:00.000Z', true],
    ['2026-11-21T06:59:59.999Z', true],
    ['2026-11-21T07:00:00.000Z', false],
  ])('across midnight is open at %s: %s', (at, isOpen) => {
    expect(open({ from: '22:00', to: '07:00' }, at)).toBe(isOpen);
  });

  it.each([
    // 20 November 2026 is a Friday.
    ['2026-11-20T23:00:00Z', true],
    ['2026-11-21T05:00:00Z', true],
    ['2026-11-21T23:00:00Z', false],
    ['2026-11-20T05:00:00Z', false],
  ])('belongs to the day on which it begins (%s: %s)', (at, isOpen) => {
    expect(open({ days: ['fri'], from: '22:00', to: '07:00' }, at)).toBe(isOpen);
  });

  it('of whole days needs no times', () => {
    expect(open({ days: ['sat', 'sun'] }, '2026-11-21T00:00:00Z')).toBe(true);
    expect(open({ days: ['sat', 'sun'] }, '2026-11-22T23:59:59Z')).toBe(true);
    expect(open({ days: ['sat', 'sun'] }, '2026-11-23T00:00:00Z')).toBe(false);
  });

  it('goes by the clock of its zone, else of the default one', () => {
    const given = { from: '22:00', to: '23:00' };

    expect(open(given, '2026-11-20T13:30:00Z', 'Asia/Seoul')).toBe(true);
    expect(open({ ...given, timeZone: 'Asia/Kathmandu' }, '2026-11-20T16:15:00Z', 'Asia/Seoul')).toBe(true);
    expect(open({ ...given, timeZone: 'Asia/Kathmandu' }, '2026-11-20T16:14:59Z', 'Asia/Seoul')).toBe(false);
  });

  // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
  it.each([
    ['2026-03-29T00:59:59Z', '01:30', '03:30', true],
    ['2026-03-29T01:00:00Z', '01:30', '03:30', true],
    ['2026-03-29T01:30:00Z', '01:30', '03:30', false],
    ['2026-03-29T00:59:59Z', '02:00', '03:00', false],
    ['2026-03-29T01:00:00Z', '02:00', '03:00', false],
  ])('has no time in an hour that is skipped (%s in %s–%s: %s)', (at, from, to, isOpen) => {
    expect(open({ from, to, timeZone: 'Europe/Berlin' }, at)).toBe(isOpen);
  });

  // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
  it.each([
    ['2026-10-25T00:30:00Z', true],
    ['2026-10-25T01:30:00Z', true],
    ['2026-10-25T02:00:00Z', false],
  ])('is open both times in an hour that comes twice (%s: %s)', (at, isOpen) => {
    expect(open({ from: '02:00', to: '03:00', timeZone: 'Europe/Berlin' }, at)).toBe(isOpen);
  });

  it.each([
    [{ from: '22:00', to: '22:00' }],
    [{ from: '24:00' }],
    [{ to: '7:00' }],
    [{ days: [] }],
    [{ days: ['Monday'] }],
    [{ timeZone: 'Mars/Olympus' }],
    [{ name: 'two words' }],
  ])('%j is refused', (given) => {
    expect(schema.safeParse({ name: 'nights', ...given }).success).toBe(false);
  });
});

const zones = Intl.supportedValuesOf('timeZone');

/** What the clock shows, reckoned from the zone's offset: another way through Intl than the code's. */
function reckoned(zone: string, at: number) {
  const { value = '' } =
    new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName') ?? {};
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(value) ?? [];
  const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * (sign === '-' ? -1000 : 1000);
  const local = new Date(at + offset);
  return { day: (local.getUTCDay() + 6) % 7, minute: local.getUTCHours() * 60 + local.getUTCMinutes() };
}

describe('the clock on the wall', () => {
  const from = Date.UTC(2021, 0, 1);
  const tenYears = fc.integer({ min: 0, max: (Date.UTC(2031, 0, 1) - from) / MINUTE });

  it('shows what Intl says, in every zone over ten years', () => {
    expect(zones.length).toBeGreaterThan(300);
    for (const zone of zones) {
      const clock = wallClock(zone);
      fc.assert(
        fc.property(tenYears, (minute) => {
          const at = from + minute * MINUTE;
          expect({ zone, at, ...clock(at) }).toStrictEqual({ zone, at, ...reckoned(zone, at) });
        }),
        { numRuns: share(25) },
      );
    }
  });

  const time = fc.integer({ min: 0, max: 1439 }).map((each) => {
    const two = (number: number) => String(number).padStart(2, '0');
    return `${two(Math.floor(each / 60))}:${two(each % 60)}`;
  });

  it('opens any window exactly where it shows a time in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.subarray([...days], { minLength: 1 }),
        time,
        time,
        tenYears,
        (zone, wanted, begin, end, minute) => {
          fc.pre(begin !== end);
          const at = from + minute * MINUTE;
          const { day, minute: now } = reckoned(zone, at);
          const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
          // Counted from the midnight before last, so that a window that began yesterday is one too.
          const begun = wanted.some((each) =>
            [0, 1440].some((back) => {
              const isDay = (days.indexOf(each) + (back === 0 ? 0 : 1)) % 7 === day;
              const first = minuteOf(begin) - back;
              const last = minuteOf(end) + (begin > end ? 1440 : 0) - back;
              return isDay && now >= first && now < last;
            }),
          );

          const window = schema.parse({ name: 'any', days: wanted, from: begin, to: end, timeZone: zone });
          expect(compileWindow(window, 'UTC').isOpen(at)).toBe(begun);
        },
      ),
      { numRuns: share(2_000) },
    );
  });
});

describe('the end of a window', () => {
  const endOf = (given: object, at: string) => {
    const window = compileWindow(schema.parse({ name: 'w', ...given }), 'UTC');
    const end = window.endAfter(Date.parse(at));
    // Asked again while it is open, it says the same.
    if (end !== undefined) expect(window.endAfter(end - 60_000)).toBe(end);
    return end === undefined ? undefined : new Date(end).toISOString();
  };

  it.each<[string, object, string, string | undefined]>([
    ['the same day', { from: '12:00', to: '13:00' }, '2026-11-20T12:30:30Z', '2026-11-20T13:00:00.000Z'],
    ['past midnight', { from: '22:00', to: '07:00' }, '2026-11-20T23:00:00Z', '2026-11-21T07:00:00.000Z'],
    [
      'after days that follow one another',
      { days: ['sat', 'sun'] },
      '2026-11-21T10:00:00Z',
      '2026-11-23T00:00:00.000Z',
    ],
    [
      'where clocks are put back meanwhile',
      { from: '22:00', to: '07:00', timeZone: 'Europe/Prague' },
      '2026-10-24T21:00:00Z',
      '2026-10-25T06:00:00.000Z',
    ],
    [
      'where clocks are put forward meanwhile',
      { from: '22:00', to: '07:00', timeZone: 'Europe/Prague' },
      '2026-03-28T22:00:00Z',
      '2026-03-29T05:00:00.000Z',
    ],
    ['that never comes', {}, '2026-11-20T12:00:00Z', undefined],
  ])('is found: %s', (_what, given, at, end) => {
    expect(endOf(given, at)).toBe(end);
  });
});
