import type { ComponentChildren } from 'preact';
import { Link } from './parts.tsx';

// The page is English, yet a reader's clock of 12 or 24 hours is kept.
const { hourCycle = 'h23' } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();

// Slack writes dates in the language of its reader: here that of the message. This page's own words are English.
let language = 'en';
let isRelative = true;

export function readAs(locale: string): void {
  language = locale;
}

/** Leaves out "today" and its like, so that a message looks the same on every day. */
export function withoutToday(): void {
  isRelative = false;
}

const written = (date: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-US' : language, options).format(date);

const SUFFIX: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ordinal = (day: number): string => `${day}${SUFFIX[ordinals.select(day)] ?? 'th'}`;

const short = (date: Date): string => written(date, { month: 'short', day: 'numeric', year: 'numeric' });
const full = (date: Date): string =>
  language === 'en'
    ? `${written(date, { month: 'long' })} ${ordinal(date.getDate())}, ${date.getFullYear()}`
    : written(date, { dateStyle: 'long' });
const long = (date: Date): string =>
  language === 'en' ? `${written(date, { weekday: 'long' })}, ${full(date)}` : written(date, { dateStyle: 'full' });

function nearby(date: Date): string | undefined {
  const midnight = new Date().setHours(0, 0, 0, 0);
  const days = Math.round((new Date(date).setHours(0, 0, 0, 0) - midnight) / 86_400_000);
  if (!isRelative || Math.abs(days) > 1) return undefined;
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
}

export function ago(date: Date): string {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (Math.abs(seconds) < 45) return 'just now';
  if (Math.abs(seconds) < 3600) return words.format(Math.round(seconds / 60), 'minute');
  if (Math.abs(seconds) < 86_400) return words.format(Math.round(seconds / 3600), 'hour');
  return words.format(Math.round(seconds / 86_400), 'day');
}

const clock = (date: Date, options: Intl.DateTimeFormatOptions = {}): string =>
  written(date, { hour: 'numeric', minute: '2-digit', ...(language === 'en' && { hourCycle }), ...options });

// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
const TOKENS: Readonly<Record<string, (date: Date) => string>> = {
  date_num: (date) => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10),
  date: full,
  date_short: short,
  date_long: long,
  date_pretty: (date) => nearby(date) ?? full(date),
  date_short_pretty: (date) => nearby(date) ?? short(date),
  date_long_pretty: (date) => nearby(date) ?? long(date),
  time: (date) => clock(date),
  time_secs: (date) => clock(date, { second: '2-digit' }),
  ago,
};

interface SlackDate {
  readonly unix: number;
  readonly format: string;
  readonly url: string;
  readonly fallback: string;
}

export function dateNode({ unix, format, url, fallback }: SlackDate): ComponentChildren {
  const date = new Date(unix * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  const text = format.replace(/\{(\w+)\}/g, (token, name: string) => TOKENS[name]?.(date) ?? token);
  const time = (
    <time datetime={date.toISOString()} title={fallback || date.toISOString()}>
      {text || fallback}
    </time>
  );
  return url === '' ? time : <Link url={url}>{time}</Link>;
}
