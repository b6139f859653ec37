import * as z from 'zod';
import { unknownType } from './problem.ts';

// https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block; where that says less than what others have met
// (https://docs.rs/slack-morphism/2.30.0), the smaller number counts.
const name = z.string().min(1).max(20);
const axis = z.string().min(1).max(50).optional();

const series = z.strictObject({
  name,
  data: z
    .array(z.strictObject({ label: name, value: z.number() }))
    .min(1)
    .max(20),
});

type Drawn = { series: z.infer<typeof series>[]; axis_config: { categories: string[] } };

const isOnAxis = (chart: Drawn): boolean =>
  chart.series.every(({ data }) => data.every(({ label }) => chart.axis_config.categories.includes(label)));

const chartOf = <const T extends string>(type: T) =>
  z
    .strictObject({
      type: z.literal(type),
      series: z.array(series).min(1).max(6),
      axis_config: z.strictObject({ categories: z.array(name).min(1).max(20), x_label: axis, y_label: axis }),
    })
    .refine(isOnAxis, 'A label is none of the categories');

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: z
    .array(z.strictObject({ label: name, value: z.number().min(0) }))
    .min(1)
    .max(6),
});

/** What a chart draws. */
export const drawing = z.discriminatedUnion(
  'type',
  [chartOf('line'), chartOf('bar'), chartOf('area'), pie],
  unknownType,
);

const MOST_CHARTS = 2;

/** Whether a message has no more charts than it may. */
export const chartsFit = (blocks: readonly { readonly type: string }[]): boolean =>
  blocks.filter(({ type }) => type === 'data_visualization').length <= MOST_CHARTS;

export const CHARTS_FIT = `Too big: expected a message to have <=${MOST_CHARTS} charts`;
