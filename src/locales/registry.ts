import { cs } from './cs.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Messages } from './messages.ts';
import { vi } from './vi.ts';

/** Every language, by the name that settings use. */
export const locales = {
  en,
  ko,
  cs,
  vi,
} as const satisfies Record<string, Messages>;

export type LocaleName = keyof typeof locales;
