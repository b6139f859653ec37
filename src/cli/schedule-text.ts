import { readSchedule, type Schedule } from '../event/time/ncrontab.ts';

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
