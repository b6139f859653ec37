import { describe, expect, it } from 'vitest';
import { type ReminderRow, reminderOf, whyStale } from '../../../src/delivery/rules/reminders.ts';
import { examples } from '../../support/examples.ts';

const AT = '2026-11-20T15:00:00.000Z';
const LATER = '2026-11-20T16:00:00.000Z';
const { firedAt: _, ...alert } = { ...examples.alert, state: 'fired' as const };

describe('a reminder', () => {
  it('tells since when an alert fires: as its sender says, or else since it was told', () => {
    const firedAt = '2026-11-20T13:00:00.000Z';

    expect(reminderOf({ ...alert, firedAt }, AT, false).still).toStrictEqual({ at: AT, since: firedAt });
    expect(reminderOf(alert, AT, false).still).toStrictEqual({ at: AT, since: alert.occurredAt });
  });

  it('never tells of a time to come, however wrong its sender’s clock is', () => {
    expect(reminderOf({ ...alert, firedAt: LATER }, AT, false).still).toStrictEqual({ at: AT, since: AT });
  });

  it('that closes an alert is nobody’s to act on, and says nothing of what was measured', () => {
    const closing = reminderOf(alert, AT, true);

    expect(closing).toMatchObject({ severity: 'info', still: { closed: true } });
    expect(closing).not.toHaveProperty('value');
  });
});

describe('a reminder is news', () => {
  const row: ReminderRow = {
    event: alert,
    every: 3_600_000,
    dueAt: AT,
    heardAt: alert.occurredAt,
    owner: 'one',
  };
  const reminder = reminderOf(alert, AT, false);

  it('while its alert fires, and however often it is tried', () => {
    expect(whyStale(reminder, row)).toBeUndefined();
    expect(whyStale(reminder, { ...row, toldAt: AT })).toBeUndefined();
  });

  it.each<[string, ReminderRow | undefined]>([
    ['nothing is known of it', undefined],
    ['a later one was told', { ...row, toldAt: LATER }],
    ['its alert is over', { ...row, over: 'ended' }],
    ['another alert fires', { ...row, event: { ...alert, id: 'another' } }],
  ])('no more where %s', (_what, known) => {
    expect(whyStale(reminder, known)).toBe('superseded');
  });

  it('all the same where it says itself that the alert is over', () => {
    expect(whyStale(reminderOf(alert, AT, true), { ...row, over: 'closed' })).toBeUndefined();
  });

  it('is no word of what reminds of nothing', () => {
    expect(whyStale(alert, undefined)).toBeUndefined();
  });
});
