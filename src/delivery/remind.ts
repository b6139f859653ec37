import { isFiring } from '../event/firing.ts';
import { StorageError } from '../problems/errors.ts';
import { callReminder } from './call-reminder.ts';
import { type DeliveryReport, type Dispatch, iso, secondsUntil } from './dispatch.ts';
import type { Remind } from './rules/delivery.ts';
import { eventKey, remindKey, storyKey } from './rules/keys.ts';
import { ledgerEntry } from './rules/ledger.ts';
import { positionInStory, whySuperseded } from './rules/order.ts';
import { isAhead } from './rules/receiver-state.ts';
import { isSilent, longestPace, nextDue, type ReminderRow, reminderOf, reminderRow } from './rules/reminders.ts';
import { storyMemory } from './rules/story.ts';

const MOST_TRIES = 5;

// A clock of the queue's may be some moments behind ours.
const EARLY_MILLISECONDS = 1_000;

/** Tells a receiver again of an alert that still fires, or that it is closed. Rejects with a StorageError. */
export async function remindDue(
  dispatch: Dispatch,
  { receivers: [name = ''], release: story, remind }: Remind,
  owner: string,
): Promise<DeliveryReport> {
  const { ports } = dispatch;
  const nothing = { outcome: 'nothing', receiver: name } as const;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const row = await ports.ledger.read(name, remindKey(story));
    const { data } = reminderRow.safeParse(row?.value);
    if (row === undefined || data === undefined || data.over !== undefined) return nothing;
    if (data.dueAt !== remind.at) {
      // By this very message, which is back: what comes next may not have been called for.
      if (data.owner === owner) await callReminder(ports, name, story, data.dueAt);
      return nothing;
    }
    const now = ports.clock.now();
    const due = Date.parse(data.dueAt);
    if (isAhead(due - EARLY_MILLISECONDS, now, longestPace(data))) {
      await callReminder(ports, name, story, data.dueAt);
      return { outcome: 'postponed', receiver: name, reason: 'not-yet', delay: secondsUntil(due, now) };
    }
    const step = await stepOf(dispatch, name, data, now);
    // Told first: made a second time it has the same id, which the ledger knows.
    if (step.event !== undefined) {
      const { event } = step;
      const { proven } = data;
      await ports.deliveries.send({ version: 1, event, proven, receivers: [name], attempt: 0, acceptedAt: data.dueAt });
    }
    const value: ReminderRow = { ...step.row, owner };
    const change = { kind: 'replace', key: row.key, value, etag: row.etag } as const;
    // A conflict is a new beginning of the same story, or another message that brings the same reminder.
    if ((await ports.ledger.write(name, [change])) === 'conflict') continue;
    if (value.over === undefined) await callReminder(ports, name, story, value.dueAt);
    return { ...nothing, ...step.why };
  }
  throw new StorageError('the ledger did not take the change', 'too many changes at once');
}

interface Step {
  readonly row: ReminderRow;
  /** What the receiver is told. */
  readonly event?: ReturnType<typeof reminderOf>;
  readonly why: Pick<DeliveryReport, 'reason' | 'cause'>;
}

/** What is to be told of an alert whose reminder is due, and what is remembered then. */
async function stepOf(dispatch: Dispatch, name: string, row: ReminderRow, now: number): Promise<Step> {
  const { ports, receiver, reminds, desk, quiet } = dispatch;
  const { event, proven } = row;
  const place = positionInStory(event, proven);
  if (receiver(name) === undefined || !reminds(name) || place === undefined || !isFiring(event)) {
    return { row: { ...row, over: 'off' }, why: { reason: 'remind off', cause: 'remind' } };
  }
  const [story, told] = await Promise.all([
    ports.ledger.read(name, storyKey(place.story)),
    ports.ledger.read(name, eventKey(event.id)),
  ]);
  if (whySuperseded(place, storyMemory.safeParse(story?.value).data ?? {}, now) !== undefined) {
    return { row: { ...row, over: 'ended' }, why: { reason: 'story-ended' } };
  }
  const heardAt = latest(row.heardAt, ledgerEntry.safeParse(told?.value).data?.again?.at);
  const heard = { ...row, heardAt };
  const next = { ...heard, dueAt: iso(nextDue(heard, now)) };
  const { result: mark } = await desk.change(name, async ({ silences }) => ({ changes: [], result: silences }));
  const kept = await quiet.of(event, name, mark);
  if (kept !== undefined) return { row: next, why: { reason: kept.reason, cause: kept.by } };
  const isClosed = isSilent(heard, now) && event.severity !== 'critical';
  return {
    row: { ...next, toldAt: row.dueAt, ...(isClosed && { over: 'closed' as const }) },
    event: reminderOf(event, row.dueAt, isClosed),
    why: { reason: isClosed ? 'closed' : 'reminded' },
  };
}

const latest = (one: string, other = ''): string => (one > other ? one : other);
