import type { Rate } from '../destinations/rate.ts';
import { callFlush } from './call-flush.ts';
import { giveUpAll } from './dead-letters.ts';
import { type DeliveryReport, type Dispatch, gathers, secondsUntil } from './dispatch.ts';
import {
  type Flushed,
  type Flushing,
  type Standing,
  sendInTurn,
  standingOf,
  type Waiting,
  withTriesOf,
} from './in-turn.ts';
import { type Parked, parkedFor } from './parked.ts';
import { type Room, roomToRead } from './room.ts';
import type { Flush } from './rules/delivery.ts';
import {
  flushBegun,
  flushEnded,
  isFlushing,
  isFlushLost,
  isFlushOfAnother,
  withFlushTried,
} from './rules/flush-state.ts';
import { laneOf, type Unit, unitsOf } from './rules/lanes.ts';
import { type Lane, mostAlone } from './rules/rate.ts';
import { gate, type ReceiverState } from './rules/receiver-state.ts';
import { stormAfter, untilOf } from './rules/storm.ts';

const SECOND = 1_000;

/** Sends what is parked for a receiver, what is urgent first. Rejects with a StorageError when the flush must come back. */
export async function flushReceiver(
  dispatch: Dispatch,
  { flush: name, call }: Flush,
  owner: string,
): Promise<readonly DeliveryReport[]> {
  const { ports } = dispatch;
  const flushing = { dispatch, name, owner, call, rate: dispatch.receiver(name)?.rate ?? {} };
  const begun = await beginInTime(flushing);
  if (begun.kind === 'unawaited') return [{ outcome: 'nothing', receiver: name }];
  if (begun.kind === 'later') {
    await callFlush(ports, { name, call, at: begun.until });
    const delay = secondsUntil(begun.until, ports.clock.now());
    return [{ outcome: 'postponed', receiver: name, reason: 'not-yet', delay }];
  }
  const room = roomToRead();
  try {
    const { units, more, urgent } = await waitingFor(flushing, begun.lane, room);
    const flushed =
      begun.kind === 'broken' ? await allGivenUp(flushing, begun, units) : await sendInTurn(flushing, begun, units);
    // Soon enough, and not before another one has ended that is as large.
    const from = room.isCramped ? { from: Math.max(flushed.from ?? 0, ports.clock.now() + LOOK_MILLISECONDS) } : {};
    await end(flushing, { ...flushed, ...from, more: flushed.more || more, urgent: flushed.urgent || urgent });
    if (flushed.reports.length > 0) return flushed.reports;
    return [
      room.isCramped
        ? { outcome: 'postponed', receiver: name, reason: 'another-first' }
        : { outcome: 'nothing', receiver: name },
    ];
  } finally {
    room.leave();
  }
}

async function allGivenUp(
  { dispatch, name }: Flushing,
  begun: Begun & { readonly kind: 'broken' },
  units: readonly Unit<Waiting>[],
): Promise<Flushed> {
  const parked = withTriesOf(begun, units.flatMap(membersOf));
  return { reports: [await giveUpAll(dispatch, name, parked, begun.reason)], more: false };
}

const membersOf = ({ members }: Unit<Waiting>): readonly Parked[] => members;

// What is urgent does not wait until thousands of others are read; it is looked for its end in so many.
const LOOKED_THROUGH = 500;

/** What this flush sends, in this order, and whether more waits; `urgent` where some of that may be. */
async function waitingFor(
  { dispatch, name, rate }: Flushing,
  lane: Lane,
  room: Room,
): Promise<{ readonly units: readonly Unit<Waiting>[]; readonly more: boolean; readonly urgent: boolean }> {
  const read = async (most?: number) => {
    room.clear();
    const { parked, more } = await parkedFor(dispatch, name, { ...(most !== undefined && { most }), room });
    const waiting = parked.map((each) => {
      const { event, proven, attempts } = each.entry;
      return { ...each, event, proven, tries: attempts.length };
    });
    const goesOnIn = await goingOn(dispatch, name, waiting);
    const units = unitsOf(waiting, { mostAlone: mostAlone(rate), together: gathers(dispatch, name), goesOnIn });
    // They are read in the order of their lanes.
    const last = waiting.at(-1);
    return { units, more, urgent: more && last !== undefined && laneOf(last.event) === 'urgent' };
  };
  const found = await read(lane === 'usual' ? undefined : LOOKED_THROUGH);
  if (!found.more || !gathers(dispatch, name) || (lane === 'usual' && !room.isCramped)) return found;
  const units = found.units.filter((unit) => unit.lane === 'urgent');
  // The rest is one message, and not one for each part that there is room for.
  return units.length > 0 || room.isCramped ? { ...found, units } : read();
}

/** What of it has a message that goes on. Few receivers have any. */
async function goingOn(dispatch: Dispatch, name: string, waiting: readonly Waiting[]) {
  if (dispatch.receiver(name)?.room === undefined) return new Map<string, string>();
  return (await import('./conversations.ts')).goingOn(dispatch, waiting, name);
}

type Begun =
  | (Standing & { readonly kind: 'now' })
  | (Standing & { readonly kind: 'broken'; readonly reason: string })
  | { readonly kind: 'later'; readonly until: number }
  | { readonly kind: 'unawaited' };

// How soon a flush looks again whether another one has ended.
const LOOK_MILLISECONDS = 5_000;

/** Begins now, or within the second in which it may. */
async function beginInTime(flushing: Flushing): Promise<Begun> {
  const { clock } = flushing.dispatch.ports;
  const begun = await begin(flushing);
  const left = begun.kind === 'later' ? begun.until - clock.now() : Number.POSITIVE_INFINITY;
  if (left >= SECOND) return begun;
  await clock.wait(Math.max(0, left));
  return begin(flushing);
}

/** Takes the lease on flushing and the first message's share of the rate; or says when to come again. */
async function begin({ dispatch, name, owner, call, rate }: Flushing): Promise<Begun> {
  const { clock } = dispatch.ports;
  const { result } = await dispatch.desk.change<Begun>(name, async (state) => {
    const now = clock.now();
    const isMine = state.flushing?.owner === owner;
    // Another flush was quicker. The state is written as it is, because this one is dropped for good.
    if (!isMine && ((state.flushAt === undefined && !isFlushLost(state, now)) || isFlushOfAnother(state, call, now))) {
      return { changes: [], state: { ...state }, result: { kind: 'unawaited' } };
    }
    // Early on purpose: by then, another flush that is under way will most likely have ended.
    const early = (state.flushAt ?? now) - now;
    if (!isMine && early > 0 && early < SECOND) {
      return { changes: [], result: { kind: 'later', until: now + early } };
    }
    const standing = standingOf(state);
    const passage =
      !isMine && isFlushing(state, now)
        ? ({ kind: 'wait', until: now + LOOK_MILLISECONDS } as const)
        : gate(state, rate, now, standing.lane);
    if (passage.kind === 'wait') {
      const { until } = passage;
      const urgent = isMine && standing.lane === 'urgent';
      const later = { ...flushEnded(state, owner), flushAt: until, ...(urgent && { urgent }) };
      return { changes: [], state: later, result: { kind: 'later', until } };
    }
    const next = flushBegun(passage.kind === 'open' ? passage.state : state, owner, now);
    return {
      changes: [],
      state: next,
      result: { ...standing, ...(passage.kind === 'broken' ? passage : { kind: 'now' }) },
    };
  });
  return result;
}

/** Gives the lease back; what is still parked gets a flush of its own. */
async function end({ dispatch, name, owner, call, rate }: Flushing, flushed: Flushed): Promise<void> {
  const { desk, ports } = dispatch;
  const { failed, gathered = 0, from = 0, more } = flushed;
  const { result: at } = await desk.change(name, async (state) => {
    const now = ports.clock.now();
    const ended = withStorm(withFlushTried(flushEnded(state, owner), failed), gathered, rate, now);
    const urgent = state.urgent || flushed.urgent;
    const waits = more || failed !== undefined;
    // What came in meanwhile has called for a flush, and for one that looks again only in seconds.
    const isCalled = state.flushAt !== undefined && !urgent;
    if (isCalled || !(waits || urgent)) return { changes: [], state: ended, result: undefined };
    const held = Math.max(now, from, state.heldUntil ?? 0);
    const flushAt = urgent ? held : Math.max(held, untilOf(ended.storm, rate.gather, now));
    const called = { ...ended, flushAt, ...(urgent && { urgent }), ...(call !== undefined && { flushCall: call }) };
    return { changes: [], state: called, result: flushAt };
  });
  if (at !== undefined) await callFlush(ports, { name, call, at });
}

function withStorm({ storm, ...state }: ReceiverState, gathered: number, { gather }: Rate, now: number): ReceiverState {
  if (gather === undefined || gathered === 0) return { ...state, ...(storm && { storm }) };
  const after = stormAfter(storm, gathered, gather, now);
  return { ...state, ...(after && { storm: after }) };
}
