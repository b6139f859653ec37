import { type DeliveryReport, type Dispatch, iso } from './dispatch.ts';
import { type Parked, recordAll } from './parked.ts';
import type { Change } from './ports.ts';
import type { Delivery } from './rules/delivery.ts';
import { deadKey, eventKey } from './rules/keys.ts';
import type { LedgerEntry } from './rules/ledger.ts';

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
