import { callFlush } from '../delivery/call-flush.ts';
import { claim } from '../delivery/claim.ts';
import { giveUp, unreadable } from '../delivery/dead-letters.ts';
import { type DeliveryReport, type Dispatch, secondsUntil } from '../delivery/dispatch.ts';
import { type Delivery, queueMessage } from '../delivery/rules/delivery.ts';
import { withAttempt } from '../delivery/rules/ledger.ts';
import { settle } from '../delivery/settle.ts';
import { tell } from '../delivery/tell.ts';
import { callAgain, callRelease } from '../delivery/windows.ts';
import type { RelayEvent } from '../event/event.ts';
import type { Routed } from '../routing/choice.ts';
import { NO_MUTES } from '../routing/mutes.ts';
import { accepted } from './accepted.ts';
import { type HttpRequest, handshake } from './http.ts';
import type { RelayParts } from './parts.ts';
import type { Receipt } from './receipt.ts';
import { receive } from './receive.ts';
import { routedAll } from './routed.ts';
import { release, store, tellCut } from './store.ts';

// The way of every event: which stage comes after which, and why. How a stage works stands in the file that it comes from.

/** What the way of an event is made of. */
export interface Way {
  readonly parts: RelayParts;
  readonly dispatch: Dispatch;
  /** Whom an event is for, by the configuration. */
  readonly route: (event: RelayEvent) => Routed;
  /** Runs what needs storage, and notices where that is away. */
  readonly withStorage: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A webhook: from its request to a receipt, once its events are stored. Throws a RelayError. */
export async function accept({ parts, dispatch, route, withStorage }: Way, request: HttpRequest): Promise<Receipt> {
  const { sources: settings = {}, own, quiet: rules = NO_MUTES, notices = [], receivers, drift, ports } = parts;
  const { quiet } = dispatch;
  // Whoever asks whether they may post brings nothing yet.
  if (request.method === 'OPTIONS') return { outcome: 'answered', reply: {}, headers: handshake(request) };
  // read → verify → normalize: nothing of a body is believed before its sender is.
  const { touched } = drift ?? {};
  const { read, source, proven, ignored, cut } = await receive(request, { settings, own, ports, keep: true, touched });
  if ('reply' in read) return { outcome: 'answered', reply: read.reply };
  // route: also what nobody wants, which is noted for whoever asks why nothing came.
  const { events, keep } = await routedAll(ports, { given: read, proven }, route);
  const silences = await withStorage(async () => {
    // store: before the sender hears of it. All silences and windows are judged when it is delivered; here they are only told.
    const [known] = await Promise.all([quiet.silences(), store(events, ports, proven), keep()]);
    // release: after the events, so that what waited for a deployment leaves behind the news of its end.
    const names = receivers.map(({ name }) => name);
    await release(events, proven, dispatch, names);
    if (cut !== undefined) await tellCut(cut, events, { notices, ports });
    return known;
  });
  // receipt: what was stored and for whom, and who will not hear of it now.
  const told = accepted({ ...rules, silences }, ports);
  return { outcome: 'accepted', source, events: events.map(told), ignored, ...(cut && { cut: cut.count }) };
}

/** A message of the queue: what it asks for, done. Rejects with a StorageError when it must come back. */
export async function deliver(dispatch: Dispatch, message: unknown, owner: string): Promise<readonly DeliveryReport[]> {
  const { data } = queueMessage.safeParse(message);
  if (data === undefined) return [await unreadable(dispatch, message)];
  // The first two are releases as well, for a release of this app that knows no better.
  if ('look' in data) return [await (await import('../delivery/machine-check.ts')).lookFor(dispatch, data)];
  if ('remind' in data && 'release' in data)
    return [await (await import('../delivery/remind.ts')).remindDue(dispatch, data, owner)];
  if ('act' in data && 'release' in data) return [await (await import('./acts/perform.ts')).perform(dispatch, data)];
  if ('release' in data) {
    const { releaseDeferred } = await import('../delivery/release.ts');
    return Promise.all(data.receivers.map((name) => releaseDeferred(dispatch, data.release, name, owner)));
  }
  if ('flush' in data) return (await import('../delivery/flush.ts')).flushReceiver(dispatch, data, owner);
  // Each receiver by itself: what happens to one must not delay or repeat the other's message.
  const [results] = await Promise.all([
    Promise.allSettled(data.receivers.map((name) => deliverTo(dispatch, data, name, owner))),
    followed(dispatch, data),
  ]);
  // Only once all have ended does one fail the message, so that no send is cut off by another's storage fault.
  return results.map((result) => {
    if (result.status === 'fulfilled') return result.value;
    throw result.reason;
  });
}

/** Most relays follow no scaling: what does is loaded when there is one. */
async function followed(dispatch: Dispatch, delivery: Delivery): Promise<void> {
  if (dispatch.machines === undefined || delivery.event.kind !== 'scale') return;
  await (await import('../delivery/follow.ts')).follow(dispatch, delivery);
}

/** One event to one receiver, once: claim → send → settle. Rejects with a StorageError when the message must come back. */
async function deliverTo(dispatch: Dispatch, delivery: Delivery, name: string, owner: string): Promise<DeliveryReport> {
  const { ports } = dispatch;
  const about = { receiver: name, eventId: delivery.event.id, attempt: delivery.attempt };
  // claim: what comes next is decided and written in one transaction. The first of these that fits, in this order:
  const { decision, etag, call, cause, held } = await claim(dispatch, delivery, name, owner);
  const now = ports.clock.now();
  switch (decision.kind) {
    // dedup: this occurrence is dealt with.
    case 'settled':
      // By this very message, which is back: what it waits for may not have been called.
      if (decision.entry.owner === owner) await callAgain(ports, decision.entry, now);
      return { ...about, outcome: 'duplicate', reason: decision.entry.state };
    // dedup: somebody else is sending it.
    case 'leased': {
      const delay = Math.max(1, secondsUntil(decision.until, now));
      await ports.deliveries.send({ ...delivery, receivers: [name] }, delay);
      return { ...about, outcome: 'postponed', reason: 'being-sent', delay };
    }
    // supersede: something later of its story was told.
    case 'overtake':
      return { ...about, outcome: 'overtaken', reason: decision.entry.reason ?? '' };
    // mute, defer: a silence, a window or a deployment keeps it back. Called for once the row says that it waits.
    case 'quiet':
      if (call !== undefined) await callRelease(ports, name, call);
      return { ...about, outcome: 'quiet', reason: decision.reason, ...(cause && { cause }) };
    // dead letter, failover: the receiver takes nothing.
    case 'divert':
      return { ...about, ...(await giveUp(dispatch, decision.entry, decision.reason, etag)) };
    // rate: its receiver is over its rate, or others wait already. It leaves with the next flush.
    case 'park':
      if (decision.first) await callFlush(ports, { name, call: owner, at: decision.flushAt });
      return { ...about, outcome: 'parked', delay: secondsUntil(decision.flushAt, now) };
    case 'claim': {
      // send: before anything says so. A crash here sends twice; the other order would lose.
      const { verdict, tried, ...told } = await tell(dispatch, decision.entry, held);
      // settle: the next try is queued, or a dead letter written, or its success recorded.
      const entry = withAttempt(decision.entry, tried);
      const settled = await settle(dispatch, { delivery, entry, etag, verdict, ...told });
      return { ...about, milliseconds: tried.milliseconds, ...settled };
    }
  }
}
