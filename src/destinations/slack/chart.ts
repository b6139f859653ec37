import { cut } from '../../event/text.ts';
import type { Chart } from '../../message/slots.ts';
import { bareName } from '../../message/text.ts';

/**
 * Slack's own chart, of which @slack/types knows nothing yet.
 * https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
export interface DataVisualizationBlock {
  readonly type: 'data_visualization';
  readonly block_id: string;
  readonly title: string;
  readonly chart: {
    readonly type: Chart['form'];
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[] };
  };
}

// Of what the page says and what others have met (slack-morphism 2.30), the smaller of each.
const TITLE = 50;
const NAME = 20;
const SERIES = 6;
const POINTS = 20;

/** A chart as a block; `place`: of the first 0, of the second 1. */
export function chart({ form, title, points, series }: Chart, place: number): DataVisualizationBlock {
  const labels = points.slice(0, POINTS).map((each) => cut(each, NAME));
  return {
    type: 'data_visualization',
    block_id: `chart-${place}`,
    title: cut(bareName(title), TITLE),
    chart: {
      type: form,
      series: series.slice(0, SERIES).map(({ name, values }) => ({
        name: cut(name, NAME),
        data: labels.map((label, index) => ({ label, value: values[index] ?? 0 })),
      })),
      axis_config: { categories: labels },
    },
  };
}
