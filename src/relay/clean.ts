import { readSilences } from '../delivery/muter.ts';
import type { Ports } from '../delivery/ports.ts';
import { allOf, eventKey, QUIET, silenceKey } from '../delivery/rules/keys.ts';
import { ledgerEntry, UNRECORDED } from '../delivery/rules/ledger.ts';
import { sideBySide } from '../delivery/side-by-side.ts';
import { DAY_MILLISECONDS, iso } from '../event/time/units.ts';

/** Days that a body which could not be read is kept: a week and the weekends around it. */
const REJECTED_DAYS = 10;

/** Days that the ledger remembers. A dead letter waits for as long. */
const LEDGER_DAYS = 30;

/** Days that what was counted is kept: thirteen months, so that a month can be compared with that of the year before. */
const HISTORY_DAYS = 396;

/** How much was deleted. */
export interface Cleaned {
  readonly rejected: number;
  readonly deliveries: number;
  /** Rows of deliveries that had ended unrecorded, and now say so. */
  readonly settled: number;
}

/** Deletes what has been kept for long enough. Rejects with a StorageError. */
export const cleaned = async (
  ports: Pick<Ports, 'rejected' | 'ledger' | 'clock'>,
  receivers: readonly string[],
): Promise<Cleaned> => ({
  rejected: await ports.rejected.clean(REJECTED_DAYS, ports.clock.now()),
  deliveries: await forget(ports),
  settled: await settle(ports, receivers),
});

async function forget({ ledger, clock }: Pick<Ports, 'ledger' | 'clock'>): Promise<number> {
  const before = iso(clock.now() - LEDGER_DAYS * DAY_MILLISECONDS);
  let deleted = 0;
  for (const prefix of [
    'event:',
    'story:',
    'dead:',
    'follow:',
    'plan:',
    'remind:',
    'conversation:',
    'act:',
    'set:',
    'sender:',
  ])
    deleted += await ledger.clean(prefix, before);
  const history = iso(clock.now() - HISTORY_DAYS * DAY_MILLISECONDS);
  for (const prefix of ['day:', 'carry:', 'change:']) deleted += await ledger.clean(prefix, history);
  // A silence may be longer than the ledger remembers, so its age is counted from its end.
  for (const { id, endsAt } of await readSilences({ ledger })) {
    if (endsAt < before) await ledger.write(QUIET, [{ kind: 'delete', key: silenceKey(id) }]);
  }
  return deleted;
}

// Longer than any try is put off for; the second day is for a night in which this did not run.

/**
 * A delivery whose end storage did not take says "sending" for ever. What had failed would have come back, or be queued for its next
 * try; so one that nobody has touched for a day has got through.
 */
async function settle(
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  receivers: readonly string[],
): Promise<number> {
  const now = clock.now();
  let count = 0;
  await sideBySide(receivers, async (name) => {
    const since = iso(now - 3 * DAY_MILLISECONDS);
    for await (const page of ledger.list(name, { ...allOf('event:'), since })) {
      for (const { value, etag, changedAt } of page) {
        const entry = ledgerEntry.safeParse(value).data;
        if (entry?.state !== 'sending' || Date.parse(changedAt) > now - DAY_MILLISECONDS) continue;
        const sent = { ...entry, state: 'sent', reason: UNRECORDED };
        const change = { kind: 'replace', key: eventKey(entry.event.id), value: sent, etag } as const;
        // A conflict is somebody who goes on with it after all.
        if ((await ledger.write(name, [change])) !== 'conflict') count += 1;
      }
    }
  });
  return count;
}
