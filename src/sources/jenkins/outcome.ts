import type { Severity } from '../../event/fields.ts';
import type { Phase, Standing } from '../phase.ts';

export interface Outcome {
  readonly phase: Phase;
  readonly severity: Severity;
  readonly outcome?: Standing['outcome'];
  /** Jenkins' own word, where the phase says less. */
  readonly word?: string;
}

// Results: https://javadoc.jenkins.io/hudson/model/Result.html
const OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['SUCCESS', { phase: 'succeeded', severity: 'info' }],
  // "Some errors but not fatal", such as a test that failed: the build is not good, and nobody has to get up for it.
  ['UNSTABLE', { phase: 'failed', outcome: 'partial', severity: 'warning', word: 'UNSTABLE' }],
  ['FAILURE', { phase: 'failed', severity: 'error' }],
  ['ABORTED', { phase: 'cancelled', severity: 'warning' }],
  // A stage of a multi-stage build that was not reached because an earlier one failed.
  ['NOT_BUILT', { phase: 'cancelled', severity: 'warning', word: 'NOT_BUILT' }],
]);

/** Undefined without a result. */
export const outcomeOf = (result: string | undefined): Outcome | undefined =>
  result === undefined
    ? undefined
    : (OUTCOMES.get(result.toUpperCase()) ?? { phase: 'unknown', severity: 'warning', word: result });

/** What an event says of an outcome: Jenkins' word stands in the output, one that nobody knows for the phase. */
export const saidOf = ({ phase, word }: Outcome): { readonly said?: string; readonly word?: string } =>
  word === undefined ? {} : phase === 'unknown' ? { word } : { said: word };
