import type { RelayEvent } from '../event/event.ts';
import { type Dispatch, iso } from './dispatch.ts';
import type { KeptBack } from './muter.ts';
import { type Parked, recordAll } from './parked.ts';
import type { Change } from './ports.ts';
import type { Room } from './room.ts';
import { allOf, eventKey, storyKey } from './rules/keys.ts';
import { ledgerEntry } from './rules/ledger.ts';
import { positionInStory, whySuperseded } from './rules/order.ts';
import type { ReceiverState } from './rules/receiver-state.ts';
import { storyMemory } from './rules/story.ts';
import { sideBySide } from './side-by-side.ts';
import { callRelease, deferralChanges, deferredUntil, type Release } from './windows.ts';

/** An event that waits for the end of a deployment or of a window. */
export interface Deferred extends Parked {
  /** ISO, by storage's clock. */
  readonly changedAt: string;
}

/** What waits, as far as there is room, without what was sent meanwhile because somebody wanted it: that waits no more. */
export async function deferredFor(
  { ports }: Dispatch,
  waitingFor: string,
  name: string,
  room: Room,
): Promise<{ readonly held: readonly Deferred[]; readonly more: boolean }> {
  const { held, more } = await heldRows(ports, waitingFor, name, room);
  const gone = new Set<Deferred>();
  // Thousands, one after the other, would take longer than the lease.
  await sideBySide(held, async (each) => {
    const row = await ports.ledger.read(name, eventKey(each.entry.event.id));
    if ((ledgerEntry.safeParse(row?.value).data?.state ?? 'quiet') === 'quiet') return;
    gone.add(each);
    await ports.ledger.write(name, [{ kind: 'delete', key: each.key }]);
  });
  return { held: held.filter((each) => !gone.has(each)), more };
}

async function heldRows({ ledger }: Dispatch['ports'], waitingFor: string, name: string, room: Room) {
  const held: Deferred[] = [];
  for await (const page of ledger.list(name, allOf(`held:${waitingFor}:`))) {
    for (const { key, value, changedAt } of page) {
      const { data: entry } = ledgerEntry.safeParse(value);
      if (entry === undefined) continue;
      held.push({ key, entry, changedAt });
      if (!room.take(value)) return { held, more: true };
    }
  }
  return { held, more: false };
}

// Each changes three rows, beside the state, and a transaction holds a hundred and 4 MiB.
const AT_ONCE = 20;

/** Of what a window held, what nothing else holds now: what something else holds goes on waiting for that, and what is silenced is told no more. */
export async function deferredNoMore(
  dispatch: Dispatch,
  name: string,
  held: readonly Deferred[],
  mark: string | undefined,
): Promise<readonly Deferred[]> {
  const { desk, ports, quiet } = dispatch;
  const kept = new Map<Deferred, KeptBack>();
  await sideBySide(held, async (each) => {
    const why = await quiet.of(each.entry.event, name, mark);
    if (why !== undefined) kept.set(each, why);
  });
  const silenced = held.filter((each) => kept.get(each)?.by === 'silence');
  const reasons = new Map(silenced.map((each) => [each.entry.event.id, kept.get(each)?.reason]));
  await recordAll(dispatch, name, silenced, ({ dueAt: _, ...entry }) => {
    const reason = reasons.get(entry.event.id);
    return { ...entry, ...(reason !== undefined && { reason }) };
  });
  const others = held.flatMap((each) => {
    const why = kept.get(each);
    return why?.key === undefined ? [] : [{ ...each, kept: why }];
  });
  for (let at = 0; at < others.length; at += AT_ONCE) {
    const { result: calls } = await desk.change<readonly Release[]>(name, async (before) => {
      const moved = movedTo(others.slice(at, at + AT_ONCE), before, ports.clock.now());
      return { ...moved, result: moved.calls };
    });
    for (const call of calls) await callRelease(ports, name, call);
  }
  return held.filter((each) => !silenced.includes(each) && kept.get(each)?.key === undefined);
}

/** Rows and state of what waits for something else from now on, and what is to be called for. */
function movedTo(some: readonly (Parked & { readonly kept: KeptBack })[], before: ReceiverState, now: number) {
  const changes: Change[] = [];
  const calls: Release[] = [];
  let state = before;
  for (const { key, entry, kept } of some) {
    const { dueAt: _, ...rest } = entry;
    const { reason } = kept;
    const quiet = { kind: 'quiet', entry: { ...rest, reason, updatedAt: iso(now) }, reason } as const;
    const { decision, call, state: next = state } = deferredUntil(quiet, kept, state, now);
    state = next;
    if (call !== undefined) calls.push(call);
    changes.push({ kind: 'delete', key }, ...deferralChanges(decision, kept));
    if ('entry' in decision) changes.push({ kind: 'put', key: eventKey(entry.event.id), value: decision.entry });
  }
  return { changes, calls, state };
}

/** Of what a window held, what has not ended after it: the end is told by itself, and the beginning is no news any more. */
export async function stillNews(
  dispatch: Dispatch,
  name: string,
  held: readonly Deferred[],
): Promise<readonly Deferred[]> {
  const { ledger, clock } = dispatch.ports;
  const ends = new Set(held.flatMap(({ entry }) => endOf(entry.event)));
  const over = new Set<Deferred>();
  await sideBySide(held, async (each) => {
    const place = positionInStory(each.entry.event);
    if (place === undefined || place.final || place.step !== undefined || ends.has(place.story)) return;
    const row = await ledger.read(name, storyKey(place.story));
    const memory = storyMemory.safeParse(row?.value).data ?? {};
    if (whySuperseded(place, memory, clock.now()) !== undefined) over.add(each);
  });
  await recordAll(dispatch, name, [...over], (entry) => ({ ...entry, state: 'overtaken', reason: 'story-ended' }));
  return held.filter((each) => !over.has(each));
}

const endOf = (event: RelayEvent): readonly string[] => {
  const place = positionInStory(event);
  return place?.final === true ? [place.story] : [];
};
