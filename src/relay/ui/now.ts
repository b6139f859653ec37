import type { Ports } from '../../delivery/ports.ts';
import { deliveriesOf } from '../../delivery/replay.ts';
import { allOf, STATE } from '../../delivery/rules/keys.ts';
import type { LedgerEntry } from '../../delivery/rules/ledger.ts';
import { isAhead, receiverState } from '../../delivery/rules/receiver-state.ts';
import type { EventOf, RelayEvent } from '../../event/event.ts';
import { severities } from '../../event/fields.ts';
import { shownName } from '../../event/identity.ts';
import { storyOf } from '../../event/story.ts';
import { DAY_MILLISECONDS, HOUR_MILLISECONDS, iso } from '../../event/time/units.ts';
import type { Now, OpenStory, ReceiverNow, ShownEvent } from './answers.ts';

/** How far back is looked: a reminder says once a day what has fired for longer. */
const DAYS = 7;
const MOST = 2_000;

/** What has been dealt with waits for nothing, whatever its row still says. */
const WAITS: ReadonlySet<LedgerEntry['state']> = new Set(['waiting', 'parked', 'quiet']);

type Named = { readonly name: string; readonly type: string };

/** What is open now, the worst first, then the oldest; and how receivers are. Rejects with a StorageError. */
export async function openNow(
  ports: Ports,
  receivers: readonly Named[],
  shown: (event: RelayEvent) => ShownEvent,
): Promise<Now> {
  const now = ports.clock.now();
  const since = now - DAYS * DAY_MILLISECONDS;
  const names = receivers.map(({ name }) => name);
  const { found, more } = await deliveriesOf(ports, { receivers: names, since, most: MOST });
  const stories = Map.groupBy(found, ({ event }) => storyIn(event));
  const acts = actsIn(found);
  const open = [...stories.values()].flatMap((entries) => openStory(entries, now, shown, acts));
  const states = await Promise.all(receivers.map((each) => receiverNow(ports, each, now)));
  return {
    ...{ at: iso(now), since: iso(since), ...(more && { more }) },
    stories: open.sort((a, b) => rank(b) - rank(a) || (a.since < b.since ? -1 : 1)),
    receivers: states,
  };
}

const rank = ({ event }: OpenStory): number => severities.indexOf(event.severity);

/** What somebody did belongs to what they did it with. */
const storyIn = (event: RelayEvent): string =>
  event.kind === 'act'
    ? `act ${event.id}`
    : (storyOf(event) ?? `${event.kind} ${event.kind === 'drift' ? (event.story ?? event.id) : shownName(event)}`);

/** The first who acknowledged, by the story and by the event that they did it with. */
function actsIn(found: readonly LedgerEntry[]): ReadonlyMap<string, EventOf<'act'>> {
  const acts = found.flatMap(({ event }) => (event.kind === 'act' && event.action === 'acknowledged' ? [event] : []));
  const inOrder = acts.toSorted((a, b) => (a.occurredAt < b.occurredAt ? 1 : -1));
  return new Map(inOrder.flatMap((act) => [[act.event, act] as const, [act.story ?? act.event, act] as const]));
}

function openStory(
  entries: readonly LedgerEntry[],
  now: number,
  shown: (event: RelayEvent) => ShownEvent,
  acts: ReadonlyMap<string, EventOf<'act'>>,
): readonly OpenStory[] {
  const inOrder = entries.toSorted((a, b) => (a.event.occurredAt < b.event.occurredAt ? 1 : -1));
  const [newest] = inOrder;
  if (newest === undefined || !isOpen(newest.event, now)) return [];
  const { event } = newest;
  // Since its last end: what began anew is a story of its own.
  const end = inOrder.find((each) => !isOpen(each.event, now));
  const own = inOrder.filter((each) => end === undefined || each.event.occurredAt > end.event.occurredAt);
  const since = own.at(-1)?.event.occurredAt ?? event.occurredAt;
  const act = acts.get(event.id) ?? (event.story === undefined ? undefined : acts.get(event.story));
  const last = new Map(own.toReversed().map((each) => [each.receiver, each]));
  return [
    {
      event: shown(event),
      since,
      receivers: [...last.values()].map(({ receiver, state, updatedAt, dueAt, reason }) => ({
        ...{ receiver, state, updatedAt, ...(dueAt !== undefined && WAITS.has(state) && { until: dueAt }) },
        ...(reason !== undefined && { reason }),
      })),
      ...(act !== undefined && act.occurredAt >= since && { acknowledged: { by: act.by, at: act.occurredAt } }),
    },
  ];
}

/** What goes on, or has gone wrong and nobody has said that it is well again. What has no end is open for a day, or an hour where it only began. */
function isOpen(event: RelayEvent, now: number): boolean {
  const age = now - Date.parse(event.occurredAt);
  switch (event.kind) {
    case 'alert':
      return event.state === 'fired' && event.still?.closed !== true;
    case 'drift':
      return event.change !== 'resolved';
    case 'deployment':
      return event.phase === 'failed' || event.phase === 'waiting'
        ? age < DAY_MILLISECONDS
        : (event.phase === 'started' || event.phase === 'requested') && age < HOUR_MILLISECONDS;
    case 'scale':
      return event.phase === 'failed' ? age < DAY_MILLISECONDS : event.phase === 'started' && age < HOUR_MILLISECONDS;
    case 'custom':
    case 'artifact':
    case 'notice':
      return severities.indexOf(event.severity) >= severities.indexOf('error') && age < DAY_MILLISECONDS;
    default:
      return false;
  }
}

async function receiverNow({ ledger }: Ports, { name, type }: Named, now: number): Promise<ReceiverNow> {
  const state = receiverState.safeParse((await ledger.read(name, STATE))?.value).data;
  let parked = 0;
  for await (const page of ledger.list(name, { ...allOf('parked:'), page: 1_000 })) {
    parked += page.length;
    if (parked >= 1_000) break;
  }
  const about = { name, type, parked: Math.min(parked, 1_000) };
  if (state?.broken !== undefined)
    return { ...about, state: 'broken', since: iso(state.broken.since), reason: state.broken.reason };
  if (isAhead(state?.heldUntil, now, HOUR_MILLISECONDS))
    return { ...about, state: 'held', until: iso(state?.heldUntil ?? now) };
  if (state?.waiting !== undefined)
    return { ...about, state: 'waiting', since: iso(state.waiting.since), reason: state.waiting.reason };
  return { ...about, state: 'ok' };
}
