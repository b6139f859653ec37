const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long an instance has been behind: the fuller its cell, the longer. */
export const AGES = [
  { level: 'hour', below: HOUR, words: 'behind under 1 hour' },
  { level: 'day', below: DAY, words: 'under 1 day' },
  { level: 'week', below: 7 * DAY, words: 'under 1 week' },
  { level: 'older', below: Number.POSITIVE_INFINITY, words: 'longer' },
] as const;

export type Age = (typeof AGES)[number]['level'];

export function ageOf(since: string | undefined, now: number): Age {
  const gone = now - Date.parse(since ?? '');
  return AGES.find(({ below }) => gone < below)?.level ?? 'hour';
}

const inUnits = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

/** "26 hours", "4 days". */
export function spanOf(since: string, now: number): string {
  const gone = Math.max(0, now - Date.parse(since));
  if (gone < HOUR) return `${Math.floor(gone / MINUTE)} min`;
  if (gone < 2 * DAY) return inUnits(Math.floor(gone / HOUR), 'hour');
  return inUnits(Math.floor(gone / DAY), 'day');
}

/** "2026-11-19 21:10 UTC". */
export const momentOf = (time: string): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** "at 21:10:05 UTC", with the day where it is another one. */
export function clockOf(time: string, now: number): string {
  const iso = new Date(time).toISOString();
  const today = new Date(now).toISOString().slice(0, 10);
  return iso.startsWith(today) ? `${iso.slice(11, 19)} UTC` : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
