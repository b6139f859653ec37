import { silentVerdicts } from '../../event/drift.ts';
import type { EventOf } from '../../event/event.ts';
import { severities } from '../../event/fields.ts';
import { HOUR_MILLISECONDS, iso } from '../../event/time/units.ts';
import { type Episode, episode, type Turn } from './episode.ts';
import type { Hidden } from './image-age.ts';
import type { SetReading } from './reading.ts';
import { type Advice, INSTANCE_STEPS, remedy } from './remedy.ts';
import { openEvent, remediationTargetOf, resolvedEvent, type Telling } from './report.ts';
import { isOpen, type ReportedVerdict, type SetState, type Verdict } from './state.ts';
import { wishes } from './tags.ts';
import { isMeant, judge, severityOf } from './verdict.ts';

/** What one reading of a set comes to. */
export interface Outcome {
  readonly verdict: Verdict;
  /** Undefined: there is nothing to remember. */
  readonly state?: SetState | undefined;
  readonly event?: EventOf<'drift'> | undefined;
}

/** Drift that comes back within this time goes on, and is not news. */
export const FLAPPING = 2 * HOUR_MILLISECONDS;

/** Judges one set, and says what to remember and what to tell. */
export function advance(
  last: SetState | undefined,
  reading: SetReading,
  hidden: Hidden | undefined,
  turn: Turn,
): Outcome {
  const current = episode(reading, hidden, last, turn);
  const verdict = judge(current.findings, turn.settings);
  if (verdict === 'managed') return { verdict };
  // Images are looked at once a day: in between, what is known of them stands.
  if (verdict === 'clean' && last?.verdict === 'hidden' && reading.inUse === undefined) return { verdict, state: last };
  if (verdict === 'clean' || (verdict === 'hidden' && leaves(last, turn.now))) {
    return over(last, current, turn.now);
  }
  const state = { ...current.state, verdict };
  if (isSilent(verdict)) return { verdict, state: due(state, current, turn) };
  return tell(verdict, { ...current, state }, turn);
}

const isSilent = (verdict: Verdict): verdict is (typeof silentVerdicts)[number] =>
  (silentVerdicts as readonly Verdict[]).includes(verdict);

/** Whether drift of another sort ends, or has just ended: old images are a story of their own, told later. */
const leaves = (last: SetState | undefined, now: number): boolean =>
  (last?.told !== undefined && last.told.verdict !== 'hidden') ||
  (last !== undefined && !isOpen(last) && isFresh(last.resolvedAt, now));

const isFresh = (resolvedAt: string | undefined, now: number): boolean =>
  resolvedAt !== undefined && now - Date.parse(resolvedAt) < FLAPPING;

/** Drift that is no more. The set was read to its end; it is only called resolved where no more instances hide their model. */
function over(last: SetState | undefined, { reading, state: { unseen } }: Episode, now: number): Outcome {
  const verdict = 'clean';
  if (last === undefined) return { verdict };
  const { told, drifted: _, rollout: __, dueAt: ___, approval: ____, unseen: _____, ...rest } = last;
  // Nobody was told of it, or everybody was told that it is over.
  if (told === undefined) {
    return isFresh(last.resolvedAt, now) ? { verdict, state: { ...rest, verdict, behind: 0 } } : { verdict };
  }
  if (reading.unknown > last.unknown) return { verdict: last.verdict, state: last };
  const event = resolvedEvent(reading, { change: 'resolved', ...told }, { ...last, unseen }, now);
  return { verdict, event, state: { ...rest, verdict, behind: 0, resolvedAt: iso(now) } };
}

function tell(verdict: ReportedVerdict, current: Episode, turn: Turn): Outcome {
  const severity = severityOf(verdict, current.findings);
  const { state } = current;
  const next = remedy(remediationTargetOf(current, verdict))?.advice;
  const change = changeOf({ verdict, severity }, state, turn) ?? (isNext(next, state) ? 'changed' : undefined);
  if (change === undefined) return { verdict, state: due(state, current, turn) };
  const at = iso(turn.now);
  const event = openEvent(current, { change, verdict, severity }, turn);
  const { advice } = event;
  const until = verdict === 'awaitingApproval' ? state.approval?.until : undefined;
  const told = {
    ...{ verdict, severity, behind: state.behind, at },
    ...(advice !== undefined && { advice }),
    ...(until !== undefined && { until }),
    ...(state.repairsSuspended && { repairsSuspended: state.repairsSuspended }),
  };
  const advised = advice === 'update' && state.advisedAt === undefined ? { advisedAt: at } : {};
  return { verdict, event, state: due({ ...state, told, ...advised }, current, turn) };
}

/** Whether what people were advised has been done as far as it goes, and a harsher step is left. */
function isNext(next: Advice | undefined, { told }: SetState): boolean {
  const steps: readonly (string | undefined)[] = INSTANCE_STEPS;
  const before = steps.indexOf(told?.advice);
  return before >= 0 && steps.indexOf(next) > before;
}

/** Whether there is something to tell, and what it is to those who were told before. */
function changeOf(
  { verdict, severity }: Omit<Telling, 'change'>,
  { told, behind, openedAt, resolvedAt, approval, repairsSuspended }: SetState,
  { now, settings }: Turn,
): Telling['change'] | undefined {
  if (told === undefined) return isFresh(resolvedAt, Date.parse(openedAt)) ? 'changed' : 'opened';
  const isWorse = severities.indexOf(severity) > severities.indexOf(told.severity);
  // The next batch waits, or somebody has put the end off.
  const isLater = verdict === 'awaitingApproval' && told.until !== approval?.until;
  const isUnrepaired = repairsSuspended && !told.repairsSuspended && told.verdict !== 'repairsSuspended';
  if (told.verdict !== verdict || isWorse || isLater || isUnrepaired || hasGrown(told.behind, behind)) return 'changed';
  const remindAt = reminder(verdict, told.at, settings.remindHours);
  return remindAt !== undefined && now >= remindAt ? 'reminder' : undefined;
}

const GROWTH = 0.25;

/** By a quarter, which below four is one. Shrinking is silent, and so is growing back to what was told. */
const hasGrown = (told: number, behind: number): boolean => behind > told && behind - told >= told * GROWTH;

const reminder = (verdict: ReportedVerdict, toldAt: string, hours: number): number | undefined =>
  hours === 0 || isMeant(verdict) ? undefined : Date.parse(toldAt) + hours * HOUR_MILLISECONDS;

/** Notes when the set has to be read again although nothing about it changes. */
function due(state: SetState, { reading, modelChangedAt }: Episode, { now, settings }: Turn): SetState {
  const { verdict, told, approval } = state;
  const promised = wishes(reading.set).canaryUntil;
  const canaryEnd = Math.max(
    Date.parse(modelChangedAt ?? state.since) + settings.canaryHours * HOUR_MILLISECONDS,
    promised === undefined ? 0 : Date.parse(promised),
  );
  const times = [
    isSilent(verdict) ? now : undefined,
    verdict === 'canary' ? canaryEnd : undefined,
    approval?.until === undefined ? undefined : Math.max(Date.parse(approval.until), now),
    told === undefined ? undefined : reminder(told.verdict, told.at, settings.remindHours),
  ].filter((time) => time !== undefined);
  return times.length === 0 ? state : { ...state, dueAt: iso(Math.min(...times)) };
}
