import type { ReviewDocument } from '../../event/review.ts';
import { DAY_MILLISECONDS } from '../../event/time/units.ts';
import { type DayCount, dayOf, type Spread, startOf } from './day-count.ts';
import { chartsOf } from './review-charts.ts';
import { atMaximum, driftOf, noisiest, slowest } from './review-lists.ts';

const WEEK = 7;

/** The days (UTC) of the two weeks that a review of the days before `until` (a day) is made of: those of the week, those before. */
export function daysOf(until: string): { readonly week: readonly string[]; readonly before: readonly string[] } {
  const back = (days: number) => dayOf(startOf(until) - days * DAY_MILLISECONDS);
  const weekFrom = (first: number) => Array.from({ length: WEEK }, (_, index) => back(first - index));
  return { week: weekFrom(WEEK), before: weekFrom(2 * WEEK) };
}

/** What the seven days before `until` (a day, UTC) were like, in one environment or in all. */
export function reviewOf(
  counts: readonly DayCount[],
  { until, environment }: { readonly until: string; readonly environment?: string | undefined },
): ReviewDocument {
  const days = daysOf(until);
  const own = environment === undefined ? counts : counts.filter((each) => each.environment === environment);
  const within = (some: readonly string[]) => own.filter(({ day }) => some.includes(day));
  const [now, before] = [within(days.week), within(days.before)];
  const [total, earlier] = [now, before].map((some) => some.filter(({ of }) => of === whole(environment)));
  const compared = comparing(total ?? [], earlier ?? []);
  const deployments = compared(deployed);
  return {
    from: `${days.week[0]}T00:00:00.000Z`,
    until: `${until}T00:00:00.000Z`,
    ...(environment !== undefined && { environment }),
    events: compared((some) => sum(some, ({ events }) => events)),
    dora: {
      deployments,
      ...given(
        'leadTime',
        compared((some) => middle(some.map((each) => each.deployments?.lead))),
      ),
      ...given('failureRate', compared(failureRate)),
      ...given(
        'restore',
        compared((some) => middle(some.map((each) => each.deployments?.restore))),
      ),
    },
    alerts: {
      fired: compared((some) => sum(some, ({ alerts }) => alerts?.fired)),
      ...given(
        'acknowledge',
        compared((some) => mean(some.map(({ alerts }) => alerts?.acknowledge))),
      ),
      ...given(
        'resolve',
        compared((some) => mean(some.map(({ alerts }) => alerts?.resolve))),
      ),
    },
    scalings: compared((some) => sum(some, ({ scale }) => (scale?.out ?? 0) + (scale?.in ?? 0))),
    noisiest: noisiest(now),
    drift: driftOf(now, before),
    slowest: slowest(now),
    atMaximum: atMaximum(now, before),
    charts: chartsOf(days.week, total ?? [], now),
  };
}

const whole = (environment: string | undefined): DayCount['of'] => (environment === undefined ? 'all' : 'environment');

interface Compared<Value> {
  readonly now: Value;
  readonly before?: number;
}

type Figure = (some: readonly DayCount[]) => number | undefined;

/** A number of a week, and of the one before where anything was counted then. */
function comparing(now: readonly DayCount[], before: readonly DayCount[]) {
  return <F extends Figure>(figure: F): Compared<ReturnType<F>> => {
    const earlier = before.length === 0 ? undefined : figure(before);
    return { now: figure(now) as ReturnType<F>, ...(earlier !== undefined && { before: earlier }) };
  };
}

/** What there is nothing to say of in the week is not there. */
const given = <Name extends string>(name: Name, { now, before }: Compared<number | undefined>) =>
  (now === undefined ? {} : { [name]: { now, ...(before !== undefined && { before }) } }) as {
    readonly [Key in Name]?: { now: number; before?: number };
  };

const sum = (some: readonly DayCount[], of: (each: DayCount) => number | undefined): number =>
  some.reduce((all, each) => all + (of(each) ?? 0), 0);

const failed = (some: readonly DayCount[]): number => sum(some, ({ deployments }) => deployments?.failed);

const deployed = (some: readonly DayCount[]): number =>
  sum(some, ({ deployments }) => deployments?.succeeded) + failed(some);

/** To four decimals. */
function failureRate(some: readonly DayCount[]): number | undefined {
  const all = deployed(some);
  return all === 0 ? undefined : Math.round((failed(some) / all) * 10_000) / 10_000;
}

type Spreads = readonly (Spread | undefined)[];

/** The average in whole seconds. */
function mean(spreads: Spreads): number | undefined {
  const count = spreads.reduce((all, each) => all + (each?.count ?? 0), 0);
  return count === 0 ? undefined : Math.round(spreads.reduce((all, each) => all + (each?.seconds ?? 0), 0) / count);
}

/** The one in the middle, in whole seconds: of each day the first hundred count. */
function middle(spreads: Spreads): number | undefined {
  const all = spreads.flatMap((each) => each?.each ?? []).toSorted((a, b) => a - b);
  const half = all.length / 2;
  const [low, high] = [all[Math.ceil(half) - 1], all[Math.floor(half)]];
  return low === undefined || high === undefined ? undefined : Math.round((low + high) / 2);
}
