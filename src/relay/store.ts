import { type Dispatch, iso } from '../delivery/dispatch.ts';
import type { Ports } from '../delivery/ports.ts';
import { eventKey, UNROUTED } from '../delivery/rules/keys.ts';
import type { LedgerEntry } from '../delivery/rules/ledger.ts';
import { StorageError } from '../problems/errors.ts';
import type { Routed } from '../routing/choice.ts';
import { lettersOf } from '../routing/terms.ts';
import type { RelayParts } from './parts.ts';
import type { Received } from './receive.ts';

const STORED_AT_ONCE = 128;

/** Queues events for who wants them, and notes whom no route takes; `proven` where their sender proved itself. Rejects with a StorageError. */
export async function store(events: readonly Routed[], ports: Ports, proven: boolean): Promise<void> {
  await Promise.all([queue(events, ports, proven), note(events, ports)]);
}

/** One message for each event that somebody wants; a few at a time, because one body can hold hundreds of events. */
async function queue(events: readonly Routed[], { deliveries, clock }: Ports, proven: boolean): Promise<void> {
  const wanted = events.flatMap(lettersOf);
  const acceptedAt = iso(clock.now());
  for (let at = 0; at < wanted.length; at += STORED_AT_ONCE) {
    const some = wanted.slice(at, at + STORED_AT_ONCE);
    await Promise.all(
      some.map(({ event, receivers, remind }) =>
        deliveries.send({
          ...{ version: 1, event, proven, receivers: [...receivers], attempt: 0, acceptedAt },
          ...(remind !== undefined && { remind }),
        }),
      ),
    );
  }
}

// Of the largest events, together less than the 4 MiB of a transaction.
const NOTED_AT_ONCE = 50;

/** Notes whom no route takes, for whoever asks why. An answer to `show` only: where the ledger does not take it, nothing is lost. */
async function note(events: readonly Routed[], { ledger, clock }: Ports): Promise<void> {
  const at = iso(clock.now());
  const left = events.filter(({ receivers }) => receivers.length === 0);
  const rows = [...new Map(left.map((routed) => [eventKey(routed.event.id), unrouted(routed, at)]))];
  const changes = rows.map(([key, value]) => ({ kind: 'put', key, value }) as const);
  const groups = Array.from({ length: Math.ceil(changes.length / NOTED_AT_ONCE) }, (_, index) =>
    changes.slice(index * NOTED_AT_ONCE, (index + 1) * NOTED_AT_ONCE),
  );
  await Promise.all(groups.map((group) => ledger.write(UNROUTED, group).catch(unlessStorage)));
}

function unlessStorage(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
}

/** That nobody was told, for whoever asks why. */
const unrouted = ({ event, untold }: Routed, at: string): LedgerEntry => ({
  ...{ event, receiver: UNROUTED, state: 'quiet', attempt: 0, owner: 'intake', attempts: [] },
  reason: untold.length > 0 ? 'untold' : 'no-route',
  ...{ leaseUntil: at, updatedAt: at, acceptedAt: at },
});

/** What waited for a deployment is told once that has ended. */
export async function release(
  events: readonly Routed[],
  proven: boolean,
  { quiet, ports }: Pick<Dispatch, 'quiet' | 'ports'>,
  receivers: readonly string[],
): Promise<void> {
  for (const { event } of events) {
    for (const key of await quiet.advance(event, proven)) {
      await ports.deliveries.send({ version: 1, release: key, receivers: [...receivers] });
    }
  }
}

/** Whoever is told of what was read of a body is told that some was not; where that is nobody, who looks after the relay. */
export async function tellCut(
  { count, source }: NonNullable<Received['cut']>,
  events: readonly Routed[],
  { notices, ports }: { readonly notices: readonly string[] } & Pick<RelayParts, 'ports'>,
): Promise<void> {
  const wanted = [...new Set(events.flatMap(({ receivers }) => receivers))];
  const { tellOversize } = await import('./oversize.ts');
  await tellOversize({ topic: 'cut', about: source, count }, wanted.length > 0 ? wanted : notices, ports);
}
