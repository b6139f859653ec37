import type { RelayEvent } from '../event/event.ts';
import { isFiring, remindedAt } from '../event/firing.ts';
import { callReminder } from './call-reminder.ts';
import type { Found } from './dispatch.ts';
import { type Dispatch, iso } from './dispatch.ts';
import type { Change, Row } from './ports.ts';
import type { ClaimDecision, ClaimWish } from './rules/claim.ts';
import { allOf, remindKey, storyName } from './rules/keys.ts';
import { whySuperseded } from './rules/order.ts';
import { isAhead } from './rules/receiver-state.ts';
import { longestPace, type ReminderRow, reminderRow, whyStale } from './rules/reminders.ts';

/** What the claim of an event has to do with reminders. */
interface Reminding {
  readonly row: Row | undefined;
  readonly value: ReminderRow | undefined;
  /** Why the event, a reminder, is no news any more. */
  readonly stale: string | undefined;
}

/** Of a reminder that a fallback gets, the row is that of the receiver for whom it was made. */
export async function remindingOf({ ports }: Pick<Dispatch, 'ports'>, wish: ClaimWish): Promise<Reminding> {
  const { event, place, receiver, standsFor = receiver } = wish;
  const isReminder = remindedAt(event) !== undefined;
  const key = remindKey(storyName(place?.story ?? ''));
  const row = await ports.ledger.read(isReminder ? standsFor : receiver, key);
  const value = reminderRow.safeParse(row?.value).data;
  return { row, value, stale: whyStale(event, value) };
}

interface Written {
  readonly changes: readonly Change[];
  /** When (ISO) the reminder is to be called for. */
  readonly dueAt?: string;
}

const NONE: Written = { changes: [] };

/** What is written beside the claim of an alert that is to be told again, and when its reminder is to be called for. */
export function reminderChanges(wish: ClaimWish, decision: ClaimDecision, known: Reminding, found: Found): Written {
  const { event, place, remind: every, owner, now, proven } = wish;
  const { row, value } = known;
  if (place === undefined || every === undefined || !isFiring(event) || remindedAt(event) !== undefined) return NONE;
  // The message is back: what it wrote may not have been called for.
  if (isUnderWay(event, value)) return value?.owner === owner ? { changes: [], dueAt: value.dueAt } : NONE;
  if (!isAlive(wish, decision, found) || isOlder(event, value)) return NONE;
  const dueAt = iso(now + every);
  const next: ReminderRow = { event, every, dueAt, heardAt: iso(now), owner, ...(proven && { proven }) };
  const key = remindKey(storyName(place.story));
  const change: Change =
    row === undefined ? { kind: 'insert', key, value: next } : { kind: 'replace', key, value: next, etag: row.etag };
  return { changes: [change], dueAt };
}

const isUnderWay = ({ id }: RelayEvent, value: ReminderRow | undefined): boolean =>
  value?.event.id === id && value.over === undefined;

/** Whether the row is of a later beginning of the same story. */
const isOlder = ({ id, occurredAt }: RelayEvent, value: ReminderRow | undefined): boolean =>
  value !== undefined && value.event.id !== id && value.event.occurredAt > occurredAt;

/** Whether the event tells that something fires now. What is told again may be what was closed, or what nobody was reminded of. */
function isAlive({ place, now }: ClaimWish, decision: ClaimDecision, { memory = {} }: Found): boolean {
  if (decision.kind === 'leased' || decision.kind === 'overtake' || place === undefined) return false;
  if (decision.kind !== 'settled') return true;
  return decision.entry.state !== 'overtaken' && whySuperseded(place, memory, now) === undefined;
}

// Messages of the queue are late at times.
const LATE_MILLISECONDS = 10 * 60_000;

/** Calls again for reminders whose call was lost; resolves with how many. Rejects with a StorageError. */
export async function wakeReminders({ ports }: Pick<Dispatch, 'ports'>, name: string): Promise<number> {
  const now = ports.clock.now();
  let count = 0;
  for await (const page of ports.ledger.list(name, allOf('remind:'))) {
    for (const { key, value } of page) {
      const { data } = reminderRow.safeParse(value);
      if (data === undefined || data.over !== undefined) continue;
      const due = Date.parse(data.dueAt);
      const isAwaited = due >= now - LATE_MILLISECONDS && (due <= now || isAhead(due, now, longestPace(data)));
      if (isAwaited) continue;
      await callReminder(ports, name, key.split(':')[1] ?? '', data.dueAt);
      count += 1;
    }
  }
  return count;
}
