import type { Rate } from '../../destinations/rate.ts';
import type { RelayEvent } from '../../event/event.ts';
import { remindedAt } from '../../event/firing.ts';
import { iso } from '../../event/time/units.ts';
import type { Delivery } from './delivery.ts';
import { isFlushAwaited, isQueueing } from './flush-state.ts';
import { laneOf } from './lanes.ts';
import { type LedgerEntry, UNRECORDED } from './ledger.ts';
import { overSince, type StoryPosition, whySuperseded } from './order.ts';
import type { Lane } from './rate.ts';
import { type Gate, gate, type ReceiverState } from './receiver-state.ts';
import { secondsTaken } from './scaling.ts';
import type { StoryMemory } from './story.ts';

/** A wish to send: which event, for whom, and until when it will surely have ended. Times are milliseconds. */
export interface ClaimWish {
  readonly event: RelayEvent;
  readonly receiver: string;
  readonly attempt: number;
  /** The id of the queue message: whoever comes back with the same one has crashed before. */
  readonly owner: string;
  readonly now: number;
  readonly leaseUntil: number;
  readonly rate: Rate;
  readonly place: StoryPosition | undefined;
  readonly replay: Delivery['replay'];
  /** ISO. */
  readonly acceptedAt?: string | undefined;
  /** The receiver whose fallback gets it. */
  readonly standsFor?: string | undefined;
  readonly proven?: boolean | undefined;
  /** How often it is told again while it fires, in milliseconds. */
  readonly remind?: number | undefined;
}

/** What is known when it is decided. */
export interface Known {
  readonly entry: LedgerEntry | undefined;
  readonly state: ReceiverState;
  /** What is remembered of the event's story; empty where nobody has looked yet. */
  readonly story: StoryMemory;
  /** Why the event is kept back. */
  readonly quiet: string | undefined;
  /** Until when (milliseconds) somebody else tells what it belongs to. */
  readonly busy?: number | undefined;
  /** Why the event, a reminder, is no news any more. */
  readonly stale?: string | undefined;
}

export type ClaimDecision =
  /** Send it. */
  | { readonly kind: 'claim'; readonly entry: LedgerEntry; readonly state: ReceiverState }
  /** Keep it for the next flush, at `flushAt`; `first` where nobody has called for that one yet. */
  | {
      readonly kind: 'park';
      readonly entry: LedgerEntry;
      readonly state: ReceiverState;
      readonly flushAt: number;
      readonly first: boolean;
    }
  /** Its story has ended, or it was told already: record that, and send nothing. */
  | { readonly kind: 'overtake'; readonly entry: LedgerEntry }
  /** People want quiet: record why, and send nothing. */
  | { readonly kind: 'quiet'; readonly entry: LedgerEntry; readonly reason: string }
  /** The receiver takes nothing: give it up, tell the fallback. */
  | { readonly kind: 'divert'; readonly entry: LedgerEntry; readonly reason: string }
  /** Dealt with, parked, or already at a later attempt: nothing to do for this message. */
  | { readonly kind: 'settled'; readonly entry: LedgerEntry }
  /** Somebody else is sending; ask again after `until` (milliseconds). */
  | { readonly kind: 'leased'; readonly until: number };

/** Who may send what now: the rule that every instance follows. Pure. */
export function decideClaim({ entry, state, story, quiet, stale, busy }: Known, wish: ClaimWish): ClaimDecision {
  const { event, now, owner, rate, replay } = wish;
  if (entry !== undefined) {
    if (isSettled(entry, wish)) return { kind: 'settled', entry };
    // The same queue message is back, so whoever held it before has crashed: no need to wait for the lease.
    const free = entry.state !== 'sending' || entry.owner === owner || !isLeased(entry, wish);
    if (!free) return { kind: 'leased', until: Date.parse(entry.leaseUntil) };
  }
  const claimed = claimedBy(wish, entry, story);
  const untold =
    stale ?? (wish.place === undefined || mayBeOver(wish) ? undefined : whySuperseded(wish.place, story, now));
  if (untold !== undefined) return { kind: 'overtake', entry: { ...claimed, state: 'overtaken', reason: untold } };
  if (quiet !== undefined && !wish.replay) {
    return { kind: 'quiet', entry: { ...claimed, state: 'quiet', reason: quiet }, reason: quiet };
  }
  const lane = laneOf(event);
  const passage = passageOf(state, { rate, now, lane, busy });
  if (passage.kind === 'broken' && !replay) return { kind: 'divert', entry: claimed, reason: passage.reason };
  const waits = passage.kind === 'wait' || (isQueueing(state, now, lane) && !replay);
  if (!waits) return { kind: 'claim', entry: claimed, state: passage.kind === 'open' ? passage.state : state };
  const soonest = passage.kind === 'wait' ? passage.until : now;
  const wanted = lane === 'urgent' ? soonest : Math.max(soonest, now + (rate.gather?.[0] ?? 0));
  const awaited = isFlushAwaited(state, now) ? state.flushAt : undefined;
  // What is urgent does not wait for what others wait for.
  const first = awaited === undefined || (lane === 'urgent' && !state.urgent && wanted < awaited);
  const flushAt = first ? wanted : awaited;
  // The state is another object even where it says the same: whoever begins a flush meanwhile has to notice this one.
  return {
    kind: 'park',
    entry: { ...claimed, state: 'parked', dueAt: iso(flushAt) },
    state: { ...state, flushAt, ...(first && { flushCall: owner }), ...(lane === 'urgent' && { urgent: true }) },
    flushAt,
    first,
  };
}

/** Whether it is told although its story has ended: an operator wants it. A reminder only by force, since it says that something still fires. */
const mayBeOver = ({ event, replay }: ClaimWish): boolean =>
  remindedAt(event) === undefined ? replay !== undefined : replay === 'forced';

/** Whether a message of the queue has nothing left to do. A replay opens again what was dealt with, once. */
function isSettled(entry: LedgerEntry, wish: ClaimWish): boolean {
  const { attempt, owner, replay } = wish;
  const opens = replay !== undefined && attempt === 0 && entry.owner !== owner;
  switch (entry.state) {
    case 'sending':
      return entry.attempt > attempt && !(opens && replay === 'forced' && !isLeased(entry, wish));
    case 'waiting':
      return entry.attempt > attempt && !(opens && replay === 'forced');
    case 'parked':
      return true;
    case 'sent':
      // Taken for sent, because nobody had touched it for a day: a message that is there after all knows better.
      return entry.reason !== UNRECORDED ? !(opens && replay === 'forced') : entry.attempt > attempt;
    case 'dead':
    case 'overtaken':
    case 'quiet':
      return !opens;
  }
}

/** A receiver that is broken is broken; what has to wait for its turn takes no share of the rate. */
function passageOf(
  state: ReceiverState,
  { rate, now, lane, busy }: Pick<ClaimWish, 'rate' | 'now'> & Pick<Known, 'busy'> & { readonly lane: Lane },
): Gate {
  const passage = gate(state, rate, now, lane);
  return busy !== undefined && passage.kind === 'open' ? { kind: 'wait', until: busy } : passage;
}

/** Whether somebody may still be sending. A lease that is twice too long was taken by a clock that had jumped ahead. */
function isLeased(entry: LedgerEntry, { now, leaseUntil }: ClaimWish): boolean {
  const left = Date.parse(entry.leaseUntil) - now;
  return left > 0 && left <= 2 * (leaseUntil - now);
}

function claimedBy(wish: ClaimWish, found: LedgerEntry | undefined, story: StoryMemory): LedgerEntry {
  // A replay does not say it, and what was replayed is still another receiver's.
  const { standsFor = found?.standsFor } = wish;
  const replayed = wish.replay === undefined ? found?.replayed : replayedNow(wish, found, story);
  return {
    event: withDuration(wish, story),
    receiver: wish.receiver,
    state: 'sending',
    attempt: wish.attempt,
    owner: wish.owner,
    leaseUntil: iso(wish.leaseUntil),
    updatedAt: iso(wish.now),
    ...(wish.acceptedAt !== undefined && { acceptedAt: wish.acceptedAt }),
    ...(wish.proven !== undefined && { proven: wish.proven }),
    ...(standsFor !== undefined && { standsFor }),
    ...(replayed !== undefined && { replayed }),
    attempts: found?.attempts ?? [],
  };
}

function replayedNow(
  { place, now }: ClaimWish,
  found: LedgerEntry | undefined,
  story: StoryMemory,
): NonNullable<LedgerEntry['replayed']> {
  const over = place && overSince(place, story, now);
  return { ...(over !== undefined && { over }), ...(!wasTold(found) && { untold: true }) };
}

/** Whether the receiver got it, as far as anybody knows: by itself, or in a digest. */
const wasTold = (entry: LedgerEntry | undefined): boolean =>
  entry !== undefined &&
  (entry.state === 'sent' || entry.digest !== undefined || entry.attempts.some(({ outcome }) => outcome === 'sent'));

/** An end says how long it took, where its beginning is known. */
function withDuration({ event, place }: ClaimWish, { scalings = [] }: StoryMemory): RelayEvent {
  if (event.kind !== 'scale' || event.duration !== undefined || place?.step === undefined) return event;
  const duration = secondsTaken(place.step, scalings);
  return duration === undefined ? event : { ...event, duration };
}
