import type { ComponentChildren } from 'preact';
import { type Term, Terms } from './parts.tsx';
import { call } from './ui-api.ts';
import { chartOfReview, type Over, type Review } from './ui-figures-data.ts';
import { dayText, durationText, numberText, shareText } from './ui-numbers.ts';
import { Reading, refusedText, Time, Trouble, useAnswer } from './ui-parts.tsx';
import { Picture } from './ui-picture.tsx';
import { words } from './ui-words.ts';
import type { WeekKey } from './words/figures-words.ts';

const WEEK = 7;

/** "14 ↑", and below it what it was; without an arrow where it is written the same. */
function Compared({ of: { now, before }, written }: { of: Over; written: (value: number) => string }) {
  if (before === undefined) return written(now);
  const [said, was] = [written(now), written(before)];
  const arrow = said === was ? '=' : now > before ? '↑' : '↓';
  return (
    <>
      {`${said}\u00a0${arrow}`}
      <small>{words.value.figures.before(was)}</small>
    </>
  );
}

const keyed = (key: WeekKey, of: Over | undefined, written: (value: number) => string): Term => [
  words.value.figures.keys[key],
  of && <Compared of={of} written={written} />,
];

const Keys = ({ of: { events, dora, alerts, scalings } }: { readonly of: Review }) => (
  <Terms
    class="week-keys"
    terms={[
      keyed('deployments', dora.deployments, numberText),
      keyed('leadTime', dora.leadTime, durationText),
      keyed('failureRate', dora.failureRate, shareText),
      keyed('restore', dora.restore, durationText),
      keyed('alerts', alerts.fired, numberText),
      keyed('acknowledge', alerts.acknowledge, durationText),
      keyed('resolve', alerts.resolve, durationText),
      keyed('scalings', scalings, numberText),
      keyed('events', events, numberText),
    ]}
  />
);

interface Line {
  readonly name: string;
  readonly environment?: string;
  readonly said: ComponentChildren;
}

const Lines = ({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) =>
  lines.length === 0 ? null : (
    <div>
      <h3>{title}</h3>
      <ul>
        {lines.map(({ name, environment, said }, at) => (
          <li key={at}>
            <strong>
              <bdi>{name}</bdi>
            </strong>{' '}
            {environment && <bdi class="where">{environment}</bdi>} <span>{said}</span>
          </li>
        ))}
      </ul>
    </div>
  );

/** "flaps 6× a day between 3 and 4: widen the gap between its thresholds". */
function noise({ count, flaps, between, advice }: Review['noisiest'][number]): string {
  const { figures } = words.value;
  const span = between && figures.between(numberText(between[0]), numberText(between[1]));
  const aDay = numberText(Math.round((flaps / WEEK) * 10) / 10);
  const often = flaps < WEEK ? figures.times(numberText(count)) : figures.flaps(aDay, span);
  const told = advice && figures.advice[advice];
  return told ? `${often}: ${told}` : often;
}

const Lists = ({ of: { noisiest, drift, slowest, atMaximum } }: { readonly of: Review }) => {
  const { lists, reached } = words.value.figures;
  return (
    <div class="week-lists">
      <Lines title={lists.noisiest} lines={noisiest.map((each) => ({ ...each, said: noise(each) }))} />
      <Lines
        title={lists.drift}
        lines={drift.map((each) => ({ ...each, said: <Compared of={each.seconds} written={durationText} /> }))}
      />
      <Lines title={lists.slowest} lines={slowest.map((each) => ({ ...each, said: durationText(each.seconds) }))} />
      <Lines
        title={lists.atMaximum}
        lines={atMaximum.map((each) => ({
          ...each,
          said: reached(numberText(each.capacity), each.days, each.limit === true),
        }))}
      />
    </div>
  );
};

export const CountedUntil = ({ at }: { readonly at: string | undefined }) => {
  const { countedUntil, notCounted } = words.value.figures;
  if (at === undefined) return <p class="hint">{notCounted}</p>;
  // The sentence is the language's; the time in it keeps its tooltip.
  const [before, after] = countedUntil('\n').split('\n');
  return (
    <p class="hint">
      {before}
      <Time at={at} />
      {after}
    </p>
  );
};

/** What the last seven whole days were like, in one environment or in all. */
export function LastWeek({ environment }: { readonly environment: string | undefined }) {
  const { answer, error, again } = useAnswer(
    (signal) => call<Review>('review', { query: { environment }, signal }),
    [environment],
  );
  const { figures } = words.value;
  if (error !== undefined) return <Trouble text={refusedText(error)} again={again} />;
  if (answer === undefined) return <Reading />;
  return (
    <div id="week">
      <p class="where">{figures.weekOf(dayText(Date.parse(answer.from)), dayText(Date.parse(answer.until) - 1))}</p>
      {answer.events.now === 0 && <p class="nothing">{figures.calm}</p>}
      {(answer.events.now > 0 || answer.events.before !== undefined) && <Keys of={answer} />}
      <Lists of={answer} />
      <div class="pictures">
        {answer.charts.map((each) => (
          <Picture key={each.of} chart={chartOfReview(each)} />
        ))}
      </div>
      <CountedUntil at={answer.countedUntil} />
    </div>
  );
}
