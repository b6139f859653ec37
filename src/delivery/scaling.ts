import * as z from 'zod';
import type { EventOf } from '../event/event.ts';

/**
 * What was told of a scale set: beginnings and ends of scalings. The story's row remembers it, because two senders tell of
 * one scaling (autoscale's webhook and the activity log) and only their end says that it is done.
 */
export const scalingStep = z.object({
  /** The event's id. */
  id: z.string(),
  source: z.string(),
  /** The sender's id of the operation. */
  operation: z.string().optional(),
  setting: z.string().optional(),
  phase: z.enum(['started', 'succeeded', 'failed']),
  direction: z.enum(['out', 'in']),
  from: z.number().optional(),
  to: z.number(),
  /** ISO, UTC, by the sender's clock. */
  at: z.string(),
  /** Of a beginning that another event has told before: the id of that one. */
  same: z.string().optional(),
  /** It was kept back, so that another event of the same beginning is news. */
  quiet: z.boolean().optional(),
});

export type ScalingStep = z.infer<typeof scalingStep>;

/**
 * Undefined of one that was held back, where nothing has begun, and of a word that nobody knows and of what was looked up
 * afterwards, which are always told.
 */
export function scalingStepOf(event: EventOf<'scale'>): ScalingStep | undefined {
  const { id, source, operation, setting, phase, direction, from, to, occurredAt: at } = event;
  return phase === 'held' || phase === 'unknown' || event.machines !== undefined
    ? undefined
    : { id, source, operation, setting, phase, direction, from, to, at };
}

/** Reports of one beginning are not further apart. */
const TOGETHER_MILLISECONDS = 10 * 60_000;

/** A scaling that takes longer is none that began then: its own beginning was not told. */
const LONGEST_MILLISECONDS = 3 * 3_600_000;

/** So many are remembered of a set; the oldest go first. */
const MOST = 40;

const isEnd = ({ phase }: ScalingStep): boolean => phase !== 'started';

const agree = <Value>(one: Value | undefined, other: Value | undefined): boolean =>
  one === undefined || other === undefined || one === other;

/** One setting, one direction, the same counts: as far as both say it. */
const isAlike = (one: ScalingStep, other: ScalingStep): boolean =>
  one.direction === other.direction &&
  one.to === other.to &&
  agree(one.from, other.from) &&
  agree(one.setting?.toLowerCase(), other.setting?.toLowerCase());

const apart = (one: ScalingStep, other: ScalingStep): number => Math.abs(Date.parse(one.at) - Date.parse(other.at));

/**
 * The id of the event that has told this beginning already. Never the same sender twice, unless it names the operation: it
 * tells each of its scalings once. Nor is it one where something else was told to happen between the two.
 */
export function toldBefore(step: ScalingStep, known: readonly ScalingStep[]): string | undefined {
  if (isEnd(step)) return undefined;
  const others = known.filter(({ id }) => id !== step.id);
  const reports = (first: ScalingStep) => known.filter(({ id, same }) => id === first.id || same === first.id);
  return others
    .filter((each) => !isEnd(each) && each.same === undefined && !each.quiet && isAlike(each, step))
    .filter((first) => apart(first, step) <= TOGETHER_MILLISECONDS)
    .filter((first) => reports(first).every((report) => isCompatible(report, step)))
    .filter((first) => !others.some((each) => isBetween(each, first, step)))
    .toSorted((a, b) => apart(a, step) - apart(b, step))
    .at(0)?.id;
}

const isCompatible = (report: ScalingStep, step: ScalingStep): boolean =>
  report.id === step.id ||
  report.source !== step.source ||
  (step.operation !== undefined && report.operation === step.operation);

/** Evidence that two beginnings are two: an end, or a beginning of another kind, with its time between theirs. */
function isBetween(each: ScalingStep, first: ScalingStep, step: ScalingStep): boolean {
  const [early, late] = first.at < step.at ? [first.at, step.at] : [step.at, first.at];
  return each.at > early && each.at < late && (isEnd(each) || !isAlike(each, step));
}

/** When (ISO) a scaling was told to have ended that began no later than this beginning. */
export const endedAfter = (step: ScalingStep, known: readonly ScalingStep[]): string | undefined =>
  isEnd(step)
    ? undefined
    : known
        .filter((each) => isEnd(each) && isAlike(each, step) && each.at >= step.at)
        .map(({ at }) => at)
        .toSorted()
        .at(0);

/** The beginning that an end belongs to; of a beginning, the one that told it before. */
export function beginningOf<Step extends ScalingStep>(step: ScalingStep, known: readonly Step[]): Step | undefined {
  if (!isEnd(step)) {
    const first = toldBefore(step, known);
    return known.find(({ id }) => id === first);
  }
  const [began] = known
    .filter((each) => !isEnd(each) && each.same === undefined && isAlike(each, step) && each.at <= step.at)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return began !== undefined && apart(began, step) <= LONGEST_MILLISECONDS ? began : undefined;
}

/** Seconds from its beginning to this end, where that was told; undefined where it is not even one. */
export function secondsTaken(step: ScalingStep, known: readonly ScalingStep[]): number | undefined {
  const began = isEnd(step) ? beginningOf(step, known) : undefined;
  const taken = began === undefined ? 0 : apart(began, step);
  return taken >= 1_000 ? taken / 1_000 : undefined;
}

/** What is known once this step was dealt with. */
export const withStep = <Step extends ScalingStep>(step: Step, known: readonly Step[]): readonly Step[] =>
  [...known.filter(({ id }) => id !== step.id), step].toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-MOST);
