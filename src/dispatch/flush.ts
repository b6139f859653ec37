import { type Bundle, bundle } from '../delivery/bundle.ts';
import { type Attempt, type LedgerEntry, standingFor, withAttempt, withTries } from '../delivery/ledger.ts';
import { flushBegun, flushEnded, gate, isFlushing, withFlushTried } from '../delivery/receiver-state.ts';
import type { Ports } from '../ports.ts';
import { keysFor } from '../routing/owners.ts';
import { type DeliveryReport, type Dispatch, iso, secondsUntil } from './dispatch.ts';
import { passedOn } from './give-up.ts';
import { type Parked, parkedFor, recordAll } from './parked.ts';
import { send } from './send.ts';
import { learn } from './settle.ts';

/**
 * Queues a flush. Only once the receiver's state says that it comes: a flush that nobody awaits does nothing. Queues count
 * whole seconds: it comes within the last one, and waits for the rest itself.
 */
export const callFlush = ({ deliveries, clock }: Ports, receiver: string, at: number): Promise<void> =>
  deliveries.send({ version: 1, flush: receiver }, Math.max(0, Math.floor((at - clock.now()) / SECOND)));

const SECOND = 1_000;

/** Sends what is parked for a receiver as one message. Rejects with a StorageError when the flush must come back. */
export async function flushReceiver(dispatch: Dispatch, name: string, owner: string): Promise<DeliveryReport> {
  const { ports } = dispatch;
  const begun = await beginInTime(dispatch, name, owner);
  if (begun.kind === 'unawaited') return { outcome: 'nothing', receiver: name };
  if (begun.kind === 'later') {
    await callFlush(ports, name, begun.until);
    return { outcome: 'postponed', receiver: name, delay: secondsUntil(begun.until, ports.clock.now()) };
  }
  const { parked: found, more } = await parkedFor(dispatch, name);
  const parked = found.map(({ key, entry }) => ({ key, entry: withTries(entry, begun.tries) }));
  const { report, failed }: Flushed =
    begun.kind === 'broken'
      ? { report: await giveUpAll(dispatch, name, parked, begun.reason) }
      : await sendParked(dispatch, name, parked);
  await end(dispatch, name, owner, { more, failed });
  return report;
}

/** How a flush went; `failed` where all of it is to be tried again. */
interface Flushed {
  readonly report: DeliveryReport;
  readonly failed?: Attempt | undefined;
}

/** `tries` are those of flushes before this one that failed. */
type Begun =
  | { readonly kind: 'now'; readonly tries: readonly Attempt[] }
  | { readonly kind: 'later'; readonly until: number }
  | { readonly kind: 'broken'; readonly reason: string; readonly tries: readonly Attempt[] }
  | { readonly kind: 'unawaited' };

// How soon a flush looks again whether another one has ended.
const LOOK_MILLISECONDS = 5_000;

/** Begins now, or within the second in which it may. */
async function beginInTime(dispatch: Dispatch, name: string, owner: string): Promise<Begun> {
  const { clock } = dispatch.ports;
  const begun = await begin(dispatch, name, owner);
  const left = begun.kind === 'later' ? begun.until - clock.now() : Number.POSITIVE_INFINITY;
  if (left >= SECOND) return begun;
  await clock.wait(Math.max(0, left));
  return begin(dispatch, name, owner);
}

/** Takes the lease on flushing and the message's share of the rate; or says when to come again. */
async function begin({ desk, ports, receiver }: Dispatch, name: string, owner: string): Promise<Begun> {
  const { result } = await desk.change<Begun>(name, async (state) => {
    const now = ports.clock.now();
    const isMine = state.flushing?.owner === owner;
    // Another flush was quicker. The state is written as it is, because this one is dropped for good.
    if (!isMine && state.flushAt === undefined) {
      return { changes: [], state: { ...state }, result: { kind: 'unawaited' } };
    }
    // Early on purpose: by then, another flush that is under way will most likely have ended.
    const early = (state.flushAt ?? now) - now;
    if (!isMine && early > 0 && early < SECOND) {
      return { changes: [], result: { kind: 'later', until: now + early } };
    }
    const passage =
      !isMine && isFlushing(state, now)
        ? ({ kind: 'wait', until: now + LOOK_MILLISECONDS } as const)
        : gate(state, receiver(name)?.rate ?? {}, now);
    if (passage.kind === 'wait') {
      const { until } = passage;
      return { changes: [], state: { ...flushEnded(state, owner), flushAt: until }, result: { kind: 'later', until } };
    }
    const next = flushBegun(passage.kind === 'open' ? passage.state : state, owner, now);
    const { tries = [] } = state;
    return { changes: [], state: next, result: { tries, ...(passage.kind === 'broken' ? passage : { kind: 'now' }) } };
  });
  return result;
}

/** Gives the lease back; what is still parked gets a flush of its own. */
async function end(
  { desk, ports }: Dispatch,
  name: string,
  owner: string,
  { more, failed }: Pick<Flushed, 'failed'> & { readonly more: boolean },
): Promise<void> {
  const { result: flushAt } = await desk.change(name, async (state) => {
    const ended = withFlushTried(flushEnded(state, owner), failed);
    const isOver = !more && failed === undefined;
    // What came in meanwhile has called for a flush.
    if (isOver || state.flushAt !== undefined) return { changes: [], state: ended, result: undefined };
    const flushAt = Math.max(ports.clock.now(), state.heldUntil ?? 0);
    return { changes: [], state: { ...ended, flushAt }, result: flushAt };
  });
  if (flushAt !== undefined) await callFlush(ports, name, flushAt);
}

async function sendParked(dispatch: Dispatch, name: string, parked: readonly Parked[]): Promise<Flushed> {
  if (parked.length === 0) return { report: { outcome: 'nothing', receiver: name } };
  const { event, repeated } = bundle(
    parked.map(({ entry }) => entry.event),
    name,
    { keysFor: (each) => keysFor(each, dispatch.owners) },
  );
  const { verdict, tried } = await send(dispatch, event, name, {
    repeated,
    standsFor: standingFor(parked.map(({ entry }) => entry)),
  });
  const about = { receiver: name, eventId: event.id, events: parked.length, milliseconds: tried.milliseconds };
  const after = parked.map(({ key, entry }) => ({ key, entry: withAttempt(entry, tried) }));
  if (verdict.kind === 'sent') await recordAll(dispatch, name, after, (entry) => sentIn(entry, event));
  await learn(
    dispatch,
    name,
    verdict,
    parked.map(({ entry }) => entry.event),
  );
  switch (verdict.kind) {
    case 'sent':
      return { report: { ...about, outcome: parked.length === 1 ? 'sent' : 'digest' } };
    case 'retry':
      return { report: { ...about, outcome: 'retry', reason: verdict.reason }, failed: tried };
    case 'refused':
    case 'broken':
      return { report: { ...about, ...(await giveUpAll(dispatch, name, after, verdict.reason)) } };
  }
}

const sentIn = (entry: LedgerEntry, event: Bundle['event']): LedgerEntry => ({
  ...entry,
  state: 'sent',
  ...(event.id !== entry.event.id && { digest: event.id }),
});

/** Each of them becomes a dead letter, and goes to the fallback by itself. */
async function giveUpAll(
  dispatch: Dispatch,
  name: string,
  parked: readonly Parked[],
  reason: string,
): Promise<DeliveryReport> {
  const { ports, receiver } = dispatch;
  const now = iso(ports.clock.now());
  const fallback = receiver(name)?.fallback;
  if (fallback !== undefined) {
    for (const { entry } of parked) {
      await ports.deliveries.send(passedOn(entry, fallback, now));
    }
  }
  const told = fallback === undefined ? {} : { fallback };
  await recordAll(dispatch, name, parked, (entry) => ({ ...entry, state: 'dead', reason, ...told }));
  return { outcome: 'dead', receiver: name, reason, events: parked.length, ...told };
}
