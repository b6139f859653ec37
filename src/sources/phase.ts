import type { EventOf } from '../event/event.ts';
import type { Severity } from '../event/fields.ts';
import type { SourceContext } from './source.ts';

export type Phase = EventOf<'deployment'>['phase'];
type Action = EventOf<'artifact'>['action'];

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
  unknown: 'warning',
};

/** What a sender's word means, and the extra that asks for it where it is noise. */
interface Meaning {
  readonly phase: Phase;
  readonly extra?: string;
}

export interface Words {
  readonly known: ReadonlyMap<string, Meaning>;
  /** Words that are deliberately not told. */
  readonly noise: ReadonlySet<string>;
  /** The extra without which not even a word that nobody knows is told. */
  readonly extra?: string | undefined;
}

/** Foreign words are looked up in a Map, which has no prototype to reach. */
export const words = (
  table: Readonly<Record<string, Meaning>>,
  { noise = [], extra }: { readonly noise?: readonly string[]; readonly extra?: string } = {},
): Words => ({ known: new Map(Object.entries(table)), noise: new Set(noise), extra });

/** How something stands; `word` is the sender's own, where nobody here knows it. */
export interface Standing {
  readonly phase: Phase;
  readonly word?: string;
  readonly outcome?: EventOf<'deployment'>['outcome'];
}

/** What went through and left something behind: no failure, but worth a look. */
export const severityOf = ({ phase, outcome }: Pick<EventOf<'deployment'>, 'phase' | 'outcome'>): Severity =>
  outcome !== undefined && phase === 'succeeded' ? 'warning' : SEVERITY[phase];

/**
 * What tries a change that is proposed, and deploys nothing: its failure is its author's and wakes nobody, and one that was
 * cancelled has been replaced by the next try.
 */
export const checked = (standing: Pick<Standing, 'phase' | 'outcome'>) => ({
  check: true,
  severity: CHECKED[standing.phase] ?? severityOf(standing),
});

const CHECKED: Partial<Record<Phase, Severity>> = { failed: 'warning', cancelled: 'info' };

/**
 * What a word means here; undefined where it is missing or noise. A word that nobody knows is told as such: the first
 * new word of a sender would lose failures unseen.
 */
export function standingOf(
  { known, noise, extra }: Words,
  word: string | undefined,
  context: SourceContext,
): Standing | undefined {
  const lower = word?.toLowerCase() ?? '';
  const meaning =
    known.get(lower) ?? (word === undefined || noise.has(lower) ? undefined : { phase: 'unknown', extra });
  if (meaning === undefined || (meaning.extra !== undefined && !context.includes(meaning.extra))) return undefined;
  return known.has(lower) ? { phase: meaning.phase } : { phase: 'unknown', ...(word !== undefined && { word }) };
}

const YEAR_SECONDS = 31_536_000;

/** Seconds between two instants, where both are known and in order. */
export function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const span = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
  return span >= 0 && span <= YEAR_SECONDS ? span : undefined;
}

/** What there is of some facts, as properties; undefined where there is nothing. */
export function said(given: Readonly<Record<string, string | number | undefined>>): Record<string, string> | undefined {
  const pairs = Object.entries(given).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, `${value}`] as const],
  );
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

/** The first line of a commit's message, which is its title. */
export const firstLine = (message: string | undefined): string | undefined =>
  message?.trimStart().split('\n', 1)[0]?.trim() || undefined;

/** What was done to an artifact; with the sender's word for it where nobody here knows that. */
export const madeAs = (action: Action | undefined, word: string) =>
  action === undefined
    ? { action: 'unknown' as const, word, severity: 'warning' as const }
    : { action, severity: action === 'revoked' ? ('warning' as const) : ('info' as const) };
