import type { Standing } from '../phase.ts';
import type { Execution } from './payload.ts';

type Ends = ReadonlyMap<string, Standing['phase'] | undefined>;

// ExecutionStatus of orca-api. The type of the event says less: "failed" covers what was cancelled as well.
export const EXECUTION: Ends = new Map([
  ['SUCCEEDED', 'succeeded'],
  ['TERMINAL', 'failed'],
  ['FAILED_CONTINUE', 'failed'],
  ['CANCELED', 'cancelled'],
  ['STOPPED', 'cancelled'],
  ['SKIPPED', undefined],
]);

// A stage that was stopped lets the pipeline go on, and orca counts it as a failure of the stage.
export const STAGE: Ends = new Map([...EXECUTION, ['STOPPED', 'failed']]);

/** How something ended: by its status, and by the event's last word where that is missing; undefined where it is no news. */
export function endOf(ends: Ends, status: string | undefined, word: string): Standing | undefined {
  const known = status?.toUpperCase() ?? '';
  const isEnd = ends.has(known);
  const phase = isEnd ? ends.get(known) : LAGGING.has(known) ? BY_WORD.get(word) : undefined;
  if (phase !== undefined) return { phase };
  return isEnd ? undefined : { phase: 'unknown', word: status ?? word };
}

// A status can be missing, or be that of a moment before.
const LAGGING: ReadonlySet<string> = new Set([
  '',
  'NOT_STARTED',
  'RUNNING',
  'PAUSED',
  'SUSPENDED',
  'BUFFERED',
  'REDIRECT',
]);

const BY_WORD: ReadonlyMap<string, Standing['phase']> = new Map([
  ['complete', 'succeeded'],
  ['failed', 'failed'],
]);

/** A stage may fail without the pipeline that it is in: "ignore the failure", in Deck. */
export const hasIgnored = (execution: Execution): boolean =>
  execution?.stages.some((stage) => stage?.status?.toUpperCase() === 'FAILED_CONTINUE') ?? false;

const HALTED = ['TERMINAL', 'FAILED_CONTINUE', 'STOPPED'];

/** The stage that failed, as people named it, and what it or one of its parts said. */
export function failureOf(execution: Execution): { failedStep?: string | undefined; output?: string | undefined } {
  const stages = execution?.stages ?? [];
  const failed = HALTED.flatMap((status) => stages.filter((stage) => stage?.status?.toUpperCase() === status));
  const named = failed.find((stage) => stage?.parentStageId === undefined) ?? failed[0];
  return {
    failedStep: named?.name ?? named?.type,
    output: failed.map((stage) => errorOf(stage?.context)).find(Boolean),
  };
}

type Context = NonNullable<NonNullable<Execution>['stages'][number]>['context'];

export function errorOf(context: Context): string | undefined {
  const details = context?.exception?.details;
  return details?.errors.join('\n') || context?.failureMessage || details?.error;
}
