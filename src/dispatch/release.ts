import { bundle } from '../delivery/bundle.ts';
import { allOf, eventKey } from '../delivery/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../delivery/ledger.ts';
import type { Change } from '../ports.ts';
import { type DeliveryReport, type Dispatch, iso } from './dispatch.ts';

// Each event changes two rows, and a transaction holds a hundred and 4 MiB.
const AT_ONCE = 20;

/** Tells in one message what waited for the end of a deployment. Rejects with a StorageError. */
export async function releaseHeld({ ports }: Dispatch, deployment: string, name: string): Promise<DeliveryReport> {
  const held: { readonly key: string; readonly entry: LedgerEntry }[] = [];
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
  for (let at = 0; at < held.length; at += AT_ONCE) {
    const changes = held.slice(at, at + AT_ONCE).flatMap(({ key, entry }): Change[] => [
      { kind: 'delete', key },
      { kind: 'put', key: eventKey(entry.event.id), value: { ...entry, digest: event.id } },
    ]);
    await ports.ledger.write(name, changes);
  }
  return { outcome: 'digest', receiver: name, eventId: event.id, events: held.length };
}
