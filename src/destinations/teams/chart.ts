import type { IGroupedVerticalBarChart, ILineChart } from '@microsoft/teams.cards';
import type { Chart } from '../../message/slots.ts';
import { bareName } from '../../message/text.ts';

/**
 * Teams' own chart, which is younger than the version of the card: a client that knows none leaves it out, and what it draws
 * stands in the text. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards
 */
export function chart({ form, title, points, series }: Chart): ILineChart | IGroupedVerticalBarChart {
  const data = series.map(({ name, values }) => ({
    legend: name,
    values: points.map((x, index) => ({ x, y: values[index] ?? 0 })),
  }));
  const rest = { title: bareName(title), showTitle: true, data, fallback: 'drop' } as const;
  return form === 'line' ? { type: 'Chart.Line', ...rest } : { type: 'Chart.VerticalBar.Grouped', ...rest };
}
