import { computed, effect, signal } from '@preact/signals';
import { cs } from './words/cs.ts';
import { en } from './words/en.ts';
import { ko } from './words/ko.ts';
import { vi } from './words/vi.ts';
import type { PageWords } from './words/words.ts';

export const LANGUAGES = { en, ko, cs, vi } as const satisfies Readonly<Record<string, PageWords>>;

type Language = keyof typeof LANGUAGES;

const KEY = 'autoscale-relay.language';

const known = (name: string | null): Language | undefined =>
  (Object.keys(LANGUAGES) as Language[]).find((each) => each === name);

// A browser may refuse storage; the choice then lasts as long as the page.
function remembered(): Language | undefined {
  try {
    return known(localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}

const preferred = (): Language =>
  navigator.languages.map((each) => known(each.split('-')[0] ?? '')).find((each) => each !== undefined) ?? 'en';

export const language = signal<Language>(remembered() ?? preferred());

/** What the page says, in the language of its reader. */
export const words = computed<PageWords>(() => LANGUAGES[language.value]);

export function speak(name: string): void {
  language.value = known(name) ?? 'en';
  try {
    localStorage.setItem(KEY, language.value);
  } catch {
    return;
  }
}

effect(() => {
  document.documentElement.lang = language.value;
});

/** The words of a reason: the relay's own in the reader's language, anybody else's as they are. */
export const reasonText = (reason: string): string => words.value.reasons[reason] ?? reason;

export const stateText = (state: string): string =>
  (words.value.states as Readonly<Record<string, string>>)[state] ?? state;
export const severityText = (severity: string): string => words.value.severities[severity] ?? severity;

const DAY_MS = 86_400_000;

/** A time of the reader's clock; the day as well where it is not today. */
export function timeText(iso: string, now = Date.now()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const isNear = Math.abs(date.getTime() - now) < DAY_MS && date.getDate() === new Date(now).getDate();
  const day = isNear ? {} : ({ month: 'short', day: 'numeric' } as const);
  return formatted(date, { ...day, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

const formats = new Map<string, Intl.DateTimeFormat>();

// To make one takes longer than to use it a thousand times.
function formatted(date: Date, options: Intl.DateTimeFormatOptions): string {
  const name = `${language.value} ${Object.keys(options).length}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(language.value, options);
  formats.set(name, format);
  return format.format(date);
}

const UNITS = [
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

// Up to two of a unit are told in the next smaller one: "26 hours" says more than "1 day".
const unitOf = (milliseconds: number) =>
  UNITS.find(([, length], at) => milliseconds >= (at < 2 ? 2 : 1) * length) ?? UNITS[3];

/** "4 days", "26 hours". */
export function spanText(milliseconds: number): string {
  const [unit, length] = unitOf(milliseconds);
  const count = Math.floor(Math.max(0, milliseconds) / length);
  return count.toLocaleString(language.value, { style: 'unit', unit, unitDisplay: 'long' });
}

/** "4 days ago"; a text that is no time is shown as it is. */
export function agoText(iso: string, now = Date.now()): string {
  const gone = Math.max(0, now - Date.parse(iso));
  if (Number.isNaN(gone)) return iso;
  const [unit, length] = unitOf(gone);
  return new Intl.RelativeTimeFormat(language.value).format(-Math.floor(gone / length), unit);
}

export const dayText = (day: string): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString(language.value, { month: 'short', day: 'numeric', timeZone: 'UTC' });

export const zoneText = (): string => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const parts = new Intl.DateTimeFormat(language.value, { timeZoneName: 'shortOffset' }).formatToParts(new Date());
  return `${timeZone} (${parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''})`;
};
