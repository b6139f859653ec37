import type { EventOf } from '../../event/event.ts';
import { outline } from '../../event/outline.ts';
import { place } from '../../locales/parts.ts';
import { percent } from '../../locales/review.ts';
import type { Chart, Fact, Item, Particulars, Style, Voice } from '../slots.ts';
import { fact, linkOf, placeOf, properties } from './parts.ts';

type Review = EventOf<'review'>;
type Say = Voice['say'];

const LOOK: Style = { tone: 'info', emoji: '📈' };

const DAYS = 7;

/** Of a week, each day's share, with one decimal. */
const aDay = (count: number): number => Math.round((count / DAYS) * 10) / 10;

export function reviewReading(event: Review, { say, charts }: Voice): Particulars {
  const { state, subject } = outline(event);
  const head = {
    ...LOOK,
    state: say.state.review[state],
    subject: { text: subject, url: linkOf(event, 'details') },
  };
  if (state === 'empty') return { ...head, facts: properties(event, []), place: placeOf(event) };
  const { items, more } = worthALook(event, say);
  const drawn = event.charts.map((each) => chartOf(each, say));
  return {
    ...head,
    facts: [...figures(event, say), ...properties(event, [])],
    ...(items.length > 0 && { list: { label: say.label.worthALook, items, more, most: items.length } }),
    ...(drawn.length > 0 && {
      body: { label: say.label.dayByDay, text: event.charts.flatMap((each) => numbersOf(each, say)).join('\n') },
    }),
    ...(charts && drawn.length > 0 && { charts: drawn }),
    place: placeOf(event),
  };
}

/** The four keys of DORA, then what became of alerts: each with what it was a week earlier. */
function figures({ dora, alerts, scalings }: Review, say: Say): Fact[] {
  const { number, perDay } = say.review;
  const told = (label: string, of: Compared | undefined, written: (value: number) => string): Fact[] =>
    fact(label, of && compared(of, written, say));
  const often = dora.deployments.now === 0 ? '' : ` · ${perDay(number(aDay(dora.deployments.now)))}`;
  return [
    ...fact(say.label.deployments, compared(dora.deployments, number, say, often)),
    ...told(say.label.leadTime, dora.leadTime, say.duration),
    ...told(say.label.failureRate, dora.failureRate, (share) => percent(share, say.review)),
    ...told(say.label.restoreTime, dora.restore, say.duration),
    ...told(say.label.alerts, alerts.fired, number),
    ...told(say.label.acknowledgedAfter, alerts.acknowledge, say.duration),
    ...told(say.label.resolvedAfter, alerts.resolve, say.duration),
    ...told(say.label.scalings, scalings, number),
  ];
}

interface Compared {
  readonly now: number;
  readonly before?: number | undefined;
}

/** "14 ↑ (9 the week before)"; without an arrow where it is written the same. */
function compared({ now, before }: Compared, written: (value: number) => string, { review }: Say, more = ''): string {
  if (before === undefined) return written(now) + more;
  const [said, was] = [written(now), written(before)];
  const arrow = said === was ? '=' : now > before ? '↑' : '↓';
  return `${said}${more} ${arrow} (${review.before(was)})`;
}

/** Lines of what is noisy, and of each other list: the rest is counted. */
const NOISIEST = 3;
const OTHERS = 2;

/** What somebody should look at: what is noisy, off its model, slow, and at its end. */
function worthALook({ environment, ...event }: Review, { review, duration }: Say) {
  const { noisiest, drift, slowest, atMaximum } = event;
  const named = ({ name, ...own }: { readonly name: string; readonly environment?: string | undefined }) =>
    name + place(own.environment === environment ? undefined : own.environment);
  const items: readonly Item[] = [
    ...noisiest.slice(0, NOISIEST).map((each) => ({ text: named(each), said: noise(each, review) })),
    ...drift.slice(0, OTHERS).map((each) => ({ text: named(each), said: review.drifted(duration(each.seconds.now)) })),
    ...slowest.slice(0, OTHERS).map((each) => ({ text: named(each), said: review.took(duration(each.seconds)) })),
    ...atMaximum
      .slice(0, OTHERS)
      .map((each) => ({ text: named(each), said: review.atMaximum(each.capacity, each.days, each.limit === true) })),
  ];
  const all = noisiest.length + drift.length + slowest.length + atMaximum.length;
  return { items, more: all - items.length };
}

/** "flaps 6× a day between 3 and 4: widen the gap between its thresholds". */
function noise({ count, flaps, between, advice }: Review['noisiest'][number], review: Say['review']): string {
  const often = flaps < DAYS ? review.times(count) : review.flaps(review.number(aDay(flaps)), between);
  return [often, ...(advice ? [review.advice[advice]] : [])].join(': ');
}

function chartOf({ of, form, name, days, series }: Review['charts'][number], { review }: Say): Chart {
  return {
    form,
    title: [name, review.chart[of]].filter(Boolean).join(' · '),
    // Of the day, its month and itself: the year stands above.
    points: days.map((day) => day.slice(5)),
    series: series.map((each) => ({ name: review.series[each.of], values: each.values })),
  };
}

/** The numbers that a chart draws, as text: "Alerts: 3, 0, 5, 2, 0, 0, 1". */
const numbersOf = ({ name, series }: Review['charts'][number], { review }: Say): readonly string[] =>
  series.map(({ of, values }) => `${[name, review.series[of]].filter(Boolean).join(' · ')}: ${values.join(', ')}`);
