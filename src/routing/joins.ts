import type { EventKind, RelayEvent } from '../event/event.ts';
import { identity } from '../event/identity.ts';
import { isTest } from '../event/test-mark.ts';
import { sharedValues } from './in-common.ts';
import type { Field, Match } from './match.ts';

/**
 * The kinds that can be steps of one conversation: what somebody does to a thing, and what comes of it. An alert is none of
 * them: its state would be gone from sight with the next step.
 */
export const JOINABLE = ['scale', 'deployment', 'drift'] as const satisfies readonly EventKind[];

/** What is told in one conversation although it is several stories. */
export interface Joins {
  readonly kinds: ReadonlySet<EventKind>;
  readonly same: readonly Field[];
  /** Milliseconds. */
  readonly within: number;
  readonly match: Match;
}

/** The conversation that an event joins. */
export interface Joined {
  /** 32 hex digits: the same of everything that belongs together. */
  readonly key: string;
  /** So many milliseconds after its last step, the conversation is over: what comes then begins another. */
  readonly within: number;
  /** What they have in common, for people. */
  readonly about: string;
}

/**
 * The conversation that an event joins by the configuration; undefined where it has its own. For display alone: what ends a
 * story, what is told twice and what is kept back, the stories decide as before. Nothing that only tries a change joins, and no
 * test: its state would hide the real one.
 */
export function joinOf(event: RelayEvent, joins: Joins | undefined): Joined | undefined {
  if (joins === undefined || !joins.kinds.has(event.kind) || isTrial(event) || !joins.match(event)) return undefined;
  const values = sharedValues(event, joins.same);
  if (values === undefined) return undefined;
  return { key: identity('joined', ...joins.same, ...values), within: joins.within, about: values.join(', ') };
}

const isTrial = (event: RelayEvent): boolean => isTest(event) || (event.kind === 'deployment' && event.check === true);

/** The same as documents have it. */
export interface JoinGiven {
  /** 32 hex digits. */
  readonly conversation: string;
  /** What its steps have in common. */
  readonly of: string;
  /** For so many seconds after its last step it takes another. */
  readonly within: number;
}

export function joinGiven(event: RelayEvent, joins: Joins | undefined): { readonly joins?: JoinGiven } {
  const joined = joinOf(event, joins);
  if (joined === undefined) return {};
  return { joins: { conversation: joined.key, of: joined.about, within: joined.within / 1_000 } };
}

/** Which of some events join a conversation of several stories; nothing where none does. */
export function joinsGiven(
  events: readonly { readonly event: RelayEvent }[],
  joins: Joins | undefined,
): { readonly joins?: readonly (JoinGiven & { readonly event: string })[] } {
  const found = events.flatMap(({ event }) => {
    const { joins: given } = joinGiven(event, joins);
    return given === undefined ? [] : [{ event: event.id, ...given }];
  });
  return found.length === 0 ? {} : { joins: found };
}
