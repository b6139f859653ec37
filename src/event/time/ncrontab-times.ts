import * as z from 'zod';
import { readSchedule, type Schedule } from './ncrontab.ts';
import { SECOND_MILLISECONDS } from './units.ts';

/** The calendar is the same again after so many months: what does not come in them never does. */
const CYCLE = 400 * 12;

/** The first time of a schedule after one; both in milliseconds since 1970, UTC. Undefined where none ever comes. */
export function nextTime(schedule: Schedule, after: number): number | undefined {
  const from = (Math.floor(after / SECOND_MILLISECONDS) + 1) * SECOND_MILLISECONDS;
  const date = new Date(from);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  for (let on = 0; on <= CYCLE; on += 1) {
    for (const midnight of daysIn(schedule, year, month + on)) {
      const time = timeOfDay(schedule, (from - midnight) / SECOND_MILLISECONDS);
      if (time !== undefined) return midnight + time * SECOND_MILLISECONDS;
    }
  }
  return undefined;
}

/** The last time of a schedule after one and not after another, in milliseconds; undefined where there is none. */
export function lastTime(schedule: Schedule, after: number, until: number): number | undefined {
  const isIn = (time: number | undefined): time is number => time !== undefined && time <= until;
  let last = nextTime(schedule, after);
  if (!isIn(last)) return undefined;
  // The time after a later one is never an earlier one, so the last is found by halves.
  for (let [low, high] = [after, until]; high - low > SECOND_MILLISECONDS; ) {
    const middle = low + Math.floor((high - low) / 2);
    const next = nextTime(schedule, middle);
    if (isIn(next)) [low, last] = [middle, next];
    else high = middle;
  }
  return last;
}

/** What is wrong with a schedule: that it cannot be read, or that it never comes. */
export function scheduleProblem(text: string): string | undefined {
  const read = readSchedule(text);
  if ('problem' in read) return read.problem;
  return nextTime(read.schedule, 0) === undefined ? 'expected a time that comes: no day is like that' : undefined;
}

/** NCRONTAB that can be read and comes. */
export const ncrontab = z.string().superRefine((text, context) => {
  const message = scheduleProblem(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** The midnights of a month's days that are wanted, in milliseconds. A month over 11 is one of the years after. */
function* daysIn({ months, days, weekdays }: Schedule, year: number, month: number): Generator<number> {
  const first = new Date(Date.UTC(year, month, 1));
  if (!months.includes(first.getUTCMonth() + 1)) return;
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  for (const day of days) {
    if (day <= length && weekdays.includes((first.getUTCDay() + day - 1) % 7)) yield Date.UTC(year, month, day);
  }
}

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** The first time of a day that is not before one, in seconds since midnight. */
function timeOfDay({ hours, minutes, seconds }: Schedule, from: number): number | undefined {
  if (from >= DAY_SECONDS) return undefined;
  for (const hour of hours.filter((hour) => (hour + 1) * HOUR_SECONDS > from)) {
    for (const minute of minutes.filter((minute) => hour * HOUR_SECONDS + (minute + 1) * MINUTE_SECONDS > from)) {
      const second = seconds.find((second) => hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second >= from);
      if (second !== undefined) return hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second;
    }
  }
  return undefined;
}
