import type { Complaint } from './complaint.ts';

export const SIX_FIELDS = /^\S+( \S+){5}$/;

/** What is wrong with the fields of a schedule; with their number, the schema says. */
export async function scheduleProblems(every: unknown, path: readonly string[]): Promise<readonly Complaint[]> {
  if (typeof every !== 'string' || !SIX_FIELDS.test(every)) return [];
  // Most relays have no drill: what reads schedules is loaded for those that do.
  const { Cron } = await import('croner');
  try {
    const next = new Cron(every, { timezone: 'UTC', mode: '6-part' }).nextRun();
    return next === null ? [{ path, message: 'expected a time that comes: no day is like that' }] : [];
  } catch {
    return [{ path, message: 'expected NCRONTAB, such as `0 0 9 * * 1`: a field says what there is not' }];
  }
}
