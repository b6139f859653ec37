import type { Severity } from '../../event/fields.ts';
import type { Phase } from '../phase.ts';

export interface Outcome {
  /** Absent where it is no news: a stage that was skipped. */
  readonly phase?: Phase;
  readonly severity?: Severity;
  readonly output?: string;
}

// The words of builds, runs, stages, jobs, environments and approvals, without case and spaces.
const OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['succeeded', { phase: 'succeeded' }],
  // It went through and left something behind: no failure, but worth a look.
  ['partiallysucceeded', { phase: 'succeeded', severity: 'warning', output: 'partiallySucceeded' }],
  ['succeededwithissues', { phase: 'succeeded', severity: 'warning', output: 'succeededWithIssues' }],
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

/** What a word of the sender means; undefined for a word that says nothing of an end. */
export const outcomeOf = (word: string | undefined): Outcome | undefined =>
  OUTCOMES.get(word?.toLowerCase().replace(/[^a-z]/g, '') ?? '');
