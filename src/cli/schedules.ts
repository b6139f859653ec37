import type { Config } from '../config/config.ts';
import { readSchedule, type Schedule } from '../event/time/ncrontab.ts';
import { nextTime, scheduleProblem } from '../event/time/ncrontab-times.ts';
import { iso } from '../event/time/units.ts';
import type { Screen, Shell } from './shell.ts';
import { safeLine, second } from './text.ts';

/** A schedule of the configuration: what sets it, as it is written, and its next times (ISO, UTC). */
interface Scheduled {
  readonly setting: string;
  readonly schedule: string;
  readonly next: readonly string[];
}

const SHOWN = 3;

/** The schedules there are, with their next times after one (milliseconds). */
export const schedulesOf = (config: Config, now: number): readonly Scheduled[] =>
  givenIn(config).map(({ setting, schedule }) => ({ setting, schedule, next: nextTimes(schedule, now) }));

const givenIn = ({ drill, reviews, drift }: Config) => [
  ...(drill === undefined ? [] : [{ setting: 'drill.every', schedule: drill.every }]),
  ...reviews.map(({ at }, index) => ({ setting: `review.${index}.at`, schedule: at })),
  ...(drift === undefined ? [] : [{ setting: 'DRIFT_SCHEDULE', schedule: drift.schedule }]),
];

function nextTimes(text: string, now: number): readonly string[] {
  const read = readSchedule(text);
  const next: string[] = [];
  for (let time: number | undefined = now; 'schedule' in read && next.length < SHOWN; ) {
    time = nextTime(read.schedule, time);
    if (time === undefined) break;
    next.push(iso(time));
  }
  return next;
}

/** What is no mistake in a schedule, and yet may not be meant. */
export const scheduleRemarks = (config: Config, env: Shell['env']): readonly string[] => [
  ...givenIn(config).flatMap(({ setting, schedule }) => {
    const read = readSchedule(schedule);
    return 'problem' in read ? [] : [...read.remarks, ...bothDays(read.schedule)].map((each) => `${setting}: ${each}.`);
  }),
  ...fiveFields(config),
  ...otherClock(config, env),
  ...unused(config, env),
];

/** NCRONTAB wants both days to fit, and cron either: https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer, crontab(5). */
const bothDays = ({ days, weekdays }: Schedule): readonly string[] =>
  days.length < 31 && weekdays.length < 7
    ? ['it runs where the day of the month and the day of the week both fit; cron would take either']
    : [];

/**
 * A timer takes five fields, and so do its documentation and the host; what wakes an app that sleeps reads six alone:
 * https://github.com/Azure/azure-functions-host/issues/7123
 */
const fiveFields = ({ drift }: Config): readonly string[] =>
  drift?.schedule.split(' ').filter(Boolean).length === 5
    ? [
        `DRIFT_SCHEDULE: it has five fields, with which nothing may wake the app on Azure: write six, \`0 ${drift.schedule}\`.`,
      ]
    : [];

/** https://learn.microsoft.com/azure/azure-functions/functions-app-settings#website_time_zone, Azure/azure-functions-host issues 995 and 5213. */
const otherClock = (config: Config, env: Shell['env']): readonly string[] =>
  env['WEBSITE_TIME_ZONE']?.trim() && givenIn(config).length > 0
    ? [
        'WEBSITE_TIME_ZONE is set: the times here are in UTC, and those of timers on Azure are not. Plans on Linux do not support it, and timers can stand still with it: leave it out.',
      ]
    : [];

/** Azure reads the schedule of a report that is off as well, and leaves the function out where it cannot. */
function unused({ drift }: Config, env: Shell['env']): readonly string[] {
  const given = env['DRIFT_SCHEDULE']?.trim();
  const problem = drift === undefined && given ? scheduleProblem(given) : undefined;
  return problem === undefined ? [] : [`DRIFT_SCHEDULE: ${problem}. It is not used, as DRIFT_SCOPE is not set.`];
}

export async function scheduleTable(schedules: readonly Scheduled[], screen: Screen): Promise<void> {
  if (schedules.length === 0) return;
  const rows = schedules.map(({ setting, schedule, next }) => [
    setting,
    safeLine(schedule),
    next.map(second).join(', '),
  ]);
  screen.print('');
  await screen.table(['SCHEDULE', 'AS WRITTEN', 'NEXT (UTC)'], rows, []);
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A schedule (NCRONTAB, in UTC) in the words that people use, where it is a plain one; else as it is written. */
export function scheduleText(every: string): string {
  const read = readSchedule(every);
  return ('schedule' in read ? plain(read.schedule) : undefined) ?? `by the schedule ${every} (UTC)`;
}

function plain({ seconds, minutes, hours, days, months, weekdays }: Schedule): string | undefined {
  const [minute, hour] = [minutes, hours].map((values) => String(values[0]).padStart(2, '0'));
  if (![seconds, minutes, hours].every(({ length }) => length === 1) || seconds[0] !== 0) return undefined;
  if (months.length < 12) return undefined;
  const at = `at ${hour}:${minute} UTC`;
  if (days.length === 31) return `${daysOf(weekdays)} ${at}`;
  return days.length === 1 && weekdays.length === 7 ? `on day ${days[0]} of every month ${at}` : undefined;
}

/** "every day", "every Monday and Friday". */
function daysOf(weekdays: readonly number[]): string {
  if (weekdays.length === 7) return 'every day';
  if (weekdays.join() === '1,2,3,4,5') return 'from Monday to Friday';
  return `every ${weekdays.map((day) => DAYS[day]).join(' and ')}`;
}
