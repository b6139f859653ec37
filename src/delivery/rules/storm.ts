import * as z from 'zod';
import { MINUTE_MILLISECONDS } from '../../event/time/units.ts';

/**
 * A storm: more comes than a receiver takes, so that it is gathered for longer and longer. `until` (milliseconds) is when
 * the next message may leave, `step` how long it is gathered, counted in `Rate.gather`.
 */
export const storm = z.object({ step: z.int().min(0), until: z.number() });

export type Storm = z.infer<typeof storm>;

/** A storm after a message that told of so many events; undefined where it is over. */
export function stormAfter(
  before: Storm | undefined,
  events: number,
  gather: readonly number[],
  now: number,
): Storm | undefined {
  const step = Math.min(stepAt(before, gather, now) + (events > 1 ? 1 : -1), gather.length - 1);
  return step < 1 ? undefined : { step, until: now + timeOf(step, gather) };
}

// By how much the clocks of two instances may differ.
const SKEW_MILLISECONDS = MINUTE_MILLISECONDS;

/** Until when a storm holds back what is not urgent, in milliseconds. One that is further off than the longest gathering was begun by a clock that had jumped. */
export function untilOf(known: Storm | undefined, gather: readonly number[] = [], now: number): number {
  const longest = Math.max(0, ...gather);
  return known === undefined || known.until > now + longest + SKEW_MILLISECONDS ? 0 : known.until;
}

/** A step that there is no more, since the receiver gathers for less long than it did, takes no time. */
const timeOf = (step: number, gather: readonly number[]): number => gather[step] ?? 0;

/** For each gathering that nothing came in, a step less. */
function stepAt(known: Storm | undefined, gather: readonly number[], now: number): number {
  if (known === undefined) return 0;
  let { step, until } = known;
  while (step > 0 && now >= until + timeOf(step, gather)) {
    until += timeOf(step, gather);
    step -= 1;
  }
  return step;
}
