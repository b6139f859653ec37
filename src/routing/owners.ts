import type { RelayEvent } from '../event/event.ts';
import { isOver, toBrief } from '../event/importance.ts';
import type { Mention } from '../message/slots.ts';
import type { Match } from './match.ts';

/** Who is called for some events. */
export interface Owner {
  /** Names it in digests: of whom it calls, so that another file with the same people has the same. */
  readonly key: string;
  readonly match: Match;
  /** By the name of the receiver. */
  readonly mentions: Readonly<Record<string, Mention>>;
}

/** The keys of the owners that an event fits, in their order: a digest remembers them, as it does not hold its events. */
export const keysFor = (event: RelayEvent, owners: readonly Owner[]): readonly string[] =>
  event.kind === 'digest'
    ? (event.calls?.flat() ?? [])
    : isDone(event)
      ? []
      : owners.filter(({ match }) => match(event)).map(({ key }) => key);

/** What is over, or done as it should be, is nobody's to act on, however bad it was; a test calls whom it would call. */
const isDone = (event: RelayEvent): boolean =>
  isOver({ ...toBrief(event), test: false }) ||
  (event.kind === 'alert' && event.state === 'resolved') ||
  (event.kind === 'scale' && event.phase === 'succeeded');

// More names at once are a crowd in which nobody feels called.
const MOST_CALLED = 5;

/**
 * Whom an event calls at a receiver: the first owner that it fits and who can be called there; a digest, those of all in it
 * that is not over.
 */
export function mentionsFor(event: RelayEvent, receiver: string, owners: readonly Owner[]): readonly Mention[] {
  if (isDone(event)) return [];
  const there = owners.filter(({ mentions }) => Object.hasOwn(mentions, receiver));
  const first = (fits: (owner: Owner) => boolean) => there.find(fits)?.mentions[receiver] ?? [];
  const own = [first(({ match }) => match(event))].flat();
  if (event.kind !== 'digest' || event.calls === undefined) return own;
  const called = event.calls.flatMap((keys) => first(({ key }) => keys.includes(key)));
  return [...new Set(called.length > 0 ? called : own)].slice(0, MOST_CALLED);
}
