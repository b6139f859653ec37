import type { Verdict } from '../destinations/answer.ts';
import type { RelayEvent } from '../event/event.ts';
import { StorageError } from '../problems/errors.ts';
import { giveUp } from './dead-letters.ts';
import { type DeliveryReport, type Dispatch, iso } from './dispatch.ts';
import { concerning, type News, notify } from './notify.ts';
import type { Change } from './ports.ts';
import { regardless } from './regardless.ts';
import type { Delivery } from './rules/delivery.ts';
import { eventKey } from './rules/keys.ts';
import { isSpent, type LedgerEntry } from './rules/ledger.ts';
import {
  afterBroken,
  afterFailure,
  afterRefusal,
  afterSent,
  isBack,
  type ReceiverState,
} from './rules/receiver-state.ts';
import { askedDelay, nextTry } from './rules/schedule.ts';
import { afterWaiting, isWaiting, waitedOut } from './rules/waiting.ts';
import { withSecrets } from './secrets-seen.ts';

export interface Tried {
  readonly delivery: Delivery;
  readonly entry: LedgerEntry;
  /** Of the event's row. */
  readonly etag: string;
  readonly verdict: Verdict;
  /** What else is to be written, whatever the outcome: how its conversation stands. */
  readonly besides?: Change | undefined;
}

/** Deals with the outcome of one attempt. What comes next is queued before the ledger says so: a crash between the two tries twice, the other order would lose. */
export async function settle(
  dispatch: Dispatch,
  { delivery, entry, etag, verdict: answered, besides }: Tried,
): Promise<Pick<DeliveryReport, 'outcome' | 'reason' | 'delay' | 'fallback'>> {
  const { receiver: name } = entry;
  if (answered.kind === 'sent') {
    await recorded(dispatch, { ...entry, state: 'sent' }, etag, besides);
    await regardless(learn(dispatch, name, answered, [entry.event]));
    return { outcome: 'sent' };
  }
  const { clock, random, deliveries, ledger } = dispatch.ports;
  if (besides !== undefined) await regardless(ledger.write(name, [besides]));
  const verdict = await learn(dispatch, name, answered, [entry.event]);
  const { reason } = verdict;
  const mayRetry = verdict.kind === 'retry' && !isSpent(entry, reason, verdict.most);
  const again = mayRetry ? nextTry(delivery, verdict, clock.now(), random) : undefined;
  if (again === undefined) return giveUp(dispatch, entry, reason, etag);
  const { delay, next } = again;
  await deliveries.send({ ...delivery, ...next, receivers: [name] }, delay);
  await recorded(
    dispatch,
    { ...entry, state: 'waiting', attempt: next.attempt, dueAt: iso(clock.now() + delay * 1000) },
    etag,
  );
  return { outcome: 'retry', reason, delay };
}

/**
 * Takes down what an answer to some events says of the receiver itself, for all instances, and tells people what they must
 * know. Resolves with what the answer means for these events: where the receiver is not taken for broken yet, another try.
 */
export async function learn<V extends Verdict>(
  dispatch: Dispatch,
  about: string,
  verdict: V,
  events: readonly RelayEvent[],
): Promise<V | (Verdict & { readonly kind: 'retry' })> {
  const { desk, ports } = dispatch;
  const now = ports.clock.now();
  const { result } = await desk.change(about, async (before) => {
    const seen = withSecrets(before, dispatch.receiver(about)?.secrets, now);
    const meant = waitedOut(verdict, seen, now);
    const state = after(seen, meant, now);
    return { changes: [], state, result: { meant, known: state } };
  });
  const { meant, known } = result;
  // Few receivers are ever broken: what sees to these is loaded then.
  if (isBack(known, now)) await (await import('./resend.ts')).resendDue(dispatch, about);
  const { broken, waiting } = known;
  if (broken !== undefined) await tellTrouble(dispatch, about, { topic: 'receiverBroken', ...broken }, events);
  else if (waiting !== undefined) await tellTrouble(dispatch, about, { topic: 'signIn', ...waiting }, events);
  const isDoubted = meant.kind === 'broken' && broken === undefined;
  return isDoubted ? { kind: 'retry', reason: meant.reason } : meant;
}

async function tellTrouble(
  dispatch: Dispatch,
  about: string,
  { topic, since, reason }: Pick<News, 'topic'> & { readonly since: number; readonly reason: string },
  events: readonly RelayEvent[],
): Promise<void> {
  const { desk, ports } = dispatch;
  const now = ports.clock.now();
  const fallback = dispatch.receiver(about)?.fallback;
  // Once all instances agree on when it began.
  await desk.change(about, async (state) => {
    const what = { reason, ...(fallback && { fallback }), ...concerning(events) };
    const news = { topic, about, now, began: since, ...what } as const;
    return { changes: [], state: await notify(dispatch, state, news), result: undefined };
  });
}

function after(state: ReceiverState, verdict: Verdict, now: number): ReceiverState {
  switch (verdict.kind) {
    case 'sent':
      return afterSent(state, now);
    case 'retry':
      if (isWaiting(verdict)) return afterWaiting(state, verdict, now);
      return afterFailure(state, askedDelay(verdict.retryAfter, now), now);
    case 'broken':
      return (verdict.certain ? afterBroken : afterRefusal)(state, verdict.reason, now);
    // It answered, and only this message displeased it.
    case 'refused':
      return afterSent(state, now);
  }
}

async function recorded({ ports }: Dispatch, entry: LedgerEntry, etag: string, besides?: Change): Promise<void> {
  const value = { ...entry, updatedAt: iso(ports.clock.now()) };
  const change = { kind: 'replace', key: eventKey(entry.event.id), value, etag } as const;
  const write = async () => {
    const all = besides === undefined ? [change] : [change, besides];
    const written = await ports.ledger.write(entry.receiver, all);
    // A conflict is somebody who took the claim over, or only the conversation: what they write counts.
    if (written === 'conflict' && besides !== undefined) await ports.ledger.write(entry.receiver, [change]);
  };
  await patiently(regardless(persistently(ports.clock, write)));
}

// Whoever else is to be told needs the place in the process. What is tried for longer goes on beside it.
const PATIENCE_MILLISECONDS = 8_000;

async function patiently(work: Promise<unknown>): Promise<void> {
  const { promise: long, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MILLISECONDS);
  await Promise.race([work, long]).finally(() => clearTimeout(timer));
}

/** Before each further try, in milliseconds: a minute in all, which is most outages, and far from the ten that a host gives. */
const PAUSES = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

async function persistently(clock: Dispatch['ports']['clock'], write: () => Promise<unknown>): Promise<unknown> {
  for (const pause of PAUSES) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      await clock.wait(pause);
    }
  }
  return write();
}
