import { bundle } from '../delivery/bundle.ts';
import { allOf } from '../delivery/keys.ts';
import { ledgerEntry } from '../delivery/ledger.ts';
import { type DeliveryReport, type Dispatch, iso } from './dispatch.ts';
import { type Parked, recordAll } from './parked.ts';

/** Tells in one message what waited for the end of a deployment. Rejects with a StorageError. */
export async function releaseHeld(dispatch: Dispatch, deployment: string, name: string): Promise<DeliveryReport> {
  const { ports } = dispatch;
  const held: Parked[] = [];
  for await (const page of ports.ledger.list(name, allOf(`held:${deployment}:`))) {
    for (const { key, value } of page) {
      const { data } = ledgerEntry.safeParse(value);
      if (data !== undefined) held.push({ key, entry: data });
    }
  }
  if (held.length === 0) return { outcome: 'nothing', receiver: name };
  const { event } = bundle(
    held.map(({ entry }) => entry.event),
    name,
    'deployment',
  );
  // Told first: a crash before the rest makes the same digest again, which the ledger knows by its id.
  await ports.deliveries.send({
    version: 1,
    event,
    receivers: [name],
    attempt: 0,
    acceptedAt: iso(ports.clock.now()),
  });
  await recordAll(dispatch, name, held, (entry) => ({ ...entry, digest: event.id }));
  return { outcome: 'digest', receiver: name, eventId: event.id, events: held.length };
}
