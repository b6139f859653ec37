import * as z from 'zod';
import type { RelayEvent } from '../event/event.ts';
import { line } from '../event/text.ts';
import type { Matching } from './conditions.ts';
import { type Match, matcher } from './match.ts';

export const environmentOf = (match: Matching) =>
  z.strictObject({
    name: line(80).min(1).describe('What the environment is called: `prod`.'),
    match: match
      .optional()
      .describe('Which events, by anything but `environment`: those that have one keep it. Without it, all.'),
  });

/** What gives an environment to events whose sender names none. */
export interface Environment {
  readonly name: string;
  /** Absent: to every event. */
  readonly match?: Match;
}

export const compileEnvironment = ({ name, match }: z.infer<ReturnType<typeof environmentOf>>): Environment => ({
  name,
  ...(match && { match: matcher(match) }),
});

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
