import { retryAfterMilliseconds } from '../../event/time/retry-after.ts';
import { DAY_MILLISECONDS } from '../../event/time/units.ts';
import type { Delivery } from './delivery.ts';

/** Seconds before each further try, once the first has failed. */
const SCHEDULE = [5, 30, 2 * 60, 10 * 60, 30 * 60, 2 * 3600, 6 * 3600] as const;

const JITTER = 0.2;
const LONGEST_RETRY_AFTER = 3600;

/**
 * Seconds to wait before the next try, or undefined when there is none.
 * `attempt` counts the tries before the one that failed; `random` is in [0, 1); `now` is in milliseconds.
 */
export function nextDelay(
  attempt: number,
  retryAfter: string | undefined,
  now: number,
  random: () => number,
): number | undefined {
  const scheduled = SCHEDULE[attempt];
  if (scheduled === undefined) return undefined;
  return askedDelay(retryAfter, now) ?? Math.round(scheduled * (1 - JITTER + 2 * JITTER * random()));
}

/** For so long after an event came, a try that its receiver puts off is none of the schedule's. */
const PUT_OFF_MILLISECONDS = DAY_MILLISECONDS;

type Tries = Pick<Delivery, 'attempt' | 'putOff'>;

/**
 * The next try after one that failed, and the seconds until then; undefined when there is none. A receiver that names the
 * time is there and busy: asking for a second eight times must not cost the event. With `waits`, no try costs it.
 */
export function nextTry(
  { attempt, putOff = 0, acceptedAt }: Tries & Pick<Delivery, 'acceptedAt'>,
  { retryAfter, waits = false }: { readonly retryAfter?: string | undefined; readonly waits?: boolean | undefined },
  now: number,
  random: () => number,
): { readonly delay: number; readonly next: Tries } | undefined {
  const asked = askedDelay(retryAfter, now);
  const delay = waits && asked !== undefined ? asked : nextDelay(attempt - putOff, retryAfter, now, random);
  if (delay === undefined) return undefined;
  const isPutOff = asked !== undefined && (waits || now - Date.parse(acceptedAt) < PUT_OFF_MILLISECONDS);
  const count = putOff + (isPutOff ? 1 : 0);
  return { delay, next: { attempt: attempt + 1, ...(count > 0 && { putOff: count }) } };
}

/** Seconds that a Retry-After header asks for; undefined where it says nothing usable. */
export function askedDelay(header: string | undefined, now: number): number | undefined {
  const seconds = (retryAfterMilliseconds(header, now) ?? 0) / 1000;
  return seconds > 0 ? Math.ceil(Math.min(seconds, LONGEST_RETRY_AFTER)) : undefined;
}
