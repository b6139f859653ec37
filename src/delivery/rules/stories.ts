import type { RelayEvent } from '../../event/event.ts';
import { remindedAt } from '../../event/firing.ts';
import { outline, titled } from '../../event/outline.ts';
import { voiceOf } from './family.ts';
import { positionInStory } from './order.ts';

/** An event that waits; `proven`: its source proved itself. */
export interface Waiting {
  readonly event: RelayEvent;
  readonly proven?: boolean | undefined;
  /** Of one that is sent again: when its story had ended (ISO). */
  readonly replayed?: { readonly over?: string | undefined } | undefined;
}

/** Events of one resource or one story, oldest first. */
export interface Story {
  readonly events: readonly RelayEvent[];
  readonly newest: RelayEvent;
  /** When it had ended (ISO), where what speaks for it is sent again after that. */
  readonly over?: string | undefined;
}

export function storiesOf(waiting: readonly Waiting[]): readonly Story[] {
  const byKey = Map.groupBy(
    waiting.toSorted((a, b) => byTime(a.event, b.event)),
    subjectOf,
  );
  return [...byKey.values()].map((all) => {
    const told = all.map(({ event }) => event);
    const newest = speaker(told);
    const over = all.find(({ event }) => event === newest)?.replayed?.over;
    return { events: told, newest, ...(over && { over }) };
  });
}

/** The newest; but the machines of one scaling are looked up later than the next one begins. */
function speaker(told: readonly RelayEvent[]): RelayEvent {
  const newest = told.reduce((_, each) => each);
  if (newest.kind !== 'scale' || newest.machines === undefined) return newest;
  const plain = told.findLast((event) => event.kind === 'scale' && event.machines === undefined);
  const isAnother = plain?.kind === 'scale' && (plain.to !== newest.to || plain.from !== newest.from);
  return isAnother ? plain : newest;
}

/** What an event tells of: events that tell of the same are told together. */
export const subjectOf = ({ event, proven }: Waiting): string => {
  // Two digests tell of different events: neither speaks for the other.
  if (event.kind === 'digest') return event.id;
  const subject = titled(outline(event));
  const about =
    event.kind === 'scale' ? (event.resource.id ?? subject) : (positionInStory(event)?.story ?? event.story ?? subject);
  return JSON.stringify([voiceOf({ source: event.source, proven }), event.kind, about.toLowerCase()]);
};

export const byTime = (a: RelayEvent, b: RelayEvent): number =>
  compared(a.occurredAt, b.occurredAt) ||
  Number(isEnd(a)) - Number(isEnd(b)) ||
  // A reminder has the time of the beginning that it tells again.
  compared(remindedAt(a)?.at ?? '', remindedAt(b)?.at ?? '');

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Senders often count in whole seconds: of two events at the same moment, the end of their story is the later one. */
const isEnd = (event: RelayEvent): boolean => positionInStory(event)?.final === true;
