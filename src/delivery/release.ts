import { bundling } from './conversation-for.ts';
import { type Deferred, deferredFor, deferredNoMore, stillNews } from './deferred.ts';
import { type DeliveryReport, type Dispatch, gathers, iso, secondsUntil } from './dispatch.ts';
import type { Parked } from './parked.ts';
import { carriedOut, planFound, planned } from './plan.ts';
import { type Room, roomToRead } from './room.ts';
import { bundle } from './rules/bundle.ts';
import { isReleasing, releaseBegun, releaseEnded } from './rules/flush-state.ts';
import { allOf } from './rules/keys.ts';
import { standingFor } from './rules/ledger.ts';
import { callRelease, windowOf } from './windows.ts';

// How soon a release looks again whether another one has ended.
const LOOK_SECONDS = 5;

/** Tells in one message what waited for the end of a deployment or of a quiet window. Rejects with a StorageError. */
export async function releaseDeferred(
  dispatch: Dispatch,
  key: string,
  name: string,
  owner: string,
): Promise<DeliveryReport> {
  const { ports, quiet } = dispatch;
  if (!(await isHeld(dispatch, key, name))) return { outcome: 'nothing', receiver: name };
  const until = quiet.window(key, name)?.until;
  if (until !== undefined) {
    // Its end was put off, or another one has begun since.
    await callRelease(ports, name, { key, at: until });
    return { outcome: 'postponed', receiver: name, delay: secondsUntil(until, ports.clock.now()) };
  }
  const room = roomToRead();
  try {
    return await tellAll({ dispatch, key, name, owner, room });
  } finally {
    room.leave();
  }
}

/** One release of what waits under a key for a receiver. */
interface Releasing {
  readonly dispatch: Dispatch;
  readonly key: string;
  readonly name: string;
  readonly owner: string;
  readonly room: Room;
}

/** As much at once as there is room for: of thousands of the largest events, several messages. */
async function tellAll(releasing: Releasing): Promise<DeliveryReport> {
  const { dispatch, key, name, owner, room } = releasing;
  let report: DeliveryReport = { outcome: 'nothing', receiver: name };
  let before: string | undefined;
  for (;;) {
    const begun = await begin(releasing);
    if (begun === undefined) return comeAgain(releasing);
    room.clear();
    const { held, more } = await deferredFor(dispatch, key, name, room);
    if (room.isCramped) {
      await end(dispatch, name, owner);
      return comeAgain(releasing);
    }
    report = (await tellHeld(releasing, held, begun.silences)) ?? report;
    // What is still there as it was goes on waiting.
    const first = held[0]?.key;
    if (!more || first === before) break;
    before = first;
  }
  await end(dispatch, name, owner);
  return report;
}

/** A deployment's end is often told twice. Two releases at once would each tell what the other has not recorded yet. */
async function begin({ dispatch, key, name, owner }: Releasing) {
  const { desk, ports } = dispatch;
  const { result } = await desk.change(name, async (state) => {
    const now = ports.clock.now();
    if (isReleasing(state, owner, now)) return { changes: [], result: undefined };
    return { changes: [], state: releaseBegun(state, owner, key, now), result: { silences: state.silences } };
  });
  return result;
}

async function end({ desk }: Dispatch, name: string, owner: string): Promise<void> {
  await desk.change(name, async (state) => ({ changes: [], state: releaseEnded(state, owner), result: undefined }));
}

async function comeAgain({ dispatch, key, name }: Releasing): Promise<DeliveryReport> {
  await dispatch.ports.deliveries.send({ version: 1, release: key, receivers: [name] }, LOOK_SECONDS);
  return { outcome: 'postponed', receiver: name, reason: 'under-way', delay: LOOK_SECONDS };
}

async function isHeld({ ports }: Dispatch, waitsFor: string, name: string): Promise<boolean> {
  for await (const page of ports.ledger.list(name, allOf(`held:${waitsFor}:`))) if (page.length > 0) return true;
  return false;
}

async function tellHeld(
  { dispatch, key, name }: Releasing,
  found: readonly Deferred[],
  mark: string | undefined,
): Promise<DeliveryReport | undefined> {
  const before = await planFound(dispatch, key, name);
  const all = before === undefined ? found : await carriedOut(dispatch, { key, name, held: found }, before);
  // The rows say it also where the window is in the configuration no more.
  const [window] = all.flatMap(({ entry }) => windowOf(entry) ?? []);
  const free = window === undefined ? all : await deferredNoMore(dispatch, name, all, mark);
  if (free.length === 0) return undefined;
  if (!gathers(dispatch, name)) return tellEach(dispatch, name, free);
  const held = window === undefined ? free : await stillNews(dispatch, name, free);
  if (held.length === 0) return undefined;
  const { event } = bundle(
    held.map(({ entry }) => entry),
    name,
    {
      ...(window === undefined ? { cause: 'deployment' } : { cause: 'rate', window }),
      ...bundling(dispatch),
    },
  );
  const whose = standingFor(held.map(({ entry }) => entry));
  const [standsFor, ...more] = whose?.inPart === false ? whose.receivers : [];
  const told = { event, ...(standsFor !== undefined && more.length === 0 && { standsFor }) };
  await carriedOut(dispatch, { key, name, held }, await planned(dispatch, { key, name, held }, told));
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
