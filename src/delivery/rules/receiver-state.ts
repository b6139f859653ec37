import * as z from 'zod';
import type { Rate } from '../../destinations/rate.ts';
import { HOUR_MILLISECONDS, MINUTE_MILLISECONDS, SECOND_MILLISECONDS } from '../../event/time/units.ts';
import { attempt } from './ledger.ts';
import { isLimited, type Lane, take, UNUSED } from './rate.ts';
import { storm, untilOf } from './storm.ts';

/** What all instances of the relay know of a receiver. Times are milliseconds since 1970. */
export const receiverState = z.object({
  version: z.literal(1),
  used: z.object({ second: z.number(), hour: z.number() }),
  /** Nothing is sent before this. */
  heldUntil: z.number().optional(),
  /** Failed tries one after the other, and since when. */
  failures: z.int().min(0),
  failingSince: z.number().optional(),
  /** Answers that say that it takes no message at all, without one between them that says another thing. */
  refusals: z.object({ count: z.int().min(1), since: z.number() }).optional(),
  /** Takes no message at all, until a try at `probeAt` or later shows another thing. `reasons`: all since then. */
  broken: z
    .object({ since: z.number(), reason: z.string(), reasons: z.array(z.string()).optional(), probeAt: z.number() })
    .optional(),
  /** It works again: what died since then for these reasons is to be sent again, by whoever has it until then. */
  back: z.object({ since: z.number(), reasons: z.array(z.string()), until: z.number() }).optional(),
  /** What its events wait for that is no fault of theirs, and since when. */
  waiting: z.object({ since: z.number(), reason: z.string() }).optional(),
  /** Tells its secrets from others, and since when it has these; without that, nobody has seen others. */
  secret: z.object({ salt: z.string(), mark: z.string(), since: z.number().optional() }).optional(),
  /** A message of the queue will bring a flush then, and which one. */
  flushAt: z.number().optional(),
  flushCall: z.string().optional(),
  /** Whether what waits for that flush is urgent. */
  urgent: z.boolean().optional(),
  /** Who is flushing, until when at most, and whether what it sends is urgent. */
  flushing: z.object({ owner: z.string(), until: z.number(), urgent: z.boolean().optional() }).optional(),
  storm: storm.optional(),
  /** Who is telling what waited for a deployment, and until when at most. */
  releasing: z.object({ owner: z.string(), until: z.number() }).optional(),
  /** Quiet windows that hold something back: by the key of what waits, when it is told. */
  windows: z.record(z.string(), z.number()).optional(),
  /** Flushes that failed and whose events still wait: their rows are written once, at the end. */
  tries: z.array(attempt).optional(),
  /** When its chat last refused a message for its charts. */
  chartsRefused: z.number().optional(),
  /** Changes with the silences: whoever has read them under another mark reads them again. */
  silences: z.string().optional(),
  /** When each notice about the receiver was last given. */
  noticed: z.record(z.string(), z.number()),
});

export type ReceiverState = z.infer<typeof receiverState>;

export const FRESH: ReceiverState = { version: 1, used: UNUSED, failures: 0, noticed: {} };

/** A receiver that fails is left alone for so long, by how often it has failed; its events wait together. */
const HOLDS = [5, 30, 120].map((seconds) => seconds * SECOND_MILLISECONDS);

/** The same of one that says that it takes no message at all. */
const REFUSAL_HOLDS = [5, 60].map((seconds) => seconds * SECOND_MILLISECONDS);

/** It is taken at its word once it has said so as often, over as long: one odd answer says nothing. */
const REFUSALS = 3;
const REFUSING_MILLISECONDS = MINUTE_MILLISECONDS;

/** A receiver that has failed for so long is taken for broken. */
const FAILING_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** Nobody waits for longer between two tries: what failed before that says nothing of the time between. */
const FORGOTTEN_MILLISECONDS = 8 * HOUR_MILLISECONDS;

/** How often a broken receiver is tried. */
const PROBE_MILLISECONDS = 5 * MINUTE_MILLISECONDS;

/** No receiver is held for longer: it is the longest Retry-After that is obeyed. */
export const HOLD_MILLISECONDS = HOUR_MILLISECONDS;

/** By how much the clocks of two instances may differ. */
export const SKEW_MILLISECONDS = MINUTE_MILLISECONDS;

/** Whether a time is still to come. One that is further off than `most` was set by a clock that had jumped: it counts no more. */
export const isAhead = (time: number | undefined, now: number, most: number): time is number =>
  time !== undefined && time > now && time <= now + most + SKEW_MILLISECONDS;

/** What may be done with a receiver now. */
export type Gate =
  | { readonly kind: 'open'; readonly state: ReceiverState }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'broken'; readonly reason: string };

/** Whether one message may go out now; where it may, with the state that has its share taken. */
export function gate(state: ReceiverState, rate: Rate, now: number, lane: Lane = 'usual'): Gate {
  const { broken, heldUntil } = state;
  const isHeld = isAhead(heldUntil, now, HOLD_MILLISECONDS);
  if (broken !== undefined) {
    if (isHeld || isAhead(broken.probeAt, now, PROBE_MILLISECONDS)) return { kind: 'broken', reason: broken.reason };
    // This message is the probe; the next one is not.
    return { kind: 'open', state: { ...state, broken: { ...broken, probeAt: now + PROBE_MILLISECONDS } } };
  }
  if (isHeld) return { kind: 'wait', until: heldUntil };
  const stormy = lane === 'usual' ? untilOf(state.storm, rate.gather, now) : 0;
  if (stormy > now) return { kind: 'wait', until: stormy };
  if (!isLimited(rate)) return { kind: 'open', state };
  const taken = take(rate, state.used, now, lane);
  return 'from' in taken
    ? { kind: 'wait', until: taken.from }
    : { kind: 'open', state: { ...state, used: taken.used } };
}

/**
 * The state after a message went through. The same object where nothing changes. A hold stays: the message may have been
 * under way before the receiver asked for it.
 */
export function afterSent(state: ReceiverState, now: number): ReceiverState {
  const { failingSince, broken, refusals, waiting, ...rest } = state;
  if ([failingSince, broken, refusals, waiting].every((each) => each === undefined) && state.failures === 0)
    return state;
  if (broken === undefined) return { ...rest, failures: 0 };
  const { since, reason, reasons = [reason] } = broken;
  // One that nobody has seen to yet is part of it.
  const { since: before = since, reasons: others = [] } = state.back ?? {};
  const back = { since: Math.min(since, before), reasons: [...new Set([...others, ...reasons])], until: now };
  return { ...rest, failures: 0, back };
}

// Two hundred messages for the queue, and storage that is slow.
const BACK_MILLISECONDS = MINUTE_MILLISECONDS;

/** Whether somebody has to see to what died while it was broken. */
export const isBack = ({ back, broken }: ReceiverState, now: number): boolean =>
  back !== undefined && broken === undefined && !isAhead(back.until, now, BACK_MILLISECONDS);

export const backBegun = (back: Back, now: number): Back => ({ ...back, until: now + BACK_MILLISECONDS });

export type Back = NonNullable<ReceiverState['back']>;

export function backEnded({ back: _, ...state }: ReceiverState): ReceiverState {
  return state;
}

/** The state after a try that may be made again. `asked` is what the receiver asked for, in seconds. */
export function afterFailure(state: ReceiverState, asked: number | undefined, now: number): ReceiverState {
  const heldUntil = isAhead(state.heldUntil, now, HOLD_MILLISECONDS) ? state.heldUntil : undefined;
  // What was under way together fails together, and counts once.
  if (asked === undefined && heldUntil !== undefined) return state;
  const isOld = now - (state.heldUntil ?? 0) > FORGOTTEN_MILLISECONDS;
  const failures = isOld ? 0 : state.failures;
  const hold = asked === undefined ? holdOf(HOLDS, failures) : asked * SECOND_MILLISECONDS;
  const failingSince = isOld ? now : Math.min(state.failingSince ?? now, now);
  const failed: ReceiverState = {
    ...state,
    failures: failures + 1,
    failingSince,
    heldUntil: Math.max(heldUntil ?? 0, now + hold),
  };
  return now - failingSince > FAILING_MILLISECONDS ? afterBroken(failed, 'failing-for-a-day', now) : failed;
}

/** The longest of those that it has come to: they grow. */
const holdOf = (holds: readonly number[], before: number): number => Math.max(...holds.slice(0, before + 1));

/** The state after an answer that says: no message will ever pass. Broken only once it has said so for long enough. */
export function afterRefusal(state: ReceiverState, reason: string, now: number): ReceiverState {
  if (state.broken !== undefined) return afterBroken(state, reason, now);
  // What was under way together is refused together, and counts once.
  if (isAhead(state.heldUntil, now, HOLD_MILLISECONDS)) return state;
  const { count, since } = refusalsBefore(state, now);
  if (count + 1 >= REFUSALS && now - since >= REFUSING_MILLISECONDS) return afterBroken(state, reason, now);
  return {
    ...afterFailure(state, holdOf(REFUSAL_HOLDS, count) / SECOND_MILLISECONDS, now),
    refusals: { count: count + 1, since },
  };
}

function refusalsBefore({ refusals, heldUntil = 0 }: ReceiverState, now: number) {
  if (refusals === undefined || now - heldUntil > FORGOTTEN_MILLISECONDS) return { count: 0, since: now };
  return { count: refusals.count, since: Math.min(refusals.since, now) };
}

const MOST_REASONS = 20;

/** The state of a receiver that takes no message at all. */
export function afterBroken({ refusals: _, ...state }: ReceiverState, reason: string, now: number): ReceiverState {
  const { since = now, reason: last = reason, reasons = [last] } = state.broken ?? {};
  return {
    ...state,
    broken: {
      since,
      reason,
      reasons: [...new Set([...reasons, reason])].slice(-MOST_REASONS),
      probeAt: now + PROBE_MILLISECONDS,
    },
  };
}

/** Whether a notice of what began at `began` may be given now: once, and one of each kind in an hour. */
export function mayNotice({ noticed }: ReceiverState, topic: string, began: number, now: number): boolean {
  const last = noticed[topic];
  return last === undefined || last > now + SKEW_MILLISECONDS || (last < began && now - last >= HOUR_MILLISECONDS);
}
