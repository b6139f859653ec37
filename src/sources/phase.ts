import type { EventOf } from '../event/event.ts';
import type { Severity } from '../event/fields.ts';
import type { SourceContext } from './source.ts';

export type Phase = EventOf<'deployment'>['phase'];

/** How bad a phase of a deployment is, where the sender does not say. */
export const SEVERITY: Readonly<Record<Phase, Severity>> = {
  requested: 'info',
  waiting: 'warning',
  started: 'info',
  succeeded: 'info',
  failed: 'error',
  cancelled: 'warning',
  approved: 'info',
  rejected: 'warning',
};

/** What a sender's word means, and the extra that asks for it where it is noise. A word that is not listed is noise. */
interface Meaning {
  readonly phase: Phase;
  readonly extra?: string;
}

/** Foreign words are looked up in a Map, which has no prototype to reach. */
export const words = (table: Readonly<Record<string, Meaning>>): ReadonlyMap<string, Meaning> =>
  new Map(Object.entries(table));

/** The phase that a word means here; undefined where it is noise. */
export function phaseOf(
  table: ReadonlyMap<string, Meaning>,
  word: string | undefined,
  context: SourceContext,
): Phase | undefined {
  const meaning = table.get(word?.toLowerCase() ?? '');
  if (meaning === undefined) return undefined;
  return meaning.extra === undefined || context.includes(meaning.extra) ? meaning.phase : undefined;
}

const YEAR_SECONDS = 31_536_000;

/** Seconds between two instants, where both are known and in order. */
export function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const span = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
  return span >= 0 && span <= YEAR_SECONDS ? span : undefined;
}

/** The first line of a commit's message, which is its title. */
export const firstLine = (message: string | undefined): string | undefined =>
  message?.trimStart().split('\n', 1)[0]?.trim() || undefined;
