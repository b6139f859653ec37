import * as z from 'zod';
import type { EventOf, RelayEvent } from '../../event/event.ts';
import { remindedAt } from '../../event/firing.ts';
import { identity } from '../../event/identity.ts';
import { anyRelease } from '../../event/later.ts';
import { DAY_MILLISECONDS, MINUTE_MILLISECONDS } from '../../event/time/units.ts';

/** What is remembered of an alert that fires, to tell it again: a row of its receiver, by its story. */
export const reminderRow = z.object({
  /** Its beginning, as this receiver was told of it. */
  event: anyRelease,
  proven: z.boolean().optional(),
  /** How often it is told again, in milliseconds. */
  every: z.number().positive(),
  /** ISO, UTC: when it is next told. The message of the queue that brings it names this time. */
  dueAt: z.iso.datetime(),
  /** ISO, UTC: when somebody last told that it fires. */
  heardAt: z.iso.datetime(),
  /** ISO, UTC: the time of the last reminder. */
  toldAt: z.iso.datetime().optional(),
  /** The id of the message of the queue that wrote it. */
  owner: z.string(),
  /** Why it is told no more. */
  over: z.enum(['ended', 'closed', 'off']).optional(),
});

export type ReminderRow = z.infer<typeof reminderRow>;

/** What nobody has told anything of for so long is closed, unless it is critical: that is told once a day. */
const SILENT_MILLISECONDS = 7 * DAY_MILLISECONDS;

type Paced = Pick<ReminderRow, 'every' | 'heardAt' | 'dueAt'>;

export const isSilent = ({ heardAt }: Pick<Paced, 'heardAt'>, now: number): boolean =>
  now - Date.parse(heardAt) >= SILENT_MILLISECONDS;

/** The longest time until the next reminder, in milliseconds. */
export const longestPace = ({ every }: Pick<Paced, 'every'>): number => Math.max(every, DAY_MILLISECONDS);

// Messages of the queue come some minutes late at times.
const LATE_MILLISECONDS = 10 * MINUTE_MILLISECONDS;

/** When (milliseconds) the reminder after this one is due: at the same pace, and no sooner where this one came far too late. */
export function nextDue(row: Paced, now: number): number {
  const pace = isSilent(row, now) ? DAY_MILLISECONDS : row.every;
  const due = Date.parse(row.dueAt);
  return (Math.abs(now - due) <= Math.min(LATE_MILLISECONDS, pace / 2) ? due : now) + pace;
}

/** The id of the reminder of an event at a time (ISO): whoever makes it twice makes the same. */
const reminderId = (event: string, at: string): string => identity('remind', event, at);

/**
 * An event that tells again, at `at` (ISO), that an alert fires; or that it is closed, which is nobody's to act on. What was
 * measured when it fired is left out: nobody knows what it is now.
 */
export function reminderOf(told: EventOf<'alert'>, at: string, isClosed: boolean): EventOf<'alert'> {
  const { value: _, ...event } = told;
  const since = event.firedAt ?? event.occurredAt;
  return {
    ...event,
    ...(isClosed && { severity: 'info' as const }),
    id: reminderId(event.id, at),
    still: { at, since: since < at ? since : at, ...(isClosed && { closed: true }) },
  };
}

/** Why a reminder is no news any more, by the row that it was made of. */
export function whyStale(event: RelayEvent, row: ReminderRow | undefined): 'superseded' | undefined {
  const still = remindedAt(event);
  if (still === undefined) return undefined;
  const isMine = row !== undefined && reminderId(row.event.id, still.at) === event.id;
  const isLast = (row?.toldAt ?? '') <= still.at;
  const isOver = row?.over !== undefined && !still.closed;
  return isMine && isLast && !isOver ? undefined : 'superseded';
}
