import type { Verdict } from '../../destinations/answer.ts';
import { DAY_MILLISECONDS } from '../../event/time/units.ts';
import { afterFailure, isAhead, type ReceiverState } from './receiver-state.ts';
import { askedDelay } from './schedule.ts';

// What is nobody's mistake is waited out for a day, as a receiver that fails is. From then on it is a receiver like others.
const LONGEST_MILLISECONDS = DAY_MILLISECONDS;

/** A try that does not count: what is at fault is neither the event nor, as far as anybody can say, the receiver. */
export type Waits = Verdict & { readonly kind: 'retry'; readonly waits: true };

export const isWaiting = (verdict: Verdict): verdict is Waits => verdict.kind === 'retry' && verdict.waits === true;

/** What an answer means for a receiver in this state: events wait for the relay's own sign-in, and for a secret that was just changed. */
export function waitedOut<V extends Verdict>(
  verdict: V,
  state: ReceiverState,
  now: number,
): V | (Verdict & { readonly kind: 'retry' }) {
  if (state.broken !== undefined) return verdict;
  if (verdict.kind === 'broken' && verdict.reason === 'status-401' && isNew(state.secret?.since, now)) {
    return { kind: 'retry', reason: 'secret-refused', retryAfter: '300', waits: true };
  }
  if (!isWaiting(verdict) || isNew(sinceOf(state, verdict.reason) ?? now, now)) return verdict;
  return { kind: 'retry', reason: verdict.reason };
}

const isNew = (since: number | undefined, now: number): boolean =>
  since !== undefined && isAhead(since + LONGEST_MILLISECONDS, now, LONGEST_MILLISECONDS);

/** The state after a try for which events wait. What else the receiver has failed at is not counted together with it. */
export function afterWaiting(
  { failingSince: _, ...state }: ReceiverState,
  { reason, retryAfter }: Waits,
  now: number,
): ReceiverState {
  const since = sinceOf(state, reason) ?? now;
  return { ...afterFailure(state, askedDelay(retryAfter, now), now), waiting: { since, reason } };
}

const sinceOf = ({ waiting }: Pick<ReceiverState, 'waiting'>, reason: string): number | undefined =>
  waiting?.reason === reason ? waiting.since : undefined;
