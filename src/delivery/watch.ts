import * as z from 'zod';
import type { Brief } from '../event/brief.ts';
import { byImportance } from '../event/importance.ts';
import { callFlush } from './call-flush.ts';
import { type Dispatch, iso } from './dispatch.ts';
import { named, notify } from './notify.ts';
import { isFlushAwaited, isFlushing } from './rules/flush-state.ts';
import { allOf, UNREAD, WATCHED, waitsForIn } from './rules/keys.ts';
import { ledgerEntry } from './rules/ledger.ts';
import { sideBySide } from './side-by-side.ts';

/** What the hourly watch found. */
export interface Watched {
  /** Flushes that were lost and are woken. */
  readonly flushes: number;
  /** New dead letters that no fallback got. */
  readonly deadLetters: number;
  /** How long the oldest message has waited that nobody takes, in seconds; only where that is over ten minutes. */
  readonly oldestSeconds?: number;
  /** Receivers that have not got the last drill's message. */
  readonly drillFailed: readonly string[];
}

/** Once an hour: wakes flushes that were lost, and tells of new dead letters. Rejects with a StorageError. */
export async function watch(dispatch: Dispatch, receivers: readonly string[]): Promise<Watched> {
  const { ledger, clock } = dispatch.ports;
  const oldestSeconds = await stuckFor(dispatch.ports);
  const released = await releaseOverdue(dispatch, receivers);
  await sideBySide(receivers, (name) => releaseLost(dispatch, name, released));
  let flushes = 0;
  let deadLetters = 0;
  await sideBySide(receivers, async (name) => {
    if (await wakeFlush(dispatch, name)) flushes += 1;
    if (dispatch.reminds(name)) await (await import('./reminders.ts')).wakeReminders(dispatch, name);
    await (await import('./resend.ts')).resendDue(dispatch, name);
  });
  await sideBySide([...receivers, UNREAD], async (name) => {
    const count = await tellDead(dispatch, name);
    deadLetters += count;
  });
  const ran = { kind: 'put', key: WATCHED.key, value: { at: iso(clock.now()) } } as const;
  await ledger.write(WATCHED.partition, [ran]);
  // Last: whatever goes wrong with a drill, what is above is done.
  const drillFailed = await drillOf(dispatch);
  return { flushes, deadLetters, ...(oldestSeconds !== undefined && { oldestSeconds }), drillFailed };
}

/** Most relays have no drill: what does it is loaded where there is one. */
async function drillOf(dispatch: Dispatch): Promise<readonly string[]> {
  const { drill } = dispatch;
  return drill === undefined ? [] : (await import('./drill.ts')).drilled(dispatch, drill);
}

const watched = z.object({ at: z.iso.datetime() });

/** When the watch last ran (ISO); undefined where it never did. Rejects with a StorageError. */
export async function watchedAt({ ledger }: Pick<Dispatch['ports'], 'ledger'>): Promise<string | undefined> {
  const row = await ledger.read(WATCHED.partition, WATCHED.key);
  return watched.safeParse(row?.value).data?.at;
}

const LATE = 10 * 60_000;
const LOOK_AGAIN = 15_000;

/** How long a message has waited that is in sight and that nobody takes, in seconds: of one that waited for its time that is no fault. */
async function stuckFor({ deliveries, clock }: Dispatch['ports']): Promise<number | undefined> {
  const oldest = await deliveries.oldest();
  if (oldest === undefined || clock.now() - oldest.since < LATE) return undefined;
  await clock.wait(LOOK_AGAIN);
  const still = await deliveries.oldest();
  return still?.id === oldest.id ? Math.floor((clock.now() - oldest.since) / 1_000) : undefined;
}

/** A deployment whose end was never told holds nothing back for ever. */
async function releaseOverdue({ quiet, ports }: Dispatch, receivers: readonly string[]): Promise<readonly string[]> {
  if (receivers.length === 0) return [];
  const keys = await quiet.overdue();
  for (const key of keys) {
    // Queued before it is forgotten: a fault between the two releases twice, the other order would never release.
    await ports.deliveries.send({ version: 1, release: key, receivers: [...receivers] });
    await quiet.forget(key);
  }
  return keys;
}

/** What waits is told although the call for it was lost, also where its window is in the configuration no more. */
async function releaseLost({ quiet, ports }: Dispatch, name: string, released: readonly string[]): Promise<void> {
  const keys = new Set<string>();
  for await (const page of ports.ledger.list(name, allOf('held:')))
    for (const { key } of page) keys.add(waitsForIn(key));
  for (const key of keys) {
    if (released.includes(key) || (await quiet.isHolding(key, name))) continue;
    await ports.deliveries.send({ version: 1, release: key, receivers: [name] });
  }
}

/** The queue and the ledger are two storages: whatever happens to one, what is parked in the other must leave. */
async function wakeFlush({ desk, ports }: Dispatch, name: string): Promise<boolean> {
  if ((await countOf(ports, name, allOf('parked:'))) === 0) return false;
  const now = ports.clock.now();
  const { result } = await desk.change(name, async (state) => {
    if (isFlushAwaited(state, now) || isFlushing(state, now)) return { changes: [], result: false };
    const { flushCall: _, ...lost } = state;
    return { changes: [], state: { ...lost, flushAt: now }, result: true };
  });
  if (result) await callFlush(ports, { name, at: now });
  return result;
}

const MINUTE = 60_000;

/** Tells of the dead letters that have come since they were last told of, and that nobody got. */
async function tellDead(dispatch: Dispatch, about: string): Promise<number> {
  const { desk, ports } = dispatch;
  // To the minute: a timer that comes a moment early must not be taken for the second one in an hour.
  const now = Math.floor(ports.clock.now() / MINUTE) * MINUTE;
  const { result } = await desk.change(about, async (state) => {
    const since = iso(state.noticed['deadLetters'] ?? 0);
    const { count, ...dead } = await deadSince(ports, about, since);
    if (count === 0) return { changes: [], result: 0 };
    // What nobody could read is nobody's: it is called after the queue that it came from.
    const name = about === UNREAD ? 'deliveries' : about;
    const news = { topic: 'deadLetters', about: name, now, began: now, count, ...dead } as const;
    return { changes: [], state: await notify(dispatch, state, news), result: count };
  });
  return result;
}

/** How many died since then (ISO) that no fallback got, the worst of them, and why where it is the same of all. */
async function deadSince({ ledger }: Dispatch['ports'], name: string, since: string) {
  let count = 0;
  let events: readonly Brief[] = [];
  const reasons = new Set<string>();
  for await (const page of ledger.list(name, { ...allOf('dead:'), since })) {
    // What the fallback got waits for nobody; what it did not take either is a dead letter of its own.
    const dead = page.map(({ value }) => ledgerEntry.safeParse(value).data).filter((each) => !each?.fallback);
    count += dead.length;
    events = [...events, ...dead.flatMap((each) => (each ? [named(each.event)] : []))]
      .toSorted(byImportance)
      .slice(0, 5);
    for (const each of dead) reasons.add(each === undefined ? 'unreadable' : (each.reason ?? ''));
  }
  const [reason] = reasons;
  return { count, events, ...(reasons.size === 1 && reason && { reason }) };
}

async function countOf({ ledger }: Dispatch['ports'], name: string, range: Parameters<typeof ledger.list>[1]) {
  let count = 0;
  for await (const page of ledger.list(name, range)) count += page.length;
  return count;
}
