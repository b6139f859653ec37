import { DEEPEST, deeperThan } from '../event/depth.ts';
import { identity } from '../event/identity.ts';
import { withoutSecrets } from '../event/secrets/secrets.ts';
import { type DeliveryReport, type Dispatch, iso } from './dispatch.ts';
import { type Parked, recordAll } from './parked.ts';
import type { Change } from './ports.ts';
import { type Delivery, queueMessage } from './rules/delivery.ts';
import { deadKey, eventKey, UNREAD } from './rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from './rules/ledger.ts';
import { callAgain } from './windows.ts';

/**
 * Nobody will try this event for this receiver again by itself: it waits as a dead letter for `replay`, and the
 * receiver's fallback gets the event instead. `etag` is that of the event's row.
 */
export async function giveUp(
  { ports, receiver }: Dispatch,
  entry: LedgerEntry,
  reason: string,
  etag: string,
): Promise<Pick<DeliveryReport, 'outcome' | 'reason' | 'fallback'>> {
  const now = iso(ports.clock.now());
  const { receiver: name } = entry;
  const fallback = receiver(name)?.fallback;
  // Before it is written down: the fallback's own row sees to it that a second time makes no second message.
  if (fallback !== undefined) {
    await ports.deliveries.send(passedOn(entry, fallback, now));
  }
  const dead: LedgerEntry = { ...entry, state: 'dead', reason, updatedAt: now, ...(fallback && { fallback }) };
  await ports.ledger.write(name, deadChanges(dead, etag));
  return { outcome: 'dead', reason, ...(fallback && { fallback }) };
}

/** An event of a receiver on its way to the fallback, which is told for whom it was first. `now` is ISO. */
const passedOn = (entry: LedgerEntry, fallback: string, now: string): Delivery => {
  const { event, proven, receiver, acceptedAt = now, standsFor = receiver } = entry;
  return { version: 1, event, proven, receivers: [fallback], attempt: 0, acceptedAt, standsFor };
};

/** The event's row and its dead letter, together. A conflict is somebody who took the claim over. */
const deadChanges = (dead: LedgerEntry, etag: string): readonly Change[] => [
  { kind: 'replace', key: eventKey(dead.event.id), value: dead, etag },
  { kind: 'put', key: deadKey(dead.updatedAt, dead.event.id), value: dead },
];

/** Each of them becomes a dead letter, and goes to the fallback by itself. */
export async function giveUpAll(
  dispatch: Dispatch,
  name: string,
  parked: readonly Parked[],
  reason: string,
): Promise<DeliveryReport> {
  if (parked.length === 0) return { outcome: 'nothing', receiver: name };
  const { ports, receiver } = dispatch;
  const now = iso(ports.clock.now());
  const fallback = receiver(name)?.fallback;
  if (fallback !== undefined) {
    for (const { entry } of parked) {
      await ports.deliveries.send(passedOn(entry, fallback, now));
    }
  }
  const told = fallback === undefined ? {} : { fallback };
  await recordAll(dispatch, name, parked, (entry) => ({ ...entry, state: 'dead', reason, ...told }));
  return { outcome: 'dead', receiver: name, reason, events: parked.length, ...told };
}

const AGAIN_SECONDS = 60;

// An event is old then, and whatever keeps it from being tried has gone unseen for a week.
const LONGEST_MILLISECONDS = 7 * 24 * 3_600_000;

/** Deals with a message that the platform gave up: what was begun or is a week old becomes a dead letter, all else is queued again. */
export async function deadLetterAll(dispatch: Dispatch, message: unknown): Promise<readonly DeliveryReport[]> {
  const { data } = queueMessage.safeParse(message);
  if (data === undefined) return [await unreadable(dispatch, message)];
  if (!('event' in data)) {
    // What it was to send still waits in the ledger.
    await dispatch.ports.deliveries.send(data, AGAIN_SECONDS);
    return [{ outcome: 'postponed', reason: 'never-begun', delay: AGAIN_SECONDS }];
  }
  return Promise.all(data.receivers.map((name) => buried(dispatch, data, name)));
}

async function buried(dispatch: Dispatch, delivery: Delivery, name: string): Promise<DeliveryReport> {
  const { ledger, clock, deliveries } = dispatch.ports;
  const { event, proven, attempt, acceptedAt, standsFor } = delivery;
  const key = eventKey(event.id);
  const row = await ledger.read(name, key);
  const found = ledgerEntry.safeParse(row?.value).data;
  const about = { receiver: name, eventId: event.id, attempt };
  if (found !== undefined && !(isOpen(found) && found.attempt <= attempt)) {
    await callAgain(dispatch.ports, found, clock.now());
    return { ...about, outcome: 'duplicate', reason: found.state };
  }
  // Where nobody ever began this try, storage or the settings have failed: neither is the event's fault.
  const isBegun = found?.state === 'sending' && found.attempt === attempt;
  if (!isBegun && clock.now() - Date.parse(acceptedAt) < LONGEST_MILLISECONDS) {
    await deliveries.send({ ...delivery, receivers: [name] }, AGAIN_SECONDS);
    return { ...about, outcome: 'postponed', reason: 'never-begun', delay: AGAIN_SECONDS };
  }
  const now = iso(clock.now());
  const entry: LedgerEntry = found ?? {
    event,
    proven,
    receiver: name,
    state: 'sending',
    attempt,
    owner: 'poison',
    leaseUntil: now,
    updatedAt: now,
    acceptedAt,
    ...(standsFor !== undefined && { standsFor }),
    attempts: [],
  };
  const etags =
    row === undefined ? await ledger.write(name, [{ kind: 'insert', key, value: entry }]) : new Map([[key, row.etag]]);
  if (etags === 'conflict') return { ...about, outcome: 'duplicate' };
  return { ...about, ...(await giveUp(dispatch, entry, 'failed-too-often', etags.get(key) ?? '')) };
}

const isOpen = ({ state }: LedgerEntry): boolean => state === 'sending' || state === 'waiting';

const MOST_KEPT = 8_000;

// What is nested too deep for the writer of JSON is kept by what it is; it came as a text, which the reader of JSON took.
function startOf(message: unknown): string {
  const text = deeperThan(message, DEEPEST) ? `nested deeper than ${DEEPEST} levels` : JSON.stringify(message);
  return withoutSecrets(text ?? String(message)).slice(0, MOST_KEPT);
}

/** A message that nobody can read is not tried again; its start is kept, without secrets, for whoever looks. */
export async function unreadable({ ports }: Dispatch, message: unknown): Promise<DeliveryReport> {
  const at = iso(ports.clock.now());
  const unread = startOf(message);
  const value = { reason: 'unreadable', diedAt: at, unread };
  await ports.ledger.write(UNREAD, [{ kind: 'put', key: deadKey(at, identity(unread)), value }]);
  return { outcome: 'dead', reason: 'unreadable' };
}
