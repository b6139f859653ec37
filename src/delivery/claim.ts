import type { RelayEvent } from '../event/event.ts';
import { remindedAt } from '../event/firing.ts';
import { callReminder } from './call-reminder.ts';
import type { Seen, Writing } from './conversations.ts';
import { type Dispatch, type Found, iso } from './dispatch.ts';
import type { KeptBack } from './muter.ts';
import type { Change, Ledger, Row } from './ports.ts';
import type { Decide } from './receiver-store.ts';
import type { reminderChanges } from './reminders.ts';
import { type ClaimDecision, type ClaimWish, decideClaim } from './rules/claim.ts';
import type { Delivery } from './rules/delivery.ts';
import { deadKey, eventKey, parkedKey, storyKey, storyName } from './rules/keys.ts';
import { laneOf } from './rules/lanes.ts';
import { type LedgerEntry, ledgerEntry } from './rules/ledger.ts';
import { endsSent, positionInStory, remembering } from './rules/order.ts';
import { storyMemory } from './rules/story.ts';
import { type callRelease, deferralChanges, deferredUntil } from './windows.ts';

// Two forms of a message, ten seconds for each, twice where the connection fails, and room for storage.
const LEASE_MILLISECONDS = 45_000;

// Where storage is slow the line is long, and a message that nobody has begun to send is better off in the queue.
const LINE_MILLISECONDS = 10_000;

interface Claimed {
  readonly decision: ClaimDecision;
  /** What keeps it back. */
  readonly cause?: KeptBack['by'] | undefined;
  /** The end of a window that is to be called for. */
  readonly call?: Parameters<typeof callRelease>[2] | undefined;
  /** When (ISO) it is told again, which is to be called for. */
  readonly remindAt?: string | undefined;
  /** The conversation that it belongs to. */
  readonly seen?: Seen | undefined;
}

/** Decides, writes what was decided in one transaction, and calls for the event's reminder. `etag` is that of the event's row. */
export async function claim(
  dispatch: Dispatch,
  { event, attempt, replay, acceptedAt, standsFor, proven, remind }: Delivery,
  name: string,
  owner: string,
): Promise<Omit<Claimed, 'seen'> & { readonly etag: string; readonly held?: Writing | undefined }> {
  const { desk, ports, receiver } = dispatch;
  const place = positionInStory(event, proven);
  const rate = receiver(name)?.rate ?? {};
  const wanted = { event, receiver: name, attempt, owner, rate, place, replay, acceptedAt, standsFor, proven, remind };
  const plan = planOf(dispatch, wanted);
  const { result, etags } = await desk.change<Claimed>(name, plan, LINE_MILLISECONDS);
  const { remindAt, seen, ...claimed } = result;
  if (remindAt !== undefined) await callReminder(ports, name, storyName(place?.story ?? event.id), remindAt);
  return { ...claimed, etag: etags.get(eventKey(event.id)) ?? '', held: seen?.held(etags) };
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
    const seen = await conversationIn(dispatch, wish);
    // Most events come once, and first of their story: they are looked up only when their row turns out to be there.
    const looks = again || mayPass || seen?.goesOn || wish.attempt > 0 || wish.replay !== undefined;
    const found = await (looks ? lookedUp : storyFound)(ports.ledger, wish);
    const { reminding, changesFor } = await remindersIn(dispatch, wish);
    const kept = keptFor(wish.event, pastSilence(silenced, wish, found));
    const story = found.memory ?? {};
    const known = { entry: found.entry, state, story, quiet: kept?.reason, busy: seen?.busy, ...reminding };
    const { decision, call, ...held } = deferredUntil(decideClaim(known, wish), kept, state, now);
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
        ...deferralChanges(decision, kept),
        ...reminder,
        ...(decision.kind === 'claim' && seen ? [seen.take] : []),
        // A dead letter that is replayed is one no more.
        ...(dead === undefined ? [] : [{ kind: 'delete' as const, key: dead.key }]),
      ],
      result: { decision, cause: kept?.by, call, remindAt, ...(decision.kind === 'claim' && { seen }) },
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

/** Few receivers have messages that live on: what knows of those is loaded when there is one. */
async function conversationIn(
  dispatch: Dispatch,
  { event, receiver: name, owner }: ClaimWish,
): Promise<Seen | undefined> {
  if (dispatch.receiver(name)?.room === undefined) return undefined;
  return (await import('./conversations.ts')).conversationSeen(dispatch, { event, name, owner });
}

/** A reminder is not kept for later: the next one is. That something is closed is said once, and waits. */
function keptFor(event: RelayEvent, kept: KeptBack | undefined): KeptBack | undefined {
  const still = remindedAt(event);
  return kept === undefined || still === undefined || still.closed ? kept : { by: kept.by, reason: kept.reason };
}

/** The end of what was told to a receiver passes a silence. */
const pastSilence = (kept: KeptBack | undefined, { place }: ClaimWish, { memory = {} }: Found): KeptBack | undefined =>
  kept?.besides !== undefined && place !== undefined && endsSent(place, memory) ? kept.besides.kept : kept;

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

/** Nobody has looked yet: it is written as if nothing were there, and refused where something is. */
const UNSEEN: Found = {};

async function lookedUp(ledger: Ledger, { event, receiver, place }: ClaimWish): Promise<Found> {
  const [row, story] = await Promise.all([
    ledger.read(receiver, eventKey(event.id)),
    place === undefined ? undefined : ledger.read(receiver, storyKey(place.story)),
  ]);
  // A row of another form is overwritten: the worst that can happen is one message twice.
  const entry = ledgerEntry.safeParse(row?.value).data;
  return { row, entry, ...remembered(story) };
}

/** Of an event that comes for the first time, its story alone: that of a scale set goes on for as long as the set does. */
async function storyFound(ledger: Ledger, { receiver, place }: ClaimWish): Promise<Found> {
  if (place?.step === undefined) return UNSEEN;
  return remembered(await ledger.read(receiver, storyKey(place.story)));
}

const remembered = (story: Row | undefined): Found => ({ story, memory: storyMemory.safeParse(story?.value).data });

/** The dead letter that stands for an event which was given up. */
async function deadLetterOf(ledger: Ledger, { receiver }: ClaimWish, { entry }: Found): Promise<Row | undefined> {
  if (entry?.state !== 'dead') return undefined;
  return ledger.read(receiver, deadKey(entry.updatedAt, entry.event.id));
}

/**
 * The end of a story is written down; its beginning as well, so that an end which comes at the same time is noticed, or
 * another sender that tells of the same beginning.
 */
function storyChanges(
  { place }: ClaimWish,
  { story, memory = {} }: Found,
  decided: ClaimDecision['kind'],
): readonly Change[] {
  if (place === undefined) return [];
  const key = storyKey(place.story);
  const value = remembering(place, memory, decided === 'quiet');
  return [story === undefined ? { kind: 'insert', key, value } : { kind: 'replace', key, value, etag: story.etag }];
}
