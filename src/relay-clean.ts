import { QUIET, silenceKey } from './delivery/keys.ts';
import { readSilences } from './dispatch/quiet.ts';
import type { Ports } from './ports.ts';

/** Days that a body which could not be read is kept: a week and the weekends around it. */
const REJECTED_DAYS = 10;

/** Days that the ledger remembers. A dead letter waits for as long. */
const LEDGER_DAYS = 30;

/** How much was deleted. */
export interface Cleaned {
  readonly rejected: number;
  readonly deliveries: number;
}

/** Deletes what has been kept for long enough. Rejects with a StorageError. */
export const cleaned = async (ports: Pick<Ports, 'rejected' | 'ledger' | 'clock'>): Promise<Cleaned> => ({
  rejected: await ports.rejected.clean(REJECTED_DAYS, ports.clock.now()),
  deliveries: await forget(ports),
});

async function forget({ ledger, clock }: Pick<Ports, 'ledger' | 'clock'>): Promise<number> {
  const before = new Date(clock.now() - LEDGER_DAYS * 86_400_000).toISOString();
  let deleted = 0;
  for (const prefix of ['event:', 'story:', 'dead:']) deleted += await ledger.clean(prefix, before);
  // A silence may be longer than the ledger remembers, so its age is counted from its end.
  for (const { id, endsAt } of await readSilences({ ledger })) {
    if (endsAt < before) await ledger.write(QUIET, [{ kind: 'delete', key: silenceKey(id) }]);
  }
  return deleted;
}
