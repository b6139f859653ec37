import { bundle } from '../delivery/bundle.ts';
import { allOf, eventKey, storyKey } from '../delivery/keys.ts';
import { ledgerEntry } from '../delivery/ledger.ts';
import { placeInStory, whyUntold } from '../delivery/order.ts';
import { isReleasing, releaseBegun, releaseEnded } from '../delivery/receiver-state.ts';
import { storyMemory } from '../delivery/story.ts';
import type { RelayEvent } from '../event/event.ts';
import { keysFor } from '../routing/owners.ts';
import { type DeliveryReport, type Dispatch, gathers, iso, secondsUntil } from './dispatch.ts';
import { type Parked, recordAll } from './parked.ts';
import { callRelease } from './windows.ts';

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
  if ((await heldFor(dispatch, key, name)).length === 0) return nothing;
  const window = quiet.window(key);
  if (window?.until !== undefined) {
    // Its end was put off, or another one has begun since.
    await callRelease(ports, name, { key, at: window.until });
    return { outcome: 'postponed', receiver: name, delay: secondsUntil(window.until, ports.clock.now()) };
  }
  // A deployment's end is often told twice. Two releases at once would each tell what the other has not recorded yet.
  const { result: isMine } = await desk.change(name, async (state) => {
    const now = ports.clock.now();
    if (isReleasing(state, owner, now)) return { changes: [], result: false };
    return { changes: [], state: releaseBegun(state, owner, now), result: true };
  });
  if (!isMine) {
    await ports.deliveries.send({ version: 1, release: key, receivers: [name] }, LOOK_SECONDS);
    return { outcome: 'postponed', receiver: name, reason: 'under-way', delay: LOOK_SECONDS };
  }
  const report = await tellHeld(dispatch, name, await heldFor(dispatch, key, name), window?.name);
  await desk.change(name, async (state) => ({ changes: [], state: releaseEnded(state, owner), result: undefined }));
  return report ?? nothing;
}

/** What waits, without what was sent meanwhile because somebody wanted it: that waits no more. */
async function heldFor({ ports }: Dispatch, waitingFor: string, name: string): Promise<readonly Parked[]> {
  const held: Parked[] = [];
  for await (const page of ports.ledger.list(name, allOf(`held:${waitingFor}:`))) {
    for (const { key, value } of page) {
      const { data: entry } = ledgerEntry.safeParse(value);
      if (entry === undefined) continue;
      const row = await ports.ledger.read(name, eventKey(entry.event.id));
      const state = ledgerEntry.safeParse(row?.value).data?.state ?? 'quiet';
      if (state === 'quiet') held.push({ key, entry });
      else await ports.ledger.write(name, [{ kind: 'delete', key }]);
    }
  }
  return held;
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
  await dispatch.ports.deliveries.send({ version: 1, event, receivers: [name], attempt: 0, acceptedAt });
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
  for (const each of held) {
    const place = placeInStory(each.entry.event);
    if (place === undefined || place.final || place.step !== undefined || ends.has(place.story)) continue;
    const row = await ledger.read(name, storyKey(place.story));
    const memory = storyMemory.safeParse(row?.value).data ?? {};
    if (whyUntold(place, memory, clock.now()) !== undefined) over.push(each);
  }
  await recordAll(dispatch, name, over, (entry) => ({ ...entry, state: 'overtaken', reason: 'story-ended' }));
  return held.filter((each) => !over.includes(each));
}

const endOf = (event: RelayEvent): readonly string[] => {
  const place = placeInStory(event);
  return place?.final === true ? [place.story] : [];
};
