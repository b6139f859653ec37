import { digest as digestSchema } from '../event/digest.ts';
import type { EventOf, RelayEvent } from '../event/event.ts';
import { severities } from '../event/fields.ts';
import { identity } from '../event/identity.ts';
import { outline, titled } from '../event/outline.ts';
import { placeInStory } from './order.ts';

/** What leaves a receiver's parking place: one event as it is or for its story, or a digest of many. */
export interface Bundle {
  readonly event: RelayEvent;
  /** Where one event stands for several of its story. */
  readonly repeated?: { readonly count: number; readonly since: string };
}

/** Events of one resource or one story, oldest first. */
interface Story {
  readonly events: readonly RelayEvent[];
  readonly newest: RelayEvent;
}

type Cause = EventOf<'digest'>['cause'];

const FLAPPING_MILLISECONDS = 3_600_000;

/** Makes one message of events that waited. `events` holds at least one; the same events give the same id. */
export function bundle(events: readonly RelayEvent[], receiver: string, cause: Cause = 'rate'): Bundle {
  const stories = storiesOf(events);
  const [only] = stories;
  if (only === undefined) throw new RangeError('there is nothing to bundle');
  if (stories.length === 1 && cause === 'rate') return one(only);
  return { event: digestOf(stories, receiver, cause) };
}

/** The newest event speaks for its story; a scale event from before the first to after the last. */
function one({ events, newest }: Story): Bundle {
  const [first] = events;
  if (first === undefined || events.length === 1) return { event: newest };
  return { event: spanning(first, newest), repeated: { count: events.length, since: first.occurredAt } };
}

function spanning(first: RelayEvent, newest: RelayEvent): RelayEvent {
  if (first.kind !== 'scale' || newest.kind !== 'scale' || first.from === undefined) return newest;
  if (newest.phase === 'failed' || newest.phase === 'held' || newest.from === first.from) return newest;
  // How long the last of several took says nothing of all of them.
  const { duration: _, ...whole } = newest;
  return { ...whole, from: first.from };
}

function storiesOf(events: readonly RelayEvent[]): readonly Story[] {
  const byKey = Map.groupBy(events.toSorted(byTime), storyKey);
  return [...byKey.values()].flatMap((told) => {
    const newest = told.at(-1);
    return newest === undefined ? [] : [{ events: told, newest }];
  });
}

const storyKey = (event: RelayEvent): string => {
  // Two digests tell of different events: neither speaks for the other.
  if (event.kind === 'digest') return event.id;
  const subject = titled(outline(event));
  const about =
    event.kind === 'scale' ? (event.resource.id ?? subject) : (placeInStory(event)?.story ?? event.story ?? subject);
  return `${event.kind} ${about}`.toLowerCase();
};

function digestOf(stories: readonly Story[], receiver: string, cause: Cause): EventOf<'digest'> {
  const events = stories.flatMap((story) => story.events);
  const first = stories.toSorted(byImportance);
  const [worst] = first;
  const newest = events.reduce((a, b) => (a.occurredAt > b.occurredAt ? a : b));
  const oldest = events.reduce((a, b) => (a.occurredAt < b.occurredAt ? a : b));
  const [environment, ...others] = new Set(events.map((event) => event.environment));
  return digestSchema.parse({
    kind: 'digest',
    id: identity('digest', receiver, ...events.map(({ id }) => id).toSorted()),
    source: 'relay',
    severity: worst?.newest.severity ?? 'info',
    occurredAt: newest.occurredAt,
    ...(others.length === 0 && environment !== undefined && { environment }),
    resource: { name: worst?.newest.resource.name ?? receiver },
    links: [],
    cause,
    total: events.length,
    resources: new Set(events.map(({ resource }) => (resource.id ?? resource.name).toLowerCase())).size,
    since: oldest.occurredAt,
    tally: tallied(events),
    stories: first.slice(0, 5).map((story) => told(story, !!environment && others.length === 0)),
    more: Math.max(0, stories.length - 5),
  });
}

/** The worst first; of equals, what has most events; of these, the newest. */
const byImportance = (a: Story, b: Story): number =>
  severities.indexOf(b.newest.severity) - severities.indexOf(a.newest.severity) ||
  b.events.length - a.events.length ||
  byTime(b.newest, a.newest);

const byTime = (a: RelayEvent, b: RelayEvent): number =>
  a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : Number(isEnd(a)) - Number(isEnd(b));

/** Senders often count in whole seconds: of two events at the same moment, the end of their story is the later one. */
const isEnd = (event: RelayEvent): boolean => placeInStory(event)?.final === true;

function tallied(events: readonly RelayEvent[]) {
  const counts = Map.groupBy(events, (event) => `${event.kind} ${outline(event).state}`);
  return [...counts]
    .map(([key, { length }]) => {
      const [kind = '', state = ''] = key.split(' ');
      return { kind, state, count: length };
    })
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 8);
}

/** Where all are in one place, the digest's first line says so, and no story need. */
function told(story: Story, together: boolean): EventOf<'digest'>['stories'][number] {
  const { event } = one(story);
  const { state, figure, ...named } = outline(event);
  return {
    kind: event.kind,
    state,
    subject: together && event.kind !== 'deployment' ? named.subject : titled(named),
    ...(figure !== undefined && { figure }),
    count: story.events.length,
    ...(isFlapping(story.events) && { flapping: true }),
  };
}

/** Went out and in again, or in and out, within an hour. */
const isFlapping = (events: readonly RelayEvent[]): boolean =>
  events.some((event, at) => {
    const before = events[at - 1];
    return (
      event.kind === 'scale' &&
      before?.kind === 'scale' &&
      event.direction !== before.direction &&
      Date.parse(event.occurredAt) - Date.parse(before.occurredAt) <= FLAPPING_MILLISECONDS
    );
  });
