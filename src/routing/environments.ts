import type { RelayEvent } from '../event/event.ts';
import type { Match } from './match.ts';

/** What gives an environment to events whose sender names none. */
export interface Environment {
  readonly name: string;
  /** Absent: to every event. */
  readonly match?: Match;
}

/** An event in its environment, and which rule gave it, counted from 0: the first that fits. What a sender names stays. */
export function withEnvironment(
  event: RelayEvent,
  environments: readonly Environment[],
): { readonly event: RelayEvent; readonly rule?: number } {
  if (event.environment) return { event };
  const rule = environments.findIndex(({ match }) => match === undefined || match(event));
  const name = environments[rule]?.name;
  return name === undefined ? { event } : { event: { ...event, environment: name }, rule };
}
