export type Thing = 'all' | 'environment' | 'source' | 'receiver' | 'set' | 'rule' | 'deployment';
export type Advice = 'widen' | 'steady' | 'unattended' | 'many';
export type Counted =
  | 'alerts'
  | 'deployments'
  | 'failed'
  | 'highest'
  | 'lowest'
  | 'events'
  | 'sent'
  | 'bundled'
  | 'held'
  | 'silenced'
  | 'dead'
  | 'overtaken';
export type WeekKey =
  | 'events'
  | 'deployments'
  | 'leadTime'
  | 'failureRate'
  | 'restore'
  | 'alerts'
  | 'acknowledge'
  | 'resolve'
  | 'scalings';

/** What the page says of days and weeks. Numbers and times come written in the reader's language. */
export interface FiguresWords {
  readonly week: string;
  /** From the first day to the last. */
  readonly weekOf: (first: string, last: string) => string;
  readonly calm: string;
  readonly countedUntil: (time: string) => string;
  readonly notCounted: string;
  readonly keys: Readonly<Record<WeekKey, string>>;
  /** Of a number, what it was a week earlier. */
  readonly before: (value: string) => string;
  readonly perDay: (count: string) => string;
  readonly lists: Readonly<Record<'noisiest' | 'drift' | 'slowest' | 'atMaximum', string>>;
  readonly times: (count: string) => string;
  readonly flaps: (perDay: string, between: string | undefined) => string;
  readonly between: (least: string, most: string) => string;
  readonly advice: Readonly<Record<Advice, string>>;
  /** How large a set was, on how many days, and whether its setting allows no more. */
  readonly reached: (capacity: string, days: number, isLimit: boolean) => string;
  readonly days: string;
  readonly what: string;
  readonly things: Readonly<Record<Thing, string>>;
  readonly name: string;
  readonly noDays: string;
  readonly series: Readonly<Record<Counted, string>>;
  readonly charts: Readonly<Record<'days' | 'capacity' | 'events' | 'messages' | 'steps', string>>;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly asTable: string;
  readonly csv: string;
}
