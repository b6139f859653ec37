import type { Drawn } from './chart.tsx';
import { words } from './ui-words.ts';
import type { Advice, Counted, Thing } from './words/figures-words.ts';

/** What the relay counted, as far as this page shows it. Days are those of UTC. */

export const THINGS = ['all', 'environment', 'source', 'receiver', 'set', 'rule', 'deployment'] as const;

export interface Step {
  readonly at: string;
  readonly from?: number;
  readonly to: number;
}

export interface DayCount {
  readonly day: string;
  readonly of: Thing;
  readonly name: string;
  readonly id?: string;
  readonly environment?: string;
  readonly events: number;
  readonly scale?: { readonly steps?: readonly Step[]; readonly minimum?: number; readonly maximum?: number };
  readonly messages?: Readonly<Partial<Record<Counted, number>>>;
}

export interface Figures {
  readonly countedUntil?: string;
  readonly days: readonly DayCount[];
}

/** A number of a week, and that of the week before. */
export interface Over {
  readonly now: number;
  readonly before?: number;
}

interface Named {
  readonly name: string;
  readonly environment?: string;
}

/** Durations are in seconds. */
export interface Review {
  readonly countedUntil?: string;
  readonly from: string;
  readonly until: string;
  readonly events: Over;
  readonly dora: {
    readonly deployments: Over;
    readonly leadTime?: Over;
    readonly failureRate?: Over;
    readonly restore?: Over;
  };
  readonly alerts: { readonly fired: Over; readonly acknowledge?: Over; readonly resolve?: Over };
  readonly scalings: Over;
  readonly noisiest: readonly (Named & {
    readonly count: number;
    readonly flaps: number;
    readonly between?: readonly [number, number];
    readonly advice?: Advice;
  })[];
  readonly drift: readonly (Named & { readonly seconds: Over })[];
  readonly slowest: readonly (Named & { readonly seconds: number })[];
  readonly atMaximum: readonly (Named & {
    readonly capacity: number;
    readonly days: number;
    readonly limit?: boolean;
  })[];
  readonly charts: readonly {
    readonly of: 'days' | 'capacity';
    readonly form: 'bar' | 'line';
    readonly name?: string;
    readonly days: readonly string[];
    readonly series: readonly { readonly of: Counted; readonly values: readonly number[] }[];
  }[];
}

// Names are somebody else's: each keeps its own direction, where no element can say so.
const isolated = (name: string): string => `\u2068${name}\u2069`;

const DAY_MS = 86_400_000;
const DAYS = 30;

/** Every day that is drawn, the oldest first: the last is the last that was counted. */
export function drawnDays({ countedUntil = '', days }: Figures): readonly string[] {
  const last = days.reduce((latest, { day }) => (day > latest ? day : latest), countedUntil.slice(0, 10));
  const end = Date.parse(`${last}T00:00:00Z`);
  if (Number.isNaN(end)) return [];
  return Array.from({ length: DAYS + 1 }, (_, at) => new Date(end - (DAYS - at) * DAY_MS).toISOString().slice(0, 10));
}

const keyOf = ({ id, name }: DayCount): string => id ?? name;

export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly environment: string | undefined;
  readonly events: number;
}

const busyness = ({ events, messages = {} }: DayCount): number =>
  events + Object.values(messages).reduce((sum, count) => sum + count, 0);

/** What was counted, by its name; the busiest first. */
export function choicesOf(days: readonly DayCount[]): readonly Choice[] {
  const choices = new Map<string, Choice>();
  for (const each of days) {
    const { name, environment } = each;
    const events = (choices.get(keyOf(each))?.events ?? 0) + busyness(each);
    choices.set(keyOf(each), { key: keyOf(each), name, environment, events });
  }
  return [...choices.values()].toSorted((a, b) => b.events - a.events || (a.name < b.name ? -1 : 1));
}

export const rowsOf = (days: readonly DayCount[], key: string): readonly DayCount[] =>
  days.filter((each) => keyOf(each) === key);

/** Of a day, its month and itself. */
const short = (day: string): string => day.slice(5);

const MESSAGES = ['sent', 'bundled', 'held', 'silenced', 'dead', 'overtaken'] as const;

/** What happened on each day; nothing where nothing did. */
export function perDay(rows: readonly DayCount[], days: readonly string[]): readonly Drawn[] {
  const { series, charts } = words.value.figures;
  const each = (of: (row: DayCount) => number | undefined) =>
    days.map((day) => rows.filter((row) => row.day === day).reduce((sum, row) => sum + (of(row) ?? 0), 0));
  const isAny = ({ values }: { readonly values: readonly number[] }) => values.some((value) => value > 0);
  const events = [{ name: series.events, values: each((row) => row.events) }].filter(isAny);
  const messages = MESSAGES.map((of) => ({
    name: series[of],
    values: each((row) => row.messages?.[of]),
  })).filter(isAny);
  const points = days.map(short);
  return [
    { form: 'bar' as const, title: charts.events, points, series: events },
    { form: 'line' as const, title: charts.messages, points, series: messages },
  ].filter((chart) => chart.series.length > 0);
}

/** The least and the most instances of a set on each day: one without a step is as the one before ended. */
export function capacityOf(rows: readonly DayCount[], days: readonly string[]): Drawn | undefined {
  const { series, charts } = words.value.figures;
  const scales = rows.toSorted((a, b) => (a.day < b.day ? -1 : 1)).flatMap(({ scale }) => scale ?? []);
  const [first] = scales.flatMap(({ steps = [] }) => steps);
  let last = first?.from ?? first?.to ?? scales.find(({ minimum }) => minimum !== undefined)?.minimum;
  if (last === undefined) return undefined;
  const spans = days.map((day) => {
    const scale = rows.find((row) => row.day === day)?.scale;
    const span = [scale?.maximum ?? last ?? 0, scale?.minimum ?? last ?? 0] as const;
    last = scale?.steps?.at(-1)?.to ?? last;
    return span;
  });
  const title = [...rows.slice(-1).map(({ name }) => isolated(name)), charts.capacity].join(' · ');
  const [highest, lowest] = [spans.map(([most]) => most), spans.map(([, least]) => least)];
  return {
    form: 'line',
    title,
    points: days.map(short),
    series: [
      { name: series.highest, values: highest },
      { name: series.lowest, values: lowest },
    ],
  };
}

/** The last day on which a set scaled, and how. */
export function lastSteps(
  rows: readonly DayCount[],
): { readonly day: string; readonly steps: readonly Step[] } | undefined {
  const last = rows
    .filter(({ scale }) => (scale?.steps ?? []).length > 0)
    .reduce<DayCount | undefined>(
      (latest, row) => (latest !== undefined && latest.day > row.day ? latest : row),
      undefined,
    );
  return last && { day: last.day, steps: last.scale?.steps ?? [] };
}

export const chartOfReview = ({ of, form, name, days, series }: Review['charts'][number]): Drawn => {
  const { charts, series: called } = words.value.figures;
  return {
    form,
    title: [...(name === undefined ? [] : [isolated(name)]), charts[of]].join(' · '),
    points: days.map(short),
    series: series.map((each) => ({ name: called[each.of] ?? each.of, values: each.values })),
  };
};
