import { cs } from './cs/cs.ts';
import { en } from './en/en.ts';
import { ko } from './ko/ko.ts';
import type { Messages } from './messages.ts';
import { vi } from './vi/vi.ts';

/** Every language, by the name that settings use. */
export const locales = {
  en,
  ko,
  cs,
  vi,
} as const satisfies Record<string, Messages>;

export type LocaleName = keyof typeof locales;
