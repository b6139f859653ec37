/** The values of every field that a schedule takes, in ascending order: seconds, minutes, hours, days of the month, months, days of the week (0 is Sunday). */
export interface Schedule {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
}

/** A schedule that was read, with what its author may not have meant; or what is wrong, without its text. */
export type Reading =
  | { readonly schedule: Schedule; readonly remarks: readonly string[] }
  | { readonly problem: string };

interface Field {
  readonly key: keyof Schedule;
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  readonly takes: string;
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const FIELDS: readonly Field[] = [
  { key: 'seconds', name: 'second', least: 0, most: 59, takes: '0 to 59' },
  { key: 'minutes', name: 'minute', least: 0, most: 59, takes: '0 to 59' },
  { key: 'hours', name: 'hour', least: 0, most: 23, takes: '0 to 23' },
  { key: 'days', name: 'day of the month', least: 1, most: 31, takes: '1 to 31' },
  { key: 'months', name: 'month', least: 1, most: 12, names: MONTHS, takes: '1 to 12, or JAN to DEC' },
  {
    key: 'weekdays',
    name: 'day of the week',
    least: 0,
    most: 6,
    names: WEEKDAYS,
    takes: '0 (Sunday) to 6, or SUN to SAT',
  },
];

const EXAMPLE = 'such as `0 0 9 * * 1`, every Monday at 09:00';

// https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#timespan
const TIME_SPAN = /^-?(\d+|(\d+\.)?\d{1,2}:\d{1,2}(:\d{1,2}(\.\d+)?)?)$/;

/**
 * Reads NCRONTAB as the timers of Azure Functions do: as the library NCrontab 3.4.0 does, with five fields or six, the
 * first of six being seconds. https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer
 */
export function readSchedule(text: string): Reading {
  const parts = text.split(' ').filter(Boolean);
  if (parts.length !== 5 && parts.length !== 6) return { problem: notFields(text, parts.length) };
  const given = parts.length === 5 ? ['0', ...parts] : parts;
  const remarks: string[] = [];
  const read = FIELDS.map((field, index) => [field, valuesOf(String(given[index]), field, remarks)] as const);
  const wrong = read.find(([, values]) => values === undefined)?.[0];
  if (wrong !== undefined) {
    const problem = `expected NCRONTAB, ${EXAMPLE}: the field ${wrong.name} takes ${wrong.takes}, with \`*\`, \`,\`, \`-\` and \`/\``;
    return { problem };
  }
  const schedule = Object.fromEntries(read.map(([{ key }, values = []]) => [key, values])) as unknown as Schedule;
  return { schedule, remarks: [...often(schedule), ...remarks] };
}

function notFields(text: string, count: number): string {
  return TIME_SPAN.test(text.trim())
    ? `expected NCRONTAB, ${EXAMPLE}; Azure takes a time span on an App Service plan alone`
    : `expected NCRONTAB: five fields, or six of which the first is seconds, ${EXAMPLE}; there are ${count}`;
}

const often = ({ seconds }: Schedule): readonly string[] =>
  seconds.length === 1
    ? []
    : [`it comes ${seconds.length} times a minute: the first of six fields is the second, and \`0\` comes once`];

/** What a field takes; undefined where it says what there is not. */
function valuesOf(text: string, field: Field, remarks: string[]): readonly number[] | undefined {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const range = rangeOf(item, field, remarks);
    if (range === undefined) return undefined;
    for (let value = range.first; value <= range.last; value += range.step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

// The library counts in 32 bits, and fails where a step leads over them.
const MOST = 2 ** 31 - 1;

function rangeOf(item: string, field: Field, remarks: string[]): Range | undefined {
  const [, range = '', every] = /^([^/]+)(?:\/(.*))?$/s.exec(item) ?? [];
  const given = every === undefined ? 1 : numberOf(every);
  const ends = endsOf(range, every !== undefined, field);
  if (given === undefined || ends === undefined) return undefined;
  const [one, other] = ends;
  const [first, last] = one > other ? [other, one] : ends;
  const step = Math.max(1, given);
  if (first < field.least || last > field.most || first - field.least + step > MOST) return undefined;
  if (one > other) remarks.push(`the range ${range} runs backwards, and is taken for ${first} to ${last}`);
  if (given < 1) remarks.push(`the step ${given} is taken for 1`);
  if (given > field.most - field.least) remarks.push(`the step ${given} leads past the last ${field.name}`);
  return { first, last, step };
}

/** The ends of `*`, `1-5` and `5`, and of what is stepped through: `5/15` goes on to the last. */
function endsOf(range: string, stepped: boolean, { least, most, names }: Field): readonly [number, number] | undefined {
  if (range === '*') return [least, most];
  const dash = range.indexOf('-');
  const first = readValue(dash > 0 ? range.slice(0, dash) : range, least, names);
  const last = dash > 0 ? readValue(range.slice(dash + 1), least, names) : stepped ? most : first;
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** A number, or the beginning of an English name: the first that begins so. */
function readValue(text: string, least: number, names: readonly string[] = []): number | undefined {
  if (/^\d/.test(text)) return numberOf(text);
  const at = text === '' ? -1 : names.findIndex((name) => name.startsWith(text.toLowerCase()));
  return at < 0 ? undefined : at + least;
}

/** As .NET reads whole numbers, of 32 bits: what is white around one counts for nothing. */
function numberOf(text: string): number | undefined {
  const number = Number(/^[\t-\r]*([+-]?\d+)[\t-\r]*$/.exec(text)?.[1]);
  return number === (number | 0) ? number : undefined;
}
