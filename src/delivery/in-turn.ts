import type { Rate } from '../destinations/rate.ts';
import type { RelayEvent } from '../event/event.ts';
import { bundling } from './conversation-for.ts';
import { giveUpAll } from './dead-letters.ts';
import type { DeliveryReport, Dispatch } from './dispatch.ts';
import { type Parked, recordAll } from './parked.ts';
import { type Bundle, bundle } from './rules/bundle.ts';
import type { Flush } from './rules/delivery.ts';
import type { Unit } from './rules/lanes.ts';
import { type Attempt, isSpent, type LedgerEntry, sentFrom, withAttempt, withTries } from './rules/ledger.ts';
import type { Lane } from './rules/rate.ts';
import { gate, type ReceiverState } from './rules/receiver-state.ts';
import { askedDelay } from './rules/schedule.ts';
import { learn } from './settle.ts';
import { tellWaited } from './tell.ts';
import { tryAgain } from './try-again.ts';

const SECOND = 1_000;

/** One flush of a receiver: its message of the queue, and who brought it. */
export interface Flushing extends Omit<Flush, 'version' | 'flush' | 'trace'> {
  readonly dispatch: Dispatch;
  readonly name: string;
  readonly owner: string;
  readonly rate: Rate;
}

export interface Waiting extends Parked {
  readonly event: RelayEvent;
  readonly proven: boolean | undefined;
  readonly tries: number;
}
/** What the receiver's state said when a flush began, or took the share of one more message. */
export interface Standing {
  readonly lane: Lane;
  /** Those of flushes before this one that failed. */
  readonly tries: readonly Attempt[];
  /** Whether its last message went through. */
  readonly isWell: boolean;
}

export const standingOf = (state: ReceiverState): Standing => ({
  lane: (state.urgent ?? state.flushing?.urgent) ? 'urgent' : 'usual',
  tries: state.tries ?? [],
  isWell: state.failures === 0,
});

/** How a flush went. */
export interface Flushed {
  readonly reports: readonly DeliveryReport[];
  /** Whether something still waits that this flush has seen, and from when on it may leave (milliseconds). */
  readonly more: boolean;
  readonly from?: number;
  /** Whether some of that is urgent. */
  readonly urgent?: boolean;
  /** Where a message that told of several is to be tried again. */
  readonly failed?: Attempt | undefined;
  /** Events of the last message that told of what is not urgent together. */
  readonly gathered?: number;
}

// A post may take 10 s more, a mail 42 s, and whoever runs the function gives it up after some time.
const LAST_POST_MILLISECONDS = 8_000;

/** Sends one message after the other, at the receiver's pace, as long as they go through. */
export async function sendInTurn(
  flushing: Flushing,
  begun: Standing,
  units: readonly Unit<Waiting>[],
): Promise<Flushed> {
  const { clock } = flushing.dispatch.ports;
  const last = clock.now() + LAST_POST_MILLISECONDS;
  const reports: DeliveryReport[] = [];
  let gathered = 0;
  let standing = begun;
  for (const [index, unit] of units.entries()) {
    const share =
      index === 0 ? begun : clock.now() < last ? await shareFor(flushing, unit.lane) : { from: clock.now() };
    if ('from' in share)
      return { reports, more: true, urgent: hasUrgent(units.slice(index)), from: share.from, gathered };
    standing = share;
    const { report, isOver, failed, from } = await sendUnit(flushing, standing, unit, units.slice(index + 1));
    reports.push(report);
    // What is tried again by itself has left the parking place.
    const stays = from !== undefined || (report.outcome === 'retry' && report.delay === undefined);
    const left = units.slice(stays ? index : index + 1);
    const more = report.outcome === 'retry' || left.length > 0;
    if (isOver)
      return { reports, more, urgent: hasUrgent(left), failed, gathered, ...(from !== undefined && { from }) };
    if (unit.lane === 'usual') gathered = unit.members.length;
  }
  return { reports, more: false, gathered };
}

const hasUrgent = (units: readonly Unit<Waiting>[]): boolean => units.some(({ lane }) => lane === 'urgent');

/** Takes the share of one more message; waits for it up to a second. */
async function shareFor(flushing: Flushing, lane: Lane): Promise<Standing | { readonly from: number }> {
  const { clock } = flushing.dispatch.ports;
  const share = await tryShare(flushing, lane);
  const left = 'from' in share ? share.from - clock.now() : 0;
  if (left <= 0 || left > SECOND) return share;
  await clock.wait(left);
  return tryShare(flushing, lane);
}

async function tryShare(
  { dispatch, name, owner, rate }: Flushing,
  lane: Lane,
): Promise<Standing | { readonly from: number }> {
  const { clock } = dispatch.ports;
  const { result } = await dispatch.desk.change<Standing | { readonly from: number }>(name, async (state) => {
    const now = clock.now();
    // What is urgent has come meanwhile, or somebody took this flush for dead: the next one sees to the rest.
    const isOver = state.flushing?.owner !== owner || (lane === 'usual' && state.urgent === true);
    const passage = isOver ? undefined : gate(state, rate, now, lane);
    if (passage?.kind !== 'open') {
      return { changes: [], result: { from: passage?.kind === 'wait' ? passage.until : now } };
    }
    return { changes: [], state: passage.state, result: { ...standingOf(state), lane } };
  });
  return result;
}

/** Sends one message; `isOver` where nothing more is to be sent now. */
async function sendUnit(
  { dispatch, name, owner }: Flushing,
  standing: Standing,
  { members }: Unit<Parked>,
  rest: readonly Unit<Parked>[],
): Promise<{
  readonly report: DeliveryReport;
  readonly isOver?: true;
  readonly failed?: Attempt;
  /** When it may be told, where somebody else tells what it belongs to (milliseconds). */
  readonly from?: number;
}> {
  const isAlone = members.length === 1;
  const waited = isAlone ? members : withTriesOf(standing, members);
  const entries = members.map(({ entry }) => entry);
  const events = entries.map((entry) => entry.event);
  const { event, repeated } = bundle(entries, name, bundling(dispatch));
  const more = { repeated, ...sentFrom(entries) };
  const followed = rest.flatMap((unit) => unit.members.map(({ entry }) => entry.event));
  const went = await tellWaited(dispatch, { event, name, owner, more, followed });
  if ('busy' in went) {
    return { report: { outcome: 'postponed', receiver: name, reason: 'being-sent' }, isOver: true, from: went.busy };
  }
  const { verdict: answered, tried } = went;
  const about = { receiver: name, eventId: event.id, events: members.length, milliseconds: tried.milliseconds };
  const after = waited.map(({ key, entry }) => ({ key, entry: withAttempt(entry, tried) }));
  if (answered.kind === 'sent') await recordAll(dispatch, name, after, (entry) => asSent(entry, event));
  const verdict = await learn(dispatch, name, answered, events);
  switch (verdict.kind) {
    case 'sent':
      return { report: { ...about, outcome: isAlone ? 'sent' : 'digest' } };
    case 'retry': {
      const { reason, most } = verdict;
      const spent = after.filter(({ entry }) => isSpent(entry, reason, most));
      const given = await giveUpAll(dispatch, name, spent, reason);
      if (spent.length === after.length) return { report: { ...about, ...given }, isOver: true };
      const [only] = after;
      if (!isAlone || only === undefined) {
        return { report: { ...about, outcome: 'retry', reason }, isOver: true, failed: tried };
      }
      const isItsOwn = standing.isWell && askedDelay(verdict.retryAfter, dispatch.ports.clock.now()) === undefined;
      return { report: { ...about, ...(await tryAgain(dispatch, name, only, { isItsOwn, verdict })) }, isOver: true };
    }
    case 'refused':
      return { report: { ...about, ...(await giveUpAll(dispatch, name, after, verdict.reason)) } };
    case 'broken':
      return { report: { ...about, ...(await giveUpAll(dispatch, name, after, verdict.reason)) }, isOver: true };
  }
}

export const withTriesOf = ({ tries }: Standing, parked: readonly Parked[]): Parked[] =>
  parked.map(({ key, entry }) => ({ key, entry: withTries(entry, tries) }));

const asSent = (entry: LedgerEntry, event: Bundle['event']): LedgerEntry => ({
  ...entry,
  state: 'sent',
  ...(event.id !== entry.event.id && { digest: event.id }),
});
