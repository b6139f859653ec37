import type { Messages } from './messages.ts';
import type { LocaleName } from './registry.ts';

// Four languages are a quarter of what a first call would load, and a relay mostly writes in one.
const LOADED: Readonly<Record<LocaleName, () => Promise<Messages>>> = {
  en: async () => (await import('./en/en.ts')).en,
  ko: async () => (await import('./ko/ko.ts')).ko,
  cs: async () => (await import('./cs/cs.ts')).cs,
  vi: async () => (await import('./vi/vi.ts')).vi,
};

/** The name of every language. */
export const localeNames = Object.keys(LOADED) as readonly LocaleName[];

/** The words of a language, which are loaded with the first message in it. */
export const wordsOf = (locale: LocaleName): Promise<Messages> => LOADED[locale]();
