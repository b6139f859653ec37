import type { EventOf } from '../event/event.ts';
import { outline } from '../event/outline.ts';
import type { reviewAdvice, reviewSeries } from '../event/review.ts';
import { cutAtWord } from '../event/text.ts';
import type { Messages } from './messages.ts';
import { given, located } from './parts.ts';

type Review = EventOf<'review'>;

/** How a week is told. What stands in a line of its list, after a name, has at most 100 characters. */
export interface ReviewWords {
  /** "14 deployments", "31 alerts", "5 events", with the plural that the number asks for. */
  readonly deployments: (count: number) => string;
  readonly alerts: (count: number) => string;
  /** "2 a day". */
  readonly perDay: (count: string) => string;
  /** "14", "1.57": with at most two decimals. */
  readonly number: (value: number) => string;
  /** "7 % failed". */
  readonly failed: (share: string) => string;
  /** "noisiest: web-cpu". */
  readonly noisiest: (name: string) => string;
  /** Of the same number, a week earlier: "9 the week before". */
  readonly before: (value: string) => string;
  /** How often something fired or scaled: "31 times". */
  readonly times: (count: number) => string;
  /** "flaps 6× a day between 3 and 4". */
  readonly flaps: (perDay: string, between: readonly [number, number] | undefined) => string;
  /** What can be done about it. At most 60 characters. */
  readonly advice: Readonly<Record<(typeof reviewAdvice)[number], string>>;
  /** "drifted for 3 days 4 hr", "took 48 min", of a duration. */
  readonly drifted: (duration: string) => string;
  readonly took: (duration: string) => string;
  /** "at its maximum of 8 on 3 days"; where nobody knows that, at its highest. */
  readonly atMaximum: (capacity: number, days: number, isLimit: boolean) => string;
  /** What a chart draws. At most 20 characters. */
  readonly series: Readonly<Record<(typeof reviewSeries)[number], string>>;
  /** The titles of charts; that of instances stands behind the name of a set. At most 30 characters. */
  readonly chart: Readonly<Record<Review['charts'][number]['of'], string>>;
}

/** Of a week, its days and what it was like: "…: 14 deployments, 7 % failed, 31 alerts; noisiest: web-cpu". */
export function reviewSentence(event: Review, words: ReviewWords, state: Messages['state']['review']): string {
  const { dora, alerts, noisiest } = event;
  const about = outline(event);
  const told = `${state[about.state]}${located(event)}: ${about.subject}`;
  if (about.state === 'empty') return `${told}.`;
  const { deployments, failureRate } = dora;
  const failed = failureRate === undefined ? [] : [words.failed(percent(failureRate.now, words))];
  const said = [words.deployments(deployments.now), ...failed, words.alerts(alerts.fired.now)].join(', ');
  const [first] = noisiest;
  return `${told}; ${said}${given('; ', first && words.noisiest(cutAtWord(first.name, 80)))}.`;
}

/** "7 %", of a share. */
export const percent = (share: number, { number }: Pick<ReviewWords, 'number'>): string =>
  `${number(Math.round(share * 100))}\u00a0%`;
