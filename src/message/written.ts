import { dayPeriod } from '../locales/day-period.ts';

/** An instant as a language writes it in a zone. */
interface Format {
  readonly whole: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly zone: Intl.DateTimeFormat;
  /** The same of every instant of one day. */
  readonly day: Intl.DateTimeFormat;
}

const formats = new Map<string, Format>();

function formatOf(locale: string, timeZone: string): Format {
  const key = `${locale} ${timeZone}`;
  // Made when first needed: loading a language's data costs milliseconds of every cold start.
  const format = formats.get(key) ?? {
    whole: new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' }),
    clock: new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }),
    day: new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short' }),
    zone: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      timeZoneName: 'shortOffset',
      hour: '2-digit',
      hourCycle: 'h23',
    }),
  };
  formats.set(key, format);
  return format;
}

/** "14:05 UTC", of an ISO date in UTC. */
export const utcTime = (instant: string): string => `${instant.slice(11, 16)} UTC`;

/** "2026-11-20 14:05 UTC": the same in every language and zone, so that people can compare it with logs. */
export const utc = (instant: string): string => `${instant.slice(0, 10)} ${utcTime(instant)}`;

/**
 * An instant (ISO, UTC) for people: "2026-11-20 14:05 UTC"; in another zone as the language writes it, with the zone's
 * offset and UTC beside it: "20 Nov 2026, 23:05 GMT+9 (2026-11-20 14:05 UTC)".
 */
export function written(instant: string, locale: string, timeZone: string): string {
  return timeZone === 'UTC' ? utc(instant) : `${local(instant, 'whole', locale, timeZone)} (${utc(instant)})`;
}

/** The same in short, as it is said at `now` (ISO, UTC): without the date where it is today there, and once. */
export function writtenAt(now: string, instant: string, locale: string, timeZone: string): string {
  const { day } = formatOf(locale, timeZone);
  const isToday = day.format(new Date(instant)) === day.format(new Date(now));
  if (timeZone === 'UTC') return isToday ? utcTime(instant) : utc(instant);
  return local(instant, isToday ? 'clock' : 'whole', locale, timeZone);
}

/** "20 Nov 2026, 23:05 GMT+9". */
function local(instant: string, form: 'whole' | 'clock', locale: string, timeZone: string): string {
  const { zone, ...formats } = formatOf(locale, timeZone);
  const date = new Date(instant);
  const parts = new Map(zone.formatToParts(date).map(({ type, value }) => [type, value]));
  const said = worded(formats[form].formatToParts(date), locale, Number(parts.get('hour')));
  return `${said} ${parts.get('timeZoneName') ?? timeZone}`;
}

/** The parts of a time in one text, whatever release of Node's data they are of: `hour` is from 0 to 23. */
export const worded = (parts: readonly Intl.DateTimeFormatPart[], locale: string, hour: number): string =>
  parts
    .map(({ type, value }) => (type === 'dayPeriod' ? (dayPeriod(locale, hour) ?? value) : value))
    .join('')
    // One kind of space: what stands before "PM" differs as well.
    .replace(/\s/g, ' ');
