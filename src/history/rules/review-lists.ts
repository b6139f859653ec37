import type { ReviewDocument } from '../../event/review.ts';
import { HOUR_MILLISECONDS } from '../../event/time/units.ts';
import type { DayCount } from './day-count.ts';

// docs/review.md says what these decide.

/** A set that takes a step back within so long of one goes there and back again. */
const FLAP_MILLISECONDS = HOUR_MILLISECONDS;
/** So often in a week: once a day. */
const FLAPS = 7;
/** An alert that fired less often is no noise. */
const NOISY = 2;
/** One that nobody acknowledged is asked for from so many on, where others were acknowledged. */
const UNATTENDED = 5;
/** One that is often there, without coming and going. */
const MANY = 20;
/** A set whose maximum nobody knows is told of where it was at its highest on so many days. */
const DAYS_AT_HIGHEST = 3;

const LISTED = 5;

/** What several days came to for one thing. */
interface Group {
  readonly name: string;
  readonly environment?: string;
  readonly rows: readonly DayCount[];
}

/** One thing of a kind each, in the order of names. */
export function grouped(counts: readonly DayCount[], of: DayCount['of']): readonly Group[] {
  const own = counts.filter((each) => each.of === of);
  const groups = Map.groupBy(own, ({ id, name, environment = '' }) => JSON.stringify([id ?? name, environment]));
  return [...groups.values()]
    .flatMap((rows) => {
      const last = rows.at(-1);
      const { name = '', environment } = last ?? {};
      return [{ name, ...(environment !== undefined && { environment }), rows }];
    })
    .toSorted((a, b) => compared(a.name, b.name) || compared(a.environment ?? '', b.environment ?? ''));
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The most first; what is equal as it was. */
const top = <Item>(items: readonly Item[], by: (item: Item) => number): Item[] =>
  items.toSorted((a, b) => by(b) - by(a)).slice(0, LISTED);

const named = ({ name, environment }: Group) => ({ name, ...(environment !== undefined && { environment }) });

const sum = (rows: readonly DayCount[], of: (row: DayCount) => number | undefined): number =>
  rows.reduce((all, row) => all + (of(row) ?? 0), 0);

type Noise = ReviewDocument['noisiest'][number];

/** Rules that fire, and sets that go there and back again: what somebody can quieten. */
export function noisiest(week: readonly DayCount[]): Noise[] {
  const rules = grouped(week, 'rule');
  // Where nobody ever acknowledges, that nobody did says nothing of a rule.
  const isAttended = rules.some(({ rows }) => sum(rows, ({ alerts }) => alerts?.acknowledged) > 0);
  const all = [...rules.flatMap((each) => alertNoise(each, isAttended)), ...grouped(week, 'set').flatMap(scaleNoise)];
  return top(all, ({ count }) => count);
}

function alertNoise(group: Group, isAttended: boolean): readonly Noise[] {
  const total = (of: 'fired' | 'flaps' | 'acknowledged') => sum(group.rows, ({ alerts }) => alerts?.[of]);
  const [count, flaps] = [total('fired'), total('flaps')];
  if (count < NOISY) return [];
  const isAlone = isAttended && total('acknowledged') === 0 && count >= UNATTENDED;
  const advice = flaps >= FLAPS ? 'steady' : isAlone ? 'unattended' : count >= MANY ? 'many' : undefined;
  return [{ ...named(group), kind: 'alert', count, flaps, ...(advice && { advice }) }];
}

function scaleNoise(group: Group): readonly Noise[] {
  const flaps = flapsOf(group.rows);
  if (flaps.length < FLAPS) return [];
  const count = sum(group.rows, ({ scale }) => (scale?.out ?? 0) + (scale?.in ?? 0));
  const between = mostOften(flaps);
  return [{ ...named(group), kind: 'scale', count, flaps: flaps.length, ...(between && { between }), advice: 'widen' }];
}

type Step = NonNullable<DayCount['scale']>['steps'][number];

/** The steps of a set, in the order of time. */
export const stepsOf = (rows: readonly DayCount[]): readonly Step[] =>
  rows.flatMap(({ scale }) => scale?.steps ?? []).toSorted((a, b) => compared(a.at, b.at));

/** Of each step that goes back on the one before it, within an hour, between which capacities that was. */
function flapsOf(rows: readonly DayCount[]): readonly [number, number][] {
  const steps = stepsOf(rows);
  return steps.flatMap((step, index): [number, number][] => {
    const last = steps[index - 1];
    const start = step.from ?? last?.to;
    if (last?.from === undefined || start === undefined) return [];
    const isBack = Math.sign(step.to - start) === -Math.sign(last.to - last.from) && step.to !== start;
    const isSoon = Date.parse(step.at) - Date.parse(last.at) <= FLAP_MILLISECONDS;
    return isBack && isSoon ? [[Math.min(start, step.to), Math.max(start, step.to)]] : [];
  });
}

/** The pair that is there most often; of several, the lowest. */
function mostOften(pairs: readonly [number, number][]): [number, number] | undefined {
  const alike = [...Map.groupBy(pairs, (pair) => pair.join(' ')).values()];
  const lowest = alike.toSorted(([a], [b]) => (a?.[0] ?? 0) - (b?.[0] ?? 0) || (a?.[1] ?? 0) - (b?.[1] ?? 0));
  return lowest.toSorted((a, b) => b.length - a.length)[0]?.[0];
}

const nameOf = ({ name, environment = '' }: Group): string => JSON.stringify([name, environment]);

/** Each set by its name and environment. */
const setsIn = (counts: readonly DayCount[]): ReadonlyMap<string, Group> =>
  new Map(grouped(counts, 'set').map((each) => [nameOf(each), each]));

/** Sets that were off their model, the longest first. */
export function driftOf(week: readonly DayCount[], before: readonly DayCount[]): ReviewDocument['drift'] {
  const seconds = (rows: readonly DayCount[]) => 60 * sum(rows, ({ drift }) => drift?.minutes);
  const earlier = setsIn(before);
  const found = grouped(week, 'set').flatMap((group) => {
    const now = seconds(group.rows);
    const same = earlier.get(nameOf(group));
    const was = same && seconds(same.rows);
    return now === 0 ? [] : [{ ...named(group), seconds: { now, ...(was !== undefined && { before: was }) } }];
  });
  return top(found, (each) => each.seconds.now);
}

/** What took longest to be deployed well, each subject once. */
export function slowest(week: readonly DayCount[]): ReviewDocument['slowest'] {
  const found = grouped(week, 'deployment').flatMap((group) => {
    const seconds = Math.max(0, ...group.rows.map(({ deployments }) => deployments?.lead.longest ?? 0));
    return seconds === 0 ? [] : [{ ...named(group), seconds }];
  });
  return top(found, ({ seconds }) => seconds);
}

/**
 * Sets that reached the most that their settings allow; of which nobody knows that, those that were again and again at the most
 * instances that they had in both weeks, and had fewer as well.
 */
export function atMaximum(week: readonly DayCount[], before: readonly DayCount[]): ReviewDocument['atMaximum'] {
  const earlier = setsIn(before);
  const found = grouped(week, 'set').flatMap((group) => {
    const limits = group.rows.flatMap(({ scale }) => scale?.limit ?? []);
    if (limits.length > 0)
      return [{ ...named(group), capacity: Math.max(...limits), days: limits.length, limit: true as const }];
    return atHighest(group, earlier.get(nameOf(group))?.rows ?? []);
  });
  return top(found, ({ days }) => days);
}

function atHighest(group: Group, before: readonly DayCount[]): ReviewDocument['atMaximum'] {
  const known = [...before, ...group.rows].flatMap(({ scale }) => scale ?? []);
  const capacity = Math.max(0, ...known.map(({ maximum = 0 }) => maximum));
  const least = Math.min(...known.map(({ minimum = capacity }) => minimum));
  const days = group.rows.filter(({ scale }) => scale?.maximum === capacity).length;
  return capacity > least && days >= DAYS_AT_HIGHEST ? [{ ...named(group), capacity, days }] : [];
}
