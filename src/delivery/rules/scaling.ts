import * as z from 'zod';
import type { EventOf } from '../../event/event.ts';
import { HOUR_MILLISECONDS, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { holdsFor } from './family.ts';

/**
 * What was told of a scale set: beginnings and ends of scalings. The story's row remembers it, because two senders tell of
 * one scaling (autoscale's webhook and the activity log) and only their end says that it is done.
 */
export const scalingStep = z.object({
  /** The event's id. */
  id: z.string(),
  source: z.string(),
  /** Whether its source proved itself; rows of the release before do not say it. */
  proven: z.boolean().optional(),
  /** The sender's id of the operation. */
  operation: z.string().optional(),
  setting: z.string().optional(),
  /** Unknown, in a word that nobody knows: it proves that something was between two others, and no more. */
  phase: z.enum(['started', 'succeeded', 'failed', 'unknown']),
  direction: z.enum(['out', 'in']),
  from: z.number().optional(),
  to: z.number(),
  /** ISO, UTC, by the sender's clock. */
  at: z.string(),
  /** Of what another event has told before: the id of that one. */
  same: z.string().optional(),
  /** It was kept back, so that another event of the same is news. */
  quiet: z.boolean().optional(),
});

export type ScalingStep = z.infer<typeof scalingStep>;

/** Undefined of one that was held back, where nothing has begun, and of what was looked up afterwards. */
export function scalingStepOf(event: EventOf<'scale'>, proven: boolean): ScalingStep | undefined {
  const { id, source, operation, setting, phase, direction, from, to, occurredAt: at } = event;
  return phase === 'held' || event.machines !== undefined
    ? undefined
    : { id, source, proven, operation, setting, phase, direction, from, to, at };
}

/** Reports of one beginning are not further apart. */
const TOGETHER_MILLISECONDS = 10 * MINUTE_MILLISECONDS;

/** A scaling that takes longer is none that began then: its own beginning was not told. */
const LONGEST_MILLISECONDS = 3 * HOUR_MILLISECONDS;

/** So many of each source are remembered of a set; the oldest go first, and nobody's for those of another. */
const MOST = 40;

/** What a step can go by: what its own source or its family has told. */
const heard = <Step extends ScalingStep>(step: ScalingStep, known: readonly Step[]): readonly Step[] =>
  known.filter((each) => holdsFor(each, step));

const isBeginning = ({ phase }: ScalingStep): boolean => phase === 'started';

/** Whether it says that a scaling is over. */
export const isEnd = ({ phase }: ScalingStep): boolean => phase === 'succeeded' || phase === 'failed';

const agree = <Value>(one: Value | undefined, other: Value | undefined): boolean =>
  one === undefined || other === undefined || one === other;

/** One setting, one direction, the same counts: as far as both say it. */
const isAlike = (one: ScalingStep, other: ScalingStep): boolean =>
  one.direction === other.direction &&
  one.to === other.to &&
  agree(one.from, other.from) &&
  agree(one.setting?.toLowerCase(), other.setting?.toLowerCase());

const apart = (one: ScalingStep, other: ScalingStep): number => Math.abs(Date.parse(one.at) - Date.parse(other.at));

/** The id of the event that has told this beginning, or this end, already; a word that nobody knows is always news. */
export const sentBefore = (step: ScalingStep, all: readonly ScalingStep[]): string | undefined => {
  const known = heard(step, all);
  const others = known.filter(({ id }) => id !== step.id);
  if (isEnd(step)) return endBefore(step, others);
  return isBeginning(step) ? beginningBefore(step, known, others) : undefined;
};

/**
 * Never the same sender twice, unless it names the operation: it tells each of its scalings once. Nor is it one where
 * something else was told to happen between the two.
 */
function beginningBefore(
  step: ScalingStep,
  known: readonly ScalingStep[],
  others: readonly ScalingStep[],
): string | undefined {
  const reports = (first: ScalingStep) => known.filter(({ id, same }) => id === first.id || same === first.id);
  return others
    .filter((each) => isBeginning(each) && each.same === undefined && !each.quiet && isAlike(each, step))
    .filter((first) => apart(first, step) <= TOGETHER_MILLISECONDS)
    .filter((first) => reports(first).every((report) => isCompatible(report, step)))
    .filter((first) => !others.some((each) => isBetween(each, first, step)))
    .toSorted((a, b) => apart(a, step) - apart(b, step))
    .at(0)?.id;
}

/** Autoscale's log tells one end under two names, ScaleupResult and GetOperationStatusResult, with one operation. */
const endBefore = (step: ScalingStep, others: readonly ScalingStep[]): string | undefined =>
  others
    .filter((each) => each.phase === step.phase && each.same === undefined && !each.quiet && isAlike(each, step))
    .filter((first) => isOneOperation(first, step) && apart(first, step) <= TOGETHER_MILLISECONDS)
    .find((first) => !others.some((each) => isBeginning(each) && isWithin(each, first, step)))?.id;

const isOneOperation = (one: ScalingStep, other: ScalingStep): boolean =>
  one.operation !== undefined && one.operation === other.operation;

const isCompatible = (report: ScalingStep, step: ScalingStep): boolean =>
  report.id === step.id || report.source !== step.source || isOneOperation(report, step);

/** Evidence that two steps are of two scalings: an end, or a beginning of another kind, with its time between theirs. */
function isBetween(each: ScalingStep, first: ScalingStep, step: ScalingStep): boolean {
  if (!isWithin(each, first, step)) return false;
  // What may have been a beginning of the later one is no evidence.
  const later = first.at < step.at ? step : first;
  return isEnd(each) || (isBeginning(each) ? !isAlike(each, step) : !isOneOperation(each, later));
}

const isWithin = ({ at }: ScalingStep, one: ScalingStep, other: ScalingStep): boolean =>
  one.at < other.at ? at > one.at && at < other.at : at > other.at && at < one.at;

/** When (ISO) a scaling was told to have ended that began no later than this beginning. */
export const endedAfter = (step: ScalingStep, known: readonly ScalingStep[]): string | undefined =>
  !isBeginning(step)
    ? undefined
    : heard(step, known)
        .filter((each) => isEnd(each) && isAlike(each, step) && each.at >= step.at)
        .map(({ at }) => at)
        .toSorted()
        .at(0);

/** The beginning that an end belongs to, as far as is known; of a beginning, the one that told it before. */
export function beginningOf<Step extends ScalingStep>(step: ScalingStep, all: readonly Step[]): Step | undefined {
  const known = heard(step, all);
  if (isBeginning(step)) {
    const first = sentBefore(step, known);
    return known.find(({ id }) => id === first);
  }
  const [began] = known
    .filter((each) => isBeginning(each) && each.same === undefined && isAlike(each, step) && each.at <= step.at)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return began !== undefined && apart(began, step) <= LONGEST_MILLISECONDS ? began : undefined;
}

/** Seconds from its beginning to this end; undefined where that was not told, or something else was between the two. */
export function secondsTaken(step: ScalingStep, all: readonly ScalingStep[]): number | undefined {
  const known = heard(step, all);
  const began = isEnd(step) ? beginningOf(step, known) : undefined;
  if (began === undefined || known.some((each) => !isOneOperation(each, step) && isBetween(each, began, step))) {
    return undefined;
  }
  const taken = apart(began, step);
  return taken >= 1_000 ? taken / 1_000 : undefined;
}

/** What is known once this step was dealt with. */
export function withStep<Step extends ScalingStep>(step: Step, known: readonly Step[]): readonly Step[] {
  const all = [...known.filter(({ id }) => id !== step.id), step].toSorted(byTime);
  const bySource = Map.groupBy(all, ({ source }) => source);
  return [...bySource.values()].flatMap((some) => some.slice(-MOST)).toSorted(byTime);
}

const byTime = (a: ScalingStep, b: ScalingStep): number => (a.at < b.at ? -1 : 1);
