import type { RelayEvent } from '../event/event.ts';
import { remindedAt } from '../event/firing.ts';
import { callFlush } from './call-flush.ts';
import { callReminder } from './call-reminder.ts';
import type { Decide } from './desk.ts';
import { type DeliveryReport, type Dispatch, iso, secondsUntil } from './dispatch.ts';
import { giveUp } from './give-up.ts';
import { deadLetterOf, type Found, lookedUp, storyChanges, storyFound } from './look-up.ts';
import type { Change, Ports } from './ports.ts';
import type { KeptBack } from './quiet.ts';
import type { reminderChanges } from './reminders.ts';
import { type ClaimDecision, type ClaimWish, decideClaim } from './rules/claim.ts';
import type { Delivery } from './rules/delivery.ts';
import { eventKey, parkedKey, storyName } from './rules/keys.ts';
import { laneOf } from './rules/lanes.ts';
import { type LedgerEntry, toldFrom, withAttempt } from './rules/ledger.ts';
import { endsTold, placeInStory } from './rules/order.ts';
import { send } from './send.ts';
import { settle } from './settle.ts';
import { callRelease, heldChanges, heldUntil, releaseOf } from './windows.ts';

// Two forms of a message, ten seconds for each, twice where the connection fails, and room for storage.
const LEASE_MILLISECONDS = 45_000;

// Where storage is slow the line is long, and a message that nobody has begun to send is better off in the queue.
const LINE_MILLISECONDS = 10_000;

/** Tries to deliver one event to one receiver, once. Rejects with a StorageError when the message must come back. */
export async function attemptDelivery(
  dispatch: Dispatch,
  delivery: Delivery,
  name: string,
  owner: string,
): Promise<DeliveryReport> {
  const { ports, receiver } = dispatch;
  const { event, attempt } = delivery;
  const about = { receiver: name, eventId: event.id, attempt };
  const { decision, etag, call, cause } = await claim(dispatch, {
    event,
    receiver: name,
    attempt,
    owner,
    rate: receiver(name)?.rate ?? {},
    place: placeInStory(event, delivery.proven),
    replay: delivery.replay,
    acceptedAt: delivery.acceptedAt,
    standsFor: delivery.standsFor,
    proven: delivery.proven,
    remind: delivery.remind,
  });
  const now = ports.clock.now();
  switch (decision.kind) {
    case 'settled':
      // By this very message, which is back: what it waits for may not have been called.
      if (decision.entry.owner === owner) await callAgain(ports, decision.entry, now);
      return { ...about, outcome: 'duplicate', reason: decision.entry.state };
    case 'quiet':
      if (call !== undefined) await callRelease(ports, name, call);
      return { ...about, outcome: 'quiet', reason: decision.reason, ...(cause && { cause }) };
    case 'overtake':
      return { ...about, outcome: 'overtaken', reason: decision.entry.reason ?? '' };
    case 'park':
      if (decision.first) await callFlush(ports, { name, call: owner, at: decision.flushAt });
      return { ...about, outcome: 'parked', delay: secondsUntil(decision.flushAt, now) };
    case 'leased': {
      const delay = Math.max(1, secondsUntil(decision.until, now));
      await ports.deliveries.send({ ...delivery, receivers: [name] }, delay);
      return { ...about, outcome: 'postponed', reason: 'being-sent', delay };
    }
    case 'divert':
      return { ...about, ...(await giveUp(dispatch, decision.entry, decision.reason, etag)) };
    case 'claim': {
      const { verdict, tried } = await send(dispatch, decision.entry.event, name, toldFrom([decision.entry]));
      const entry = withAttempt(decision.entry, tried);
      const settled = await settle(dispatch, { delivery, entry, etag, verdict });
      return { ...about, milliseconds: tried.milliseconds, ...settled };
    }
  }
}

/** Calls for what an event waits for, which may not have been called. */
export async function callAgain(ports: Ports, entry: LedgerEntry, now: number): Promise<void> {
  const { receiver: name, owner: call } = entry;
  if (entry.state === 'parked') await callFlush(ports, { name, call, at: now });
  const release = releaseOf(entry);
  if (release !== undefined) await callRelease(ports, name, release);
}

interface Claimed {
  readonly decision: ClaimDecision;
  /** What keeps it back. */
  readonly cause?: KeptBack['by'] | undefined;
  /** The end of a window that is to be called for. */
  readonly call?: Parameters<typeof callRelease>[2] | undefined;
  /** When (ISO) it is told again, which is to be called for. */
  readonly remindAt?: string | undefined;
}

/** Decides, writes what was decided in one transaction, and calls for the event's reminder. `etag` is that of the event's row. */
async function claim(
  dispatch: Dispatch,
  wanted: Omit<ClaimWish, 'now' | 'leaseUntil'>,
): Promise<Claimed & { readonly etag: string }> {
  const { desk, ports } = dispatch;
  const { event, receiver: name, place } = wanted;
  const plan = planOf(dispatch, wanted);
  const { result, etags } = await desk.change<Claimed>(name, plan, LINE_MILLISECONDS);
  const { remindAt } = result;
  if (remindAt !== undefined) await callReminder(ports, name, storyName(place?.story ?? event.id), remindAt);
  return { ...result, etag: etags.get(eventKey(event.id)) ?? '' };
}

const planOf =
  (dispatch: Dispatch, wanted: Omit<ClaimWish, 'now' | 'leaseUntil'>): Decide<Claimed> =>
  async (state, again) => {
    const { ports, quiet } = dispatch;
    const key = eventKey(wanted.event.id);
    // Of this very moment: storage may have kept it waiting for its turn, and a share of the rate is not saved up.
    const now = ports.clock.now();
    const wish = { ...wanted, now, leaseUntil: now + LEASE_MILLISECONDS };
    const silenced = await quiet.of(wish.event, wish.receiver, state.silences);
    const mayPass = silenced?.besides !== undefined && wish.place?.final === true;
    // Most events come once: they are looked up only when their row turns out to be there.
    const looks = again || mayPass || wish.attempt > 0 || wish.replay !== undefined;
    const found = await (looks ? lookedUp : storyFound)(ports.ledger, wish);
    const { reminding, changesFor } = await remindersIn(dispatch, wish);
    const kept = keptFor(wish.event, pastSilence(silenced, wish, found));
    const known = { entry: found.entry, state, story: found.memory ?? {}, quiet: kept?.reason, ...reminding };
    const { decision, call, ...held } = heldUntil(decideClaim(known, wish), kept, state, now);
    const { changes: reminder, dueAt: remindAt } = changesFor(decision, found);
    if (decision.kind === 'settled') {
      const changes = [...againChanges(key, decision.entry, found, wish), ...reminder];
      return { changes, result: { decision, remindAt } };
    }
    if (decision.kind === 'leased') return { changes: [], result: { decision } };
    const dead = await deadLetterOf(ports.ledger, wish, found);
    return {
      changes: [
        entryChange(key, decision, found),
        ...storyChanges(wish, found, decision.kind),
        ...parkedChanges(decision),
        ...heldChanges(decision, kept),
        ...reminder,
        // A dead letter that is replayed is one no more.
        ...(dead === undefined ? [] : [{ kind: 'delete' as const, key: dead.key }]),
      ],
      result: { decision, cause: kept?.by, call, remindAt },
      ...('state' in decision && { state: decision.state }),
      ...held,
    };
  };

/** Most events are no reminders, nor told again: what knows of those is loaded when there is one. */
async function remindersIn(dispatch: Dispatch, wish: ClaimWish) {
  const none = { reminding: {}, changesFor: (): ReturnType<typeof reminderChanges> => ({ changes: [] }) };
  if (wish.remind === undefined && remindedAt(wish.event) === undefined) return none;
  const { reminderChanges: changesOf, remindingOf } = await import('./reminders.ts');
  const reminding = await remindingOf(dispatch, wish);
  const changesFor = (decision: ClaimDecision, found: Found) => changesOf(wish, decision, reminding, found);
  return { reminding: { stale: reminding.stale }, changesFor };
}

/** A reminder is not kept for later: the next one is. That something is closed is said once, and waits. */
function keptFor(event: RelayEvent, kept: KeptBack | undefined): KeptBack | undefined {
  const still = remindedAt(event);
  return kept === undefined || still === undefined || still.closed ? kept : { by: kept.by, reason: kept.reason };
}

/** The end of what was told to a receiver passes a silence. */
const pastSilence = (kept: KeptBack | undefined, { place }: ClaimWish, { memory = {} }: Found): KeptBack | undefined =>
  kept?.besides !== undefined && place !== undefined && endsTold(place, memory) ? kept.besides.kept : kept;

// Of these, nobody else writes the row but a replay, which looks again.
const FINAL: readonly LedgerEntry['state'][] = ['sent', 'dead', 'overtaken', 'quiet'];

/** Its sender has told it again, and not the queue: that is written down for whoever asks why nothing came. */
function againChanges(key: string, entry: LedgerEntry, { row }: Found, wish: ClaimWish): readonly Change[] {
  const { attempt, owner, replay, acceptedAt, now } = wish;
  const isSame = entry.acceptedAt === acceptedAt || entry.owner === owner || attempt > 0 || replay !== undefined;
  if (row === undefined || isSame || !FINAL.includes(entry.state)) return [];
  const again = { count: (entry.again?.count ?? 0) + 1, at: iso(now) };
  return [{ kind: 'replace', key, value: { ...entry, again }, etag: row.etag }];
}

const entryChange = (
  key: string,
  { entry: value }: Exclude<ClaimDecision, { kind: 'leased' }>,
  { row }: Found,
): Change => (row === undefined ? { kind: 'insert', key, value } : { kind: 'replace', key, value, etag: row.etag });

const parkedChanges = ({ kind, ...decision }: ClaimDecision): readonly Change[] =>
  kind === 'park' && 'entry' in decision
    ? [{ kind: 'put', key: keyOfParked(decision.entry.event), value: decision.entry }]
    : [];

const keyOfParked = (event: RelayEvent): string => parkedKey(event.occurredAt, event.id, laneOf(event));
