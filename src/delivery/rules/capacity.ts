import * as z from 'zod';
import { DAY_HOURS, type LastDay } from '../../event/last-day.ts';
import { HOUR_MILLISECONDS, iso } from '../../event/time/units.ts';
import { holdsFor } from './family.ts';
import { beginningOf, type ScalingStep, scalingStep } from './scaling.ts';

/** A step of a scaling, as far as its capacities go. */
const capacityStep = scalingStep.pick({
  ...{ id: true, source: true, proven: true, phase: true, direction: true },
  ...{ from: true, to: true, at: true },
});

export type CapacityStep = z.infer<typeof capacityStep>;

/** A scale set's row. */
export const capacityRow = z.object({ steps: z.array(capacityStep).readonly() });

const DAY_MILLISECONDS = DAY_HOURS * HOUR_MILLISECONDS;
/** An hour more than is told, so that the beginning of the day is known. */
const KEPT_MILLISECONDS = DAY_MILLISECONDS + HOUR_MILLISECONDS;
/** Of one whose clock is ahead: what is further on is no step of this day. */
const AHEAD_MILLISECONDS = 10 * 60_000;
/** So many of each source: a set that flaps every ten minutes has as many beginnings a day, and ends. */
export const MOST_STEPS = 120;

export const toCapacityStep = (step: ScalingStep): CapacityStep => capacityStep.parse(step);

/** What is known of a set with one step more; `now` is in milliseconds. The same one again is one. */
export function withCapacity(step: CapacityStep, known: readonly CapacityStep[], now: number): readonly CapacityStep[] {
  const all = [...known.filter(({ id }) => id !== step.id), step]
    .filter(({ at }) => Date.parse(at) > now - KEPT_MILLISECONDS && Date.parse(at) <= now + AHEAD_MILLISECONDS)
    .toSorted(byTime);
  return [...Map.groupBy(all, ({ source }) => source).values()]
    .flatMap((some) => some.slice(-MOST_STEPS))
    .toSorted(byTime);
}

const byTime = (a: CapacityStep, b: CapacityStep): number => Date.parse(a.at) - Date.parse(b.at);

/** The capacity from a time on (milliseconds); `from` is that before it, where it was said. */
interface Point {
  readonly at: number;
  readonly from: number | undefined;
  readonly to: number;
}

/**
 * The day that ends with a step, by what is known of its set. Undefined where that is one scaling alone, or none that changed anything:
 * its own numbers say as much.
 */
export function lastDayOf(step: CapacityStep, all: readonly CapacityStep[]): LastDay | undefined {
  const end = Date.parse(step.at);
  const known = [...all.filter(({ id }) => id !== step.id), step]
    .filter((each) => holdsFor(each, step) && Date.parse(each.at) <= end)
    .toSorted(byTime);
  const points = pointsOf(known);
  const start = end - DAY_MILLISECONDS;
  const inside = points.filter(({ at }) => at > start);
  const first = inside[0];
  if (first === undefined) return undefined;
  const isWhole = known.length < MOST_STEPS;
  const before = points.findLast(({ at }) => at <= start)?.to ?? (isWhole ? first.from : undefined);
  const values = valuesOf(before, inside);
  const [minimum, maximum] = [Math.min(...values), Math.max(...values)];
  if (values.length < 3 || minimum === maximum) return undefined;
  const steps = hoursOf(before, inside, start);
  return { from: iso(end - steps.length * HOUR_MILLISECONDS), steps, minimum, maximum };
}

/**
 * What the steps came to, in the order of time: each scaling from where it began. What two senders tell is once; of what failed, the
 * capacity is the one from before.
 */
function pointsOf(steps: readonly CapacityStep[]): readonly Point[] {
  const over = new Map(
    steps.flatMap((step) => (isEnd(step) ? [[step.id, beginningOf(step, steps)?.id] as const] : [])),
  );
  const failed = steps.filter(({ phase }) => phase === 'failed');
  const undone = new Set(
    failed.flatMap((end) => steps.filter((each) => isSameBeginning(each, steps, over.get(end.id))).map(({ id }) => id)),
  );
  const points: Point[] = [];
  for (const { id, phase, from, to, at } of steps) {
    if (phase === 'unknown' || undone.has(id)) continue;
    const last = points.at(-1);
    const time = Date.parse(at);
    if (phase === 'failed') {
      if (from !== undefined && from !== last?.to) points.push({ at: time, from: undefined, to: from });
      continue;
    }
    const isTold = over.get(id) !== undefined || (to === last?.to && (from === undefined || from === last.from));
    if (!isTold) points.push({ at: time, from, to });
  }
  return points;
}

const isEnd = ({ phase }: CapacityStep): boolean => phase === 'succeeded' || phase === 'failed';

/** Whether a step is the beginning with this id, or tells the same one. */
function isSameBeginning(each: CapacityStep, steps: readonly CapacityStep[], id: string | undefined): boolean {
  if (id === undefined || each.phase !== 'started') return false;
  const began = steps.find((step) => step.id === id);
  return each.id === id || (began !== undefined && beginningOf(each, [began]) !== undefined);
}

/** The capacities one after the other, each change once. */
const valuesOf = (before: number | undefined, points: readonly Point[]): readonly number[] =>
  [before, ...points.flatMap(({ from, to }) => [from, to])]
    .filter((value) => value !== undefined)
    .filter((value, at, all) => value !== all[at - 1]);

/** Hour by hour from `start` (milliseconds), or from the first that something is known of. */
function hoursOf(before: number | undefined, points: readonly Point[], start: number): number[] {
  const hours: number[] = [];
  let capacity = before;
  for (let hour = 0; hour < DAY_HOURS; hour += 1) {
    const [since, until] = [start + hour * HOUR_MILLISECONDS, start + (hour + 1) * HOUR_MILLISECONDS];
    const own = points.filter(({ at }) => at > since && at <= until);
    const values = valuesOf(capacity, own);
    capacity = own.at(-1)?.to ?? capacity;
    // What the event leaves has to be seen, whatever was higher just before.
    if (capacity !== undefined) hours.push(hour === DAY_HOURS - 1 ? capacity : Math.max(...values));
  }
  return hours;
}
