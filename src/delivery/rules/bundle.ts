import type { Brief } from '../../event/brief.ts';
import { digest as digestSchema } from '../../event/digest.ts';
import type { EventOf, RelayEvent } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { asSevereOf, byImportance, isOver, toBrief, worstOf } from '../../event/importance.ts';
import { outline } from '../../event/outline.ts';
import { HOUR_MILLISECONDS } from '../../event/time/units.ts';
import { conversationOf } from './conversation.ts';
import { byTime, type Story, storiesOf, type Waiting } from './stories.ts';

/** What leaves a receiver's parking place: one event as it is or for its story, or a digest of many. */
export interface Bundle {
  readonly event: RelayEvent;
  /** Where one event stands for several of its story. */
  readonly repeated?: { readonly count: number; readonly since: string };
}

type Cause = EventOf<'digest'>['cause'];

/** The conversation that an event belongs to: 32 hex digits. */
type ConversationFor = (event: RelayEvent) => string | undefined;

/** Keys of the owners that an event would call. */
type KeysFor = (event: RelayEvent) => readonly string[];

const FLAPPING_MILLISECONDS = HOUR_MILLISECONDS;

/** Makes one message of events that waited. `waiting` holds at least one; the same events give the same id. */
export function bundle(
  waiting: readonly Waiting[],
  receiver: string,
  {
    cause = 'rate',
    window,
    keysFor = () => [],
    conversationFor = (event) => conversationOf(event)?.key,
  }: Partial<Omit<How, 'receiver' | 'window'>> & { readonly window?: string } = {},
): Bundle {
  const stories = storiesOf(waiting);
  const [only] = stories;
  if (only === undefined) throw new RangeError('there is nothing to bundle');
  if (stories.length === 1 && cause === 'rate' && window === undefined) return one(only);
  return { event: digestOf(stories, { receiver, cause, window, keysFor, conversationFor }) };
}

/** The newest event speaks for its story; a scale event from before the first to after the last. */
function one({ events, newest }: Story): Bundle {
  const [first] = events;
  if (first === undefined || events.length === 1) return { event: newest };
  return { event: spanning(first, newest), repeated: { count: events.length, since: first.occurredAt } };
}

function spanning(first: RelayEvent, newest: RelayEvent): RelayEvent {
  if (first.kind !== 'scale' || newest.kind !== 'scale' || first.from === undefined) return newest;
  if ((newest.phase !== 'started' && newest.phase !== 'succeeded') || newest.from === first.from) return newest;
  // How long the last of several took, and which machines it brought, says nothing of all of them.
  const { duration: _, machines: __, ...whole } = newest;
  return { ...whole, from: first.from };
}

interface How {
  readonly receiver: string;
  readonly cause: Cause;
  /** The quiet window that held them. */
  readonly window: string | undefined;
  readonly keysFor: KeysFor;
  readonly conversationFor: ConversationFor;
}

function digestOf(
  stories: readonly Story[],
  { receiver, cause, window, keysFor, conversationFor }: How,
): EventOf<'digest'> {
  const events = stories.flatMap((story) => story.events);
  const first = stories.toSorted(leading);
  const told = toldIn(conversationFor);
  // What began and ended while a window held it is counted.
  const listable = window === undefined ? first : first.filter((story) => !isAllOver(story));
  const listed = listable.slice(0, window === undefined ? 5 : 40);
  const lead = [...listed, ...first].reduce((leader) => leader);
  const calls = callsOf(
    first.filter(({ over }) => over === undefined),
    keysFor,
  );
  const asSevere = asSevereOf(stories.map(briefOf));
  const newest = events.reduce((a, b) => (a.occurredAt > b.occurredAt ? a : b));
  const oldest = events.reduce((a, b) => (a.occurredAt < b.occurredAt ? a : b));
  const [environment, ...others] = new Set(events.map((event) => event.environment));
  return digestSchema.parse({
    kind: 'digest',
    id: identity('digest', receiver, ...events.map(({ id }) => id).toSorted()),
    source: 'relay',
    severity: worstOf(stories.map(briefOf)),
    occurredAt: newest.occurredAt,
    ...(others.length === 0 && environment !== undefined && { environment }),
    resource: { name: lead.newest.resource.name },
    // What leads is what its buttons open.
    links: lead.newest.links,
    cause,
    total: events.length,
    resources: new Set(events.flatMap(resourceOf)).size,
    ...(asSevere !== undefined && { asSevere }),
    since: oldest.occurredAt,
    tally: tallied(events),
    stories: listed.slice(0, 5).map(told),
    ...(window !== undefined && { window }),
    ...(listed.length > 5 && { others: listed.slice(5).map((story) => withoutLink(told(story))) }),
    more: listable.length - listed.length,
    ...(calls.length > 0 && { calls }),
  });
}

/** What an event is about, if anything: a title or a rule stands in for a resource that nobody named, and a receiver is none. */
function resourceOf(event: RelayEvent): string[] {
  const { id, name } = event.resource;
  if (id !== undefined) return [id.toLowerCase()];
  const isNamed = event.kind !== 'notice' && !(TITLED.includes(event.kind) && name === outline(event).subject);
  return isNamed ? [name.toLowerCase()] : [];
}

const TITLED: readonly RelayEvent['kind'][] = ['custom', 'alert', 'digest'];

/** Whom its stories call, each list once, the first story's first. */
function callsOf(stories: readonly Story[], keysFor: KeysFor): string[][] {
  const lists = stories.map(({ newest }) => keysFor(newest).slice(0, 10)).filter(({ length }) => length > 0);
  return [...new Map(lists.map((keys) => [keys.join(), keys])).values()].slice(0, 20);
}

const isAllOver = ({ events, newest }: Story): boolean => events.length > 1 && isOver(toBrief(newest));

const briefOf = ({ newest, over }: Story): Brief => ({ ...toBrief(newest), ...(over && { over }) });

/** A queue message has no room for dozens of links. */
const withoutLink = ({ url: _, ...story }: ToldStory) => story;

/** Of equals, what has most events comes first; of these, the newest. */
const leading = (a: Story, b: Story): number =>
  Number(a.over !== undefined) - Number(b.over !== undefined) ||
  byImportance(briefOf(a), briefOf(b)) ||
  b.events.length - a.events.length ||
  byTime(b.newest, a.newest);

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

type ToldStory = EventOf<'digest'>['stories'][number];

const toldIn =
  (conversationFor: ConversationFor) =>
  (story: Story): ToldStory => {
    const { event } = one(story);
    const conversation = conversationFor(story.newest);
    return {
      ...toBrief(event),
      ...(story.over && { over: story.over }),
      count: story.events.length,
      ...(isFlapping(story.events) && { flapping: true }),
      ...(conversation !== undefined && { conversation }),
    };
  };

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
