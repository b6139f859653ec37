import { expect, it } from 'vitest';
import { scheduleText } from '../../src/cli/schedules.ts';

it.each([
  ['0 0 9 * * 1', 'every Monday at 09:00 UTC'],
  ['0 30 6 * * *', 'every day at 06:30 UTC'],
  ['0 5 17 * * 1-5', 'from Monday to Friday at 17:05 UTC'],
  ['0 0 9 * * 1,4', 'every Monday and Thursday at 09:00 UTC'],
  ['0 0 9 1 * *', 'on day 1 of every month at 09:00 UTC'],
  ['30 6 * * *', 'every day at 06:30 UTC'],
  ['0 0 9 * * SUN,Saturday', 'every Sunday and Saturday at 09:00 UTC'],
  ['0 0 9 1-31 * mon-fri', 'from Monday to Friday at 09:00 UTC'],
  ['0 0 9 * 2/3 *', 'by the schedule 0 0 9 * 2/3 * (UTC)'],
  ['0 0 9 * * 7', 'by the schedule 0 0 9 * * 7 (UTC)'],
  ['0 */5 * * * *', 'by the schedule 0 */5 * * * * (UTC)'],
  ['30 0 9 * * 1', 'by the schedule 30 0 9 * * 1 (UTC)'],
  ['0 0 9 1 * 1', 'by the schedule 0 0 9 1 * 1 (UTC)'],
  ['0 0 9 * 1 *', 'by the schedule 0 0 9 * 1 * (UTC)'],
])('the schedule %s is told as "%s"', (every, words) => {
  expect(scheduleText(every)).toBe(words);
});
