import type { Severity } from '../../event/fields.ts';
import type { Phase, Standing } from '../phase.ts';

export interface Outcome {
  /** Absent where it is no news: a stage that was skipped. */
  readonly phase?: Phase;
  readonly severity?: Severity;
  readonly outcome?: Standing['outcome'];
  readonly output?: string;
  /** The sender's own, where nobody here knows it. */
  readonly word?: string;
}

// The words of builds, runs, stages, jobs, environments and approvals, without case and spaces.
const OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['succeeded', { phase: 'succeeded' }],
  // It went through and left something behind: no failure, but worth a look.
  ['partiallysucceeded', { phase: 'succeeded', outcome: 'partial', severity: 'warning', output: 'partiallySucceeded' }],
  [
    'succeededwithissues',
    { phase: 'succeeded', outcome: 'warnings', severity: 'warning', output: 'succeededWithIssues' },
  ],
  ['failed', { phase: 'failed' }],
  ['canceled', { phase: 'cancelled' }],
  ['cancelled', { phase: 'cancelled' }],
  ['stopped', { phase: 'cancelled' }],
  ['abandoned', { phase: 'cancelled' }],
  ['approved', { phase: 'approved' }],
  ['rejected', { phase: 'rejected' }],
  ['timedout', { phase: 'rejected', output: 'timedOut' }],
  ['skipped', {}],
]);

// States that are no end, of builds, stages, releases and approvals, and words for none.
const NO_END: ReadonlySet<string> = new Set(
  (
    'all active cancelling canceling completed deferred draft inprogress none notdeployed notstarted pending ' +
    'postponed queued reassigned running scheduled undefined uninitiated unknown waiting'
  ).split(' '),
);

const lettersOf = (word: string): string => word.toLowerCase().replace(/[^a-z]/g, '');

/** What a word of the sender's sentence means; undefined for a word that says nothing of an end. */
export const outcomeOf = (word: string | undefined): Outcome | undefined => OUTCOMES.get(lettersOf(word ?? ''));

/**
 * What the fields of an event say of an end: the first that says anything decides, also where nobody knows its word.
 * Undefined where none does.
 */
export function endOf(...fields: readonly (string | undefined)[]): Outcome | undefined {
  const word = fields.find((each) => each !== undefined && !NO_END.has(lettersOf(each)));
  return word === undefined ? undefined : (outcomeOf(word) ?? { phase: 'unknown', word });
}
