import { SECOND_MILLISECONDS } from '../../event/time/units.ts';
import type { Attempt } from './ledger.ts';
import type { Lane } from './rate.ts';
import { HOLD_MILLISECONDS, isAhead, type ReceiverState, SKEW_MILLISECONDS } from './receiver-state.ts';

/** A flush that has not ended by then is taken for dead: a list of thousands, two forms of a message, the records. */
const FLUSH_MILLISECONDS = 60 * SECOND_MILLISECONDS;

/** A flush that should have come so long ago will not come. */
const LOST_MILLISECONDS = 5 * 60 * SECOND_MILLISECONDS;

export const isFlushing = ({ flushing }: ReceiverState, now: number): boolean =>
  isAhead(flushing?.until, now, FLUSH_MILLISECONDS);

/** Whether somebody who began a flush did not end it. */
export const isFlushLost = (state: ReceiverState, now: number): boolean =>
  state.flushing !== undefined && !isFlushing(state, now);

/** Whether others wait already, so that an event has to wait with them: what is urgent waits for nothing else. */
export const isQueueing = (state: ReceiverState, now: number, lane: Lane = 'usual'): boolean =>
  lane === 'urgent'
    ? (state.urgent === true && state.flushAt !== undefined) || (isFlushing(state, now) && !!state.flushing?.urgent)
    : state.flushAt !== undefined || isFlushing(state, now);

/** Whether a message of the queue will bring a flush. One that is long overdue was lost. */
export const isFlushAwaited = ({ flushAt }: ReceiverState, now: number): boolean =>
  flushAt !== undefined && isAhead(flushAt + LOST_MILLISECONDS, now, LOST_MILLISECONDS + HOLD_MILLISECONDS);

/** Whether another call for a flush than this one is awaited. Who does not say which one it is may always come. */
export const isFlushOfAnother = (state: ReceiverState, call: string | undefined, now: number): boolean =>
  call !== undefined && state.flushCall !== undefined && call !== state.flushCall && isFlushAwaited(state, now);

export const flushBegun = (state: ReceiverState, owner: string, now: number): ReceiverState => {
  const { flushAt: _, flushCall: __, urgent = state.flushing?.urgent, ...rest } = state;
  const flushing = { owner, until: now + FLUSH_MILLISECONDS, ...(urgent && { urgent }) };
  return { ...rest, flushing };
};

// As many as a row keeps.
const MOST_TRIES = 12;

/** Remembers a flush that failed; without one, that nothing waits any more that saw the others. */
export function withFlushTried({ tries = [], ...rest }: ReceiverState, failed: Attempt | undefined): ReceiverState {
  return failed === undefined ? rest : { ...rest, tries: [...tries, failed].slice(-MOST_TRIES) };
}

/** Gives the lease back, where it is still the owner's. */
export function flushEnded(state: ReceiverState, owner: string): ReceiverState {
  const { flushing, ...rest } = state;
  return flushing?.owner === owner ? rest : state;
}

/** Whether somebody else tells what waited for a deployment. */
export const isReleasing = ({ releasing }: ReceiverState, owner: string, now: number): boolean =>
  releasing?.owner !== owner && isAhead(releasing?.until, now, FLUSH_MILLISECONDS);

/** Whoever holds more back under that key from now on has to call for it again. */
export function releaseBegun(state: ReceiverState, owner: string, key: string, now: number): ReceiverState {
  const { [key]: _, ...windows } = state.windows ?? {};
  return { ...state, windows, releasing: { owner, until: now + FLUSH_MILLISECONDS } };
}

export function releaseEnded(state: ReceiverState, owner: string): ReceiverState {
  const { releasing, ...rest } = state;
  return releasing?.owner === owner ? rest : state;
}

/**
 * The state that knows that what waits under a key is told at `at`; undefined where it did. What is over is forgotten. Shortly
 * before, it is another object all the same: by another clock it may be told already, and whoever holds more back has to notice.
 */
export function withWindow(
  { windows = {}, ...state }: ReceiverState,
  key: string,
  at: number,
  now: number,
): ReceiverState | undefined {
  if (windows[key] === at && at - now > SKEW_MILLISECONDS) return undefined;
  const ahead = Object.entries(windows).filter(([, until]) => until > now);
  return { ...state, windows: { ...Object.fromEntries(ahead), [key]: at } };
}
