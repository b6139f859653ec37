import { en } from './en.ts';
import type { Messages } from './messages.ts';

/** Every language, by the name that settings use. */
export const locales = { en } as const satisfies Record<string, Messages>;

export type LocaleName = keyof typeof locales;
