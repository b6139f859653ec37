import type { ComponentChildren } from 'preact';
import { fieldsOf, listOf, textOf } from './json.ts';

/** Numbers to be drawn: of each series, one for each point. */
export interface Drawn {
  readonly form: 'bar' | 'line';
  readonly title: string;
  readonly points: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const WIDTH = 320;
const HEIGHT = 120;
/** What stands beside and above it: its highest number. */
const LEFT = 28;
const TOP = 8;
const SHARE = 0.8;
/** More names than these would lie on each other. */
const MOST_NAMED = 10;

const SHORT = new Intl.NumberFormat('en', { notation: 'compact' });

const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** A chart of Slack's own: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block. */
export function chartOfSlack({ title, chart }: Readonly<Record<string, unknown>>): Drawn {
  const { type, series, axis_config: axis } = fieldsOf(chart);
  return {
    form: type === 'bar' ? 'bar' : 'line',
    title: textOf(title),
    points: listOf(fieldsOf(axis)['categories']).map(textOf),
    series: listOf(series).map((each) => ({
      name: textOf(fieldsOf(each)['name']),
      values: listOf(fieldsOf(each)['data']).map((point) => numberOf(fieldsOf(point)['value'])),
    })),
  };
}

/** A chart of Teams' own: https://adaptivecards.microsoft.com/?topic=Chart.Line. */
export function chartOfTeams({ type, title, data }: Readonly<Record<string, unknown>>): Drawn {
  const series = listOf(data).map(fieldsOf);
  return {
    form: type === 'Chart.Line' ? 'line' : 'bar',
    title: textOf(title),
    points: listOf(series[0]?.['values']).map((value) => String(fieldsOf(value)['x'] ?? '')),
    series: series.map(({ legend, values }) => ({
      name: textOf(legend),
      values: listOf(values).map((value) => numberOf(fieldsOf(value)['y'])),
    })),
  };
}

/** What the chart draws, for who does not see it. */
const spoken = ({ title, points, series }: Drawn): string =>
  `${title}. ${series.map(({ name, values }) => `${name}: ${values.map((value, at) => `${points[at] ?? ''} ${value}`).join(', ')}`).join('. ')}`;

function bars({ points, series }: Drawn, most: number): ComponentChildren {
  const room = WIDTH / Math.max(1, points.length);
  const wide = (room * SHARE) / Math.max(1, series.length);
  return series.map(({ values }, row) =>
    values.map((value, at) => {
      const tall = (value / most) * HEIGHT;
      const x = at * room + (room * (1 - SHARE)) / 2 + row * wide;
      return <rect class={`series-${row + 1}`} x={x} y={HEIGHT - tall} width={wide} height={tall} />;
    }),
  );
}

function lines({ points, series }: Drawn, most: number): ComponentChildren {
  const room = WIDTH / Math.max(1, points.length);
  return series.map(({ values }, row) => (
    <polyline
      class={`series-${row + 1}`}
      points={values.map((value, at) => `${(at + 0.5) * room},${HEIGHT - (value / most) * HEIGHT}`).join(' ')}
    />
  ));
}

/** Numbers as a picture, with what each colour is, and its highest number at the side. */
export function Chart({ chart }: { readonly chart: Drawn }) {
  const { form, title, points, series } = chart;
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const room = WIDTH / Math.max(1, points.length);
  const every = Math.ceil(points.length / MOST_NAMED);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${LEFT + WIDTH + 4} ${TOP + HEIGHT + 18}`} role="img" aria-label={spoken(chart)}>
        <text x={LEFT - 6} y={TOP + 4} text-anchor="end">
          {most < 10_000 ? most : SHORT.format(most)}
        </text>
        <text x={LEFT - 6} y={TOP + HEIGHT} text-anchor="end">
          0
        </text>
        <g transform={`translate(${LEFT} ${TOP})`}>
          <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}`} />
          {form === 'bar' ? bars(chart, most) : lines(chart, most)}
          {points.map(
            (point, at) =>
              at % every === 0 && (
                <text x={(at + 0.5) * room} y={HEIGHT + 14} text-anchor="middle">
                  {point}
                </text>
              ),
          )}
        </g>
      </svg>
      <ul class="legend">
        {series.map(({ name }, row) => (
          <li>
            <i class={`series-${row + 1}`} aria-hidden="true" />
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}
