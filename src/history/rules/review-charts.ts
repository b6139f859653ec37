import type { ReviewDocument } from '../../event/review.ts';
import type { DayCount } from './day-count.ts';
import { grouped, stepsOf } from './review-lists.ts';

type Chart = ReviewDocument['charts'][number];

/** What happened on each day, and how large the set was that scaled most; nothing where nothing happened. */
export const chartsOf = (
  days: readonly string[],
  total: readonly DayCount[],
  week: readonly DayCount[],
): ReviewDocument['charts'] => [...dayByDay(days, total), ...capacity(days, week)];

function dayByDay(days: readonly string[], total: readonly DayCount[]): readonly Chart[] {
  const each = (of: (row: DayCount) => number | undefined) =>
    days.map((day) => total.filter((row) => row.day === day).reduce((all, row) => all + (of(row) ?? 0), 0));
  const series = [
    { of: 'alerts' as const, values: each(({ alerts }) => alerts?.fired) },
    {
      of: 'deployments' as const,
      values: each(({ deployments }) => (deployments?.succeeded ?? 0) + (deployments?.failed ?? 0)),
    },
    { of: 'failed' as const, values: each(({ deployments }) => deployments?.failed) },
  ].filter(({ values }) => values.some((value) => value > 0));
  return series.length === 0 ? [] : [{ of: 'days', form: 'bar', days: [...days], series }];
}

function capacity(days: readonly string[], week: readonly DayCount[]): readonly Chart[] {
  const sets = grouped(week, 'set').map((group) => ({ ...group, steps: stepsOf(group.rows) }));
  const [most] = sets.toSorted((a, b) => b.steps.length - a.steps.length);
  if (most === undefined || most.steps.length === 0) return [];
  const { name, rows, steps } = most;
  // A day without a step is as the one before ended.
  let last = steps[0]?.from ?? steps[0]?.to ?? 0;
  const spans = days.map((day) => {
    const scale = rows.find((row) => row.day === day)?.scale;
    const span = { highest: scale?.maximum ?? last, lowest: scale?.minimum ?? last };
    last = scale?.steps.at(-1)?.to ?? last;
    return span;
  });
  const series = (['highest', 'lowest'] as const).map((of) => ({ of, values: spans.map((span) => span[of]) }));
  return [{ of: 'capacity', form: 'line', name, days: [...days], series }];
}
