import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSchedule } from '../../src/event/time/ncrontab.ts';
import { lastTime, nextTime, scheduleProblem } from '../../src/event/time/ncrontab-times.ts';
import { expressions } from '../platform/ncrontab/expressions.ts';

/** What the library that Azure's timers use makes of expressions: whether it takes them, and their next five times. */
interface Said {
  readonly library: string;
  readonly after: string;
  readonly expressions: readonly {
    readonly expression: string;
    readonly valid: boolean;
    readonly next?: readonly string[];
  }[];
}

const SAID = JSON.parse(readFileSync(new URL('../fixtures/ncrontab.json', import.meta.url), 'utf8')) as Said;

const scheduleOf = (text: string) => {
  const read = readSchedule(text);
  return 'schedule' in read ? read.schedule : undefined;
};

function nextTimes(text: string, after: number, count: number): readonly string[] | undefined {
  const schedule = scheduleOf(text);
  if (schedule === undefined) return undefined;
  const times: string[] = [];
  for (
    let time = nextTime(schedule, after);
    time !== undefined && times.length < count;
    time = nextTime(schedule, time)
  ) {
    times.push(`${new Date(time).toISOString().slice(0, 19)}Z`);
  }
  return times;
}

describe('a schedule', () => {
  it('is held against all that the library said', () => {
    expect(SAID.expressions).toHaveLength(65);
  });

  it.each(SAID.expressions)('of $expression is read as the library does', ({ expression, valid, next }) => {
    expect(nextTimes(expression, Date.parse(SAID.after), 5)).toStrictEqual(valid ? next : undefined);
  });

  it.each([
    ['every day at six please now', 'the field second takes 0 to 59'],
    ['0 61 * * * *', 'the field minute takes 0 to 59'],
    ['0 0 24 * * *', 'the field hour takes 0 to 23'],
    ['0 0 9 L * *', 'the field day of the month takes 1 to 31'],
    ['0 0 9 * 13 *', 'the field month takes 1 to 12, or JAN to DEC'],
    ['0 0 9 * * 7', 'the field day of the week takes 0 (Sunday) to 6, or SUN to SAT'],
    ['@daily', 'there are 1'],
    ['', 'there are 0'],
    ['0 0 9 * * 1 2027', 'there are 7'],
    ['01:00:00', 'a time span on an App Service plan alone'],
    ['30', 'a time span on an App Service plan alone'],
    ['0 0 2 30 2 *', 'expected a time that comes'],
    ['0 0 2 31 4,6,9,11 *', 'expected a time that comes'],
  ])('of %j is refused, and the reason says what to write', (text, reason) => {
    expect(scheduleProblem(text)).toContain(reason);
  });

  it.each([
    ['* 0 9 * * 1', ['it comes 60 times a minute: the first of six fields is the second, and `0` comes once']],
    ['*/10 * * * * *', ['it comes 6 times a minute: the first of six fields is the second, and `0` comes once']],
    ['0 0 22-2 * * *', ['the range 22-2 runs backwards, and is taken for 2 to 22']],
    ['0 0 9 * * FRI-SUN', ['the range FRI-SUN runs backwards, and is taken for 0 to 5']],
    ['0 */0 * * * *', ['the step 0 is taken for 1']],
    ['0 */60 * * * *', ['the step 60 leads past the last minute']],
    ['0 7,37 * * * *', []],
    ['*/5 * * * *', []],
    ['0 5/15 8-18 * * Monday-Friday', []],
  ])('of %j that may not be meant says so', (text, remarks) => {
    expect(readSchedule(text)).toMatchObject({ remarks });
  });

  // Only what can be read, with times that come.
  const schedules = fc
    .integer()
    .map((seed) => expressions(1, seed)[0] ?? '')
    .filter((text) => scheduleProblem(text) === undefined);
  const instants = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) });

  it('comes next at a time that all of its fields hold, and at none between', () => {
    fc.assert(
      fc.property(schedules, instants, (text, after) => {
        const schedule = scheduleOf(text);
        const next = schedule && nextTime(schedule, after);
        if (schedule === undefined || next === undefined) throw new Error('expected a time');
        const date = new Date(next);
        expect(next).toBeGreaterThan(after);
        expect(schedule.seconds).toContain(date.getUTCSeconds());
        expect(schedule.minutes).toContain(date.getUTCMinutes());
        expect(schedule.hours).toContain(date.getUTCHours());
        expect(schedule.days).toContain(date.getUTCDate());
        expect(schedule.months).toContain(date.getUTCMonth() + 1);
        expect(schedule.weekdays).toContain(date.getUTCDay());
        expect(nextTime(schedule, next - 1)).toBe(next);
      }),
    );
  });

  it('came last at the time after which none is left', () => {
    fc.assert(
      fc.property(schedules, instants, fc.integer({ min: 0, max: 40 * 86_400_000 }), (text, after, length) => {
        const schedule = scheduleOf(text);
        if (schedule === undefined) throw new Error('expected a schedule');
        const until = after + length;
        const last = lastTime(schedule, after, until);
        const first = nextTime(schedule, after) ?? Number.POSITIVE_INFINITY;
        expect(last === undefined).toBe(first > until);
        if (last === undefined) return;
        expect(last).toBeGreaterThanOrEqual(first);
        expect(last).toBeLessThanOrEqual(until);
        expect(nextTime(schedule, last - 1)).toBe(last);
        expect(nextTime(schedule, last) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(until);
      }),
    );
  });
});
