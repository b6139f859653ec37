const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A schedule (NCRONTAB, in UTC) in the words that people use, where it is a plain one; else as it is written. */
export function scheduleText(every: string): string {
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] = every.split(' ');
  const isNumber = (text: string) => /^\d{1,2}$/.test(text);
  const days = daysOf(weekday);
  if (second !== '0' || ![minute, hour].every(isNumber) || month !== '*' || days === undefined) return written(every);
  const at = `at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')} UTC`;
  if (day === '*') return `${days} ${at}`;
  return isNumber(day) && weekday === '*' ? `on day ${day} of every month ${at}` : written(every);
}

const written = (every: string): string => `by the schedule ${every} (UTC)`;

/** "every day", "every Monday and Friday"; undefined where the field says more than that. */
function daysOf(field: string): string | undefined {
  if (field === '*') return 'every day';
  if (field === '1-5') return 'from Monday to Friday';
  const names = field.split(',').map((each) => (/^[0-7]$/.test(each) ? DAYS[Number(each)] : undefined));
  return names.includes(undefined) ? undefined : `every ${names.join(' and ')}`;
}
