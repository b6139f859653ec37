import { byImportance } from '../event/importance.ts';
import { type Dispatch, iso } from './dispatch.ts';
import { named, notify } from './notify.ts';
import type { Ledger } from './ports.ts';
import { replayOf } from './replay.ts';
import { allOf } from './rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from './rules/ledger.ts';
import { type Back, backBegun, backEnded, isBack } from './rules/receiver-state.ts';

/** So many at most are sent again by themselves, and nothing that died longer ago: the rest is for a person to judge. */
const MOST_RESENT = 200;
const OLDEST_MILLISECONDS = 24 * 3_600_000;

// By how much the clocks of two instances may differ.
const SKEW_MILLISECONDS = 60_000;

/**
 * Where a receiver works again, queues what was given up while it did not, and tells how much that is. Whoever dies on the
 * way leaves it to the next message that goes through, or to the watch: what is queued twice is sent once. Rejects with a
 * StorageError.
 */
export async function resendDue(dispatch: Dispatch, about: string): Promise<void> {
  const { desk, ports } = dispatch;
  const { result: back } = await desk.change(about, async (state) => {
    const now = ports.clock.now();
    if (state.back === undefined || !isBack(state, now)) return { changes: [], result: undefined };
    return { changes: [], state: { ...state, back: backBegun(state.back, now) }, result: state.back };
  });
  if (back === undefined) return;
  const count = await resent(dispatch, about, back);
  await desk.change(about, async (state) => {
    // Somebody else was quicker.
    if (state.back?.since !== back.since) return { changes: [], result: undefined };
    const news = { topic: 'receiverBack', about, now: ports.clock.now(), began: back.since } as const;
    const after = await notify(dispatch, backEnded(state), { ...news, ...(count > 0 && { count }) });
    return { changes: [], state: after, result: undefined };
  });
}

/** Queues again what died of the break, the worst first; resolves with how many. */
async function resent({ ports }: Dispatch, about: string, back: Back): Promise<number> {
  const { ledger, deliveries, clock } = ports;
  const now = clock.now();
  const since = iso(Math.max(back.since - SKEW_MILLISECONDS, now - OLDEST_MILLISECONDS));
  const dead = await worstOf(ledger, about, { since, reasons: back.reasons });
  for (const entry of dead) await deliveries.send(replayOf(entry, 'unsent', iso(now)));
  return dead.length;
}

interface Wanted {
  /** ISO. */
  readonly since: string;
  readonly reasons: readonly string[];
}

/** The worst dead letters of a receiver that died of these reasons and that nobody got in its place. */
async function worstOf(ledger: Ledger, name: string, { since, reasons }: Wanted): Promise<readonly LedgerEntry[]> {
  let worst: readonly LedgerEntry[] = [];
  for await (const page of untold(ledger, name, since)) {
    const found = page.filter(({ updatedAt, reason = '' }) => updatedAt >= since && reasons.includes(reason));
    worst = [...worst, ...found].toSorted(byWorst).slice(0, MOST_RESENT);
  }
  return worst;
}

const byWorst = (a: LedgerEntry, b: LedgerEntry): number =>
  byImportance(named(a.event), named(b.event)) || (a.event.occurredAt < b.event.occurredAt ? -1 : 1);

/** Dead letters that no fallback got either; `asked` are the receivers whose own are being looked for. */
async function* untold(
  ledger: Ledger,
  name: string,
  since: string,
  asked: readonly string[] = [],
): AsyncIterable<readonly LedgerEntry[]> {
  const ring = [...asked, name];
  const fallbacks = new Map<string, Promise<ReadonlySet<string>>>();
  const missedBy = (fallback: string) => {
    const ids = fallbacks.get(fallback) ?? idsOf(untold(ledger, fallback, since, ring));
    fallbacks.set(fallback, ids);
    return ids;
  };
  for await (const page of ledger.list(name, { ...allOf('dead:'), since })) {
    const found: LedgerEntry[] = [];
    for (const { value } of page) {
      const { data } = ledgerEntry.safeParse(value);
      if (data === undefined) continue;
      const { fallback, event } = data;
      // In a ring of fallbacks it has come back to one that has not got it.
      const isMissed = fallback === undefined || ring.includes(fallback) || (await missedBy(fallback)).has(event.id);
      if (isMissed) found.push(data);
    }
    yield found;
  }
}

async function idsOf(pages: AsyncIterable<readonly LedgerEntry[]>): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const page of pages) for (const { event } of page) ids.add(event.id);
  return ids;
}
