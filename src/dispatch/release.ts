import { bundle } from '../delivery/bundle.ts';
import { isReleasing, releaseBegun, releaseEnded } from '../delivery/flush-state.ts';
import { allOf, eventKey, storyKey } from '../delivery/keys.ts';
import { type LedgerEntry, ledgerEntry, standingFor } from '../delivery/ledger.ts';
import { placeInStory, whyUntold } from '../delivery/order.ts';
import type { ReceiverState } from '../delivery/receiver-state.ts';
import { storyMemory } from '../delivery/story.ts';
import type { RelayEvent } from '../event/event.ts';
import type { Change } from '../ports.ts';
import { keysFor } from '../routing/owners.ts';
import { type DeliveryReport, type Dispatch, gathers, iso, secondsUntil } from './dispatch.ts';
import { type Parked, recordAll } from './parked.ts';
import type { KeptBack } from './quiet.ts';
import { sideBySide } from './side-by-side.ts';
import { callRelease, heldChanges, heldUntil, type Release, windowOf } from './windows.ts';

// How soon a release looks again whether another one has ended.
const LOOK_SECONDS = 5;

/** Tells in one message what waited for the end of a deployment or of a quiet window. Rejects with a StorageError. */
export async function releaseHeld(
  dispatch: Dispatch,
  key: string,
  name: string,
  owner: string,
): Promise<DeliveryReport> {
  const { desk, ports, quiet } = dispatch;
  const nothing = { outcome: 'nothing', receiver: name } as const;
  if (!(await isHeld(dispatch, key, name))) return nothing;
  const until = quiet.window(key)?.until;
  if (until !== undefined) {
    // Its end was put off, or another one has begun since.
    await callRelease(ports, name, { key, at: until });
    return { outcome: 'postponed', receiver: name, delay: secondsUntil(until, ports.clock.now()) };
  }
  // A deployment's end is often told twice. Two releases at once would each tell what the other has not recorded yet.
  const { result: begun } = await desk.change(name, async (state) => {
    const now = ports.clock.now();
    if (isReleasing(state, owner, now)) return { changes: [], result: undefined };
    return { changes: [], state: releaseBegun(state, owner, key, now), result: { silences: state.silences } };
  });
  if (begun === undefined) {
    await ports.deliveries.send({ version: 1, release: key, receivers: [name] }, LOOK_SECONDS);
    return { outcome: 'postponed', receiver: name, reason: 'under-way', delay: LOOK_SECONDS };
  }
  const held = await heldFor(dispatch, key, name);
  // The rows say it also where the window is in the configuration no more.
  const [window] = held.flatMap(({ entry }) => windowOf(entry) ?? []);
  const free = window === undefined ? held : await heldNoMore(dispatch, name, held, begun.silences);
  const report = await tellHeld(dispatch, name, free, window);
  await desk.change(name, async (state) => ({ changes: [], state: releaseEnded(state, owner), result: undefined }));
  return report ?? nothing;
}

async function isHeld({ ports }: Dispatch, waitsFor: string, name: string): Promise<boolean> {
  for await (const page of ports.ledger.list(name, allOf(`held:${waitsFor}:`))) if (page.length > 0) return true;
  return false;
}

/** What waits, without what was sent meanwhile because somebody wanted it: that waits no more. */
async function heldFor({ ports }: Dispatch, waitingFor: string, name: string): Promise<readonly Parked[]> {
  const held = new Map<string, LedgerEntry>();
  for await (const page of ports.ledger.list(name, allOf(`held:${waitingFor}:`))) {
    for (const { key, value } of page) {
      const { data: entry } = ledgerEntry.safeParse(value);
      if (entry !== undefined) held.set(key, entry);
    }
  }
  // Thousands, one after the other, would take longer than the lease.
  await sideBySide([...held.keys()], async (key) => {
    const row = await ports.ledger.read(name, eventKey(held.get(key)?.event.id ?? ''));
    if ((ledgerEntry.safeParse(row?.value).data?.state ?? 'quiet') === 'quiet') return;
    held.delete(key);
    await ports.ledger.write(name, [{ kind: 'delete', key }]);
  });
  return [...held].map(([key, entry]) => ({ key, entry }));
}

// Each changes three rows, beside the state, and a transaction holds a hundred and 4 MiB.
const AT_ONCE = 20;

/** Of what a window held, what nothing else holds now: the rest goes on waiting, for the end of that. */
async function heldNoMore(
  { desk, ports, quiet }: Dispatch,
  name: string,
  held: readonly Parked[],
  mark: string | undefined,
): Promise<readonly Parked[]> {
  const free: Parked[] = [];
  const others: (Parked & { readonly kept: KeptBack })[] = [];
  for (const each of held) {
    const kept = await quiet.of(each.entry.event, name, mark);
    if (kept?.key === undefined) free.push(each);
    else others.push({ ...each, kept });
  }
  for (let at = 0; at < others.length; at += AT_ONCE) {
    const { result: calls } = await desk.change<readonly Release[]>(name, async (before) => {
      const moved = movedTo(others.slice(at, at + AT_ONCE), before, ports.clock.now());
      return { ...moved, result: moved.calls };
    });
    for (const call of calls) await callRelease(ports, name, call);
  }
  return free;
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
    const { decision, call, state: next = state } = heldUntil(quiet, kept, state, now);
    state = next;
    if (call !== undefined) calls.push(call);
    changes.push({ kind: 'delete', key }, ...heldChanges(decision, kept));
    if ('entry' in decision) changes.push({ kind: 'put', key: eventKey(entry.event.id), value: decision.entry });
  }
  return { changes, calls, state };
}

async function tellHeld(
  dispatch: Dispatch,
  name: string,
  all: readonly Parked[],
  window: string | undefined,
): Promise<DeliveryReport | undefined> {
  if (all.length === 0) return undefined;
  if (!gathers(dispatch, name)) return tellEach(dispatch, name, all);
  const held = window === undefined ? all : await stillNews(dispatch, name, all);
  if (held.length === 0) return undefined;
  const { event } = bundle(
    held.map(({ entry }) => entry),
    name,
    {
      ...(window === undefined ? { cause: 'deployment' } : { cause: 'rate', window }),
      keysFor: (each) => keysFor(each, dispatch.owners),
    },
  );
  const acceptedAt = iso(dispatch.ports.clock.now());
  // Told first: a crash before the rest makes the same digest again, which the ledger knows by its id.
  const whose = standingFor(held.map(({ entry }) => entry));
  const [standsFor, ...more] = whose?.inPart === false ? whose.receivers : [];
  await dispatch.ports.deliveries.send({
    version: 1,
    event,
    receivers: [name],
    attempt: 0,
    acceptedAt,
    ...(standsFor !== undefined && more.length === 0 && { standsFor }),
  });
  await recordAll(dispatch, name, held, (entry) => ({ ...entry, digest: event.id }));
  return { outcome: 'digest', receiver: name, eventId: event.id, events: held.length };
}

/** Each event by itself, to whom takes no digests. */
async function tellEach({ ports }: Dispatch, name: string, held: readonly Parked[]): Promise<DeliveryReport> {
  const acceptedAt = iso(ports.clock.now());
  for (const { key, entry } of held) {
    // Told first: told twice, it is found in its row.
    const { event, proven } = entry;
    const once = { attempt: 0, acceptedAt, replay: 'unsent' } as const;
    await ports.deliveries.send({ version: 1, event, proven, receivers: [name], ...once });
    await ports.ledger.write(name, [{ kind: 'delete', key }]);
  }
  return { outcome: 'postponed', receiver: name, events: held.length };
}

/** Of what a window held, what has not ended after it: the end is told by itself, and the beginning is no news any more. */
async function stillNews(dispatch: Dispatch, name: string, held: readonly Parked[]): Promise<readonly Parked[]> {
  const { ledger, clock } = dispatch.ports;
  const ends = new Set(held.flatMap(({ entry }) => endOf(entry.event)));
  const over: Parked[] = [];
  await sideBySide(held, async (each) => {
    const place = placeInStory(each.entry.event);
    if (place === undefined || place.final || place.step !== undefined || ends.has(place.story)) return;
    const row = await ledger.read(name, storyKey(place.story));
    const memory = storyMemory.safeParse(row?.value).data ?? {};
    if (whyUntold(place, memory, clock.now()) !== undefined) over.push(each);
  });
  await recordAll(dispatch, name, over, (entry) => ({ ...entry, state: 'overtaken', reason: 'story-ended' }));
  return held.filter((each) => !over.includes(each));
}

const endOf = (event: RelayEvent): readonly string[] => {
  const place = placeInStory(event);
  return place?.final === true ? [place.story] : [];
};
