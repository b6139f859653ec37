import { DEEPEST, deeperThan } from '../event/depth.ts';
import { identity } from '../event/identity.ts';
import { withoutSecrets } from '../event/secrets/secrets.ts';
import { attemptDelivery, callAgain } from './attempt.ts';
import { type DeliveryReport, type Dispatch, iso } from './dispatch.ts';
import { giveUp } from './give-up.ts';
import { type Delivery, queueMessage } from './rules/delivery.ts';
import { deadKey, eventKey, UNREAD } from './rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from './rules/ledger.ts';

/** Deals with one message of the queue. Rejects with a StorageError when the message must come back. */
export async function dispatched(
  dispatch: Dispatch,
  message: unknown,
  owner: string,
): Promise<readonly DeliveryReport[]> {
  const { data } = queueMessage.safeParse(message);
  if (data === undefined) return [await unreadable(dispatch, message)];
  if ('look' in data) return [await (await import('./look.ts')).lookFor(dispatch, data)];
  if ('remind' in data && 'release' in data)
    return [await (await import('./remind.ts')).remindDue(dispatch, data, owner)];
  if ('release' in data) {
    const { releaseHeld } = await import('./release.ts');
    return Promise.all(data.receivers.map((name) => releaseHeld(dispatch, data.release, name, owner)));
  }
  if ('flush' in data) return (await import('./flush.ts')).flushReceiver(dispatch, data, owner);
  // Each receiver by itself: what happens to one must not delay or repeat the other's message.
  const [results] = await Promise.all([
    Promise.allSettled(data.receivers.map((name) => attemptDelivery(dispatch, data, name, owner))),
    followed(dispatch, data),
  ]);
  // Only once all have ended does one fail the message, so that no send is cut off by another's storage fault.
  return results.map((result) => {
    if (result.status === 'fulfilled') return result.value;
    throw result.reason;
  });
}

/** Most relays follow no scaling: what does is loaded when there is one. */
async function followed(dispatch: Dispatch, delivery: Delivery): Promise<void> {
  if (dispatch.machines === undefined || delivery.event.kind !== 'scale') return;
  await (await import('./follow.ts')).follow(dispatch, delivery);
}

const AGAIN_SECONDS = 60;

// An event is old then, and whatever keeps it from being tried has gone unseen for a week.
const LONGEST_MILLISECONDS = 7 * 24 * 3_600_000;

/** Deals with a message that the platform gave up: what was begun or is a week old becomes a dead letter, all else is queued again. */
export async function bury(dispatch: Dispatch, message: unknown): Promise<readonly DeliveryReport[]> {
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
