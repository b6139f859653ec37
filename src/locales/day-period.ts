import type { LocaleName } from './registry.ts';

// Not from Node's data, which says "오후" in one release and "PM" in another (ICU 78.2: Node 22.22.3, 24.13.1).
const WORDS: Readonly<Record<string, readonly [beforeNoon: string, afterNoon: string]>> = {
  en: ['AM', 'PM'],
  ko: ['오전', '오후'],
  cs: ['dop.', 'odp.'],
  vi: ['SA', 'CH'],
} satisfies Record<LocaleName, readonly [string, string]>;

/** "AM" or "PM" in a language, of an hour from 0 to 23; undefined in one that is not ours. */
export const dayPeriod = (locale: string, hour: number): string | undefined => WORDS[locale]?.[hour < 12 ? 0 : 1];
