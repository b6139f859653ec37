import type { ComponentChildren } from 'preact';
import { Chart, type Drawn } from './chart.tsx';
import type { Step } from './ui-figures-data.ts';
import { numberText } from './ui-numbers.ts';
import { words } from './ui-words.ts';

interface TableProps {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** What a picture draws, as numbers. */
const Numbers = ({ label, heads, rows }: TableProps) => (
  <details class="numbers">
    <summary>{words.value.figures.asTable}</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to have the focus. */}
    <section class="table-box" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...rest], at) => (
            <tr key={at}>
              <th scope="row">{first}</th>
              {rest.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  </details>
);

/** A chart, and behind it a table of the same numbers. */
export const Picture = ({ chart }: { readonly chart: Drawn }) => (
  <div class="picture">
    <Chart chart={chart} />
    <Numbers
      label={chart.title}
      heads={[words.value.figures.day, ...chart.series.map(({ name }) => name)]}
      rows={chart.points.map((point, at) => [point, ...chart.series.map(({ values }) => numberText(values[at] ?? 0))])}
    />
  </div>
);

const WIDTH = 320;
const HEIGHT = 120;
const LEFT = 28;
const TOP = 8;
const DAY_MS = 86_400_000;
/** The time of a step, in UTC as its day. */
const clock = ({ at }: Step): string => at.slice(11, 16);

const HOURS = [0, 6, 12, 18, 24];

/** How large a set was in the course of a day, in UTC. */
export function DayOfSteps({ day, steps }: { readonly day: string; readonly steps: readonly Step[] }) {
  const { charts, from, to } = words.value.figures;
  const [first] = steps;
  const most = Math.max(1, ...steps.flatMap((step) => [step.from ?? 0, step.to]));
  const y = (size: number): number => HEIGHT - (size / most) * HEIGHT;
  const x = (at: string): number => ((Date.parse(at) - Date.parse(`${day}T00:00:00Z`)) / DAY_MS) * WIDTH;
  const path = steps.map((step) => `H${x(step.at).toFixed(1)}V${y(step.to).toFixed(1)}`).join('');
  const said = steps.map((step) => `${clock(step)} ${step.to}`).join(', ');
  const title = `${charts.steps} · ${day}`;
  return (
    <div class="picture">
      <figure class="chart">
        <figcaption>{title}</figcaption>
        <svg viewBox={`0 0 ${LEFT + WIDTH + 18} ${TOP + HEIGHT + 18}`} role="img" aria-label={`${title}: ${said}`}>
          <text x={LEFT - 6} y={TOP + 4} text-anchor="end">
            {most}
          </text>
          <text x={LEFT - 6} y={TOP + HEIGHT} text-anchor="end">
            0
          </text>
          <g transform={`translate(${LEFT} ${TOP})`}>
            <path class="axis" d={`M0 0V${HEIGHT}H${WIDTH}`} />
            <path class="steps series-1" d={`M0 ${y(first?.from ?? first?.to ?? 0).toFixed(1)}${path}H${WIDTH}`} />
            {HOURS.map((hour) => (
              <text key={hour} x={(hour / 24) * WIDTH} y={HEIGHT + 14} text-anchor="middle">
                {hour}:00
              </text>
            ))}
          </g>
        </svg>
        <ul class="legend">
          <li>
            <i class="series-1" aria-hidden="true" />
            {`${charts.capacity} (UTC)`}
          </li>
        </ul>
      </figure>
      <Numbers
        label={title}
        heads={[`${words.value.history.time} (UTC)`, from, to]}
        rows={steps.map((step) => [
          <time key={step.at} dateTime={step.at} title={step.at}>
            {clock(step)}
          </time>,
          step.from === undefined ? '–' : numberText(step.from),
          numberText(step.to),
        ])}
      />
    </div>
  );
}
