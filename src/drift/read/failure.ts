import type { SetReading } from '../rules/reading.ts';
import type { Failure, SetLocation } from '../scale-sets.ts';

/** What became of reading one set. */
export type SetOutcome =
  | { readonly kind: 'read'; readonly reading: SetReading }
  | { readonly kind: 'unread'; readonly place: SetLocation; readonly failure: Failure };

/** Access that is missing does not come back by itself. */
export const isRefused = ({ kind }: Failure): boolean => kind === 'forbidden' || kind === 'gone';

/** Not now: the next run goes on with it. */
export const isPutOff = ({ kind }: Failure): boolean => kind === 'stopped' || kind === 'held';

/** A word for people, and the HTTP status that says what to do where the word is not known. */
export const whyIn = (failure: Failure): { readonly why: string; readonly status?: number } => ({
  why: whyOf(failure),
  ...(failure.status !== undefined && { status: failure.status }),
});

/** A word for people. */
export const whyOf = ({ code, status, kind }: Failure): string => code ?? (status === undefined ? kind : `${status}`);
