import type { Severity } from '../../event/fields.ts';
import { linksOf } from '../links.ts';
import { SEVERITY, type Standing, standingOf, words } from '../phase.ts';
import type { SourceContext } from '../source.ts';
import { type Content, common, type Meaning, type Message } from './message.ts';

export const EXTRAS = {
  queued: 'pipeline runs that are queued',
  tasks: 'task runs, whatever became of them',
  tests: 'runs of test cases and test suites, whatever became of them',
} as const;

// https://github.com/cdevents/spec/blob/main/core.md
const PREDICATES = words(
  { queued: { phase: 'requested', extra: 'queued' }, started: { phase: 'started' } },
  { noise: ['skipped'] },
);

// https://github.com/cdevents/spec/blob/main/core.md#pipelinerun-finished
// Tests passed or failed until 0.4: https://github.com/cdevents/spec/blob/v0.4.1/testing-events.md
const OUTCOMES = words({
  success: { phase: 'succeeded' },
  pass: { phase: 'succeeded' },
  failure: { phase: 'failed' },
  fail: { phase: 'failed' },
  error: { phase: 'failed' },
  cancel: { phase: 'cancelled' },
});

// https://github.com/cdevents/spec/blob/main/testing-events.md
const LEVELS: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['low', 'warning'],
  ['medium', 'warning'],
  ['high', 'error'],
  ['critical', 'critical'],
]);

/** What a run is called, the run that tells of it as well, and the extra without which it is told only in trouble. */
interface Run {
  readonly name?: string | undefined;
  readonly whole?: { readonly id?: string | undefined } | undefined;
  readonly extra?: 'tasks' | 'tests';
}

const pipelineRun = ({ pipelineName }: Content): Run => ({ name: pipelineName });

const taskRun = ({ taskName, pipelineRun: whole }: Content): Run => ({ name: taskName, whole, extra: 'tasks' });

const testCaseRun = ({ testCase, testSuiteRun: whole }: Content): Run => ({
  name: testCase?.name ?? testCase?.id,
  whole,
  extra: 'tests',
});

const testSuiteRun = ({ testSuite }: Content): Run => ({ name: testSuite?.name ?? testSuite?.id, extra: 'tests' });

/** How a run stands. What has finished without an outcome is no success. */
function standingIn({ predicate, content: { outcome } }: Message, context: SourceContext): Standing | undefined {
  if (predicate !== 'finished') return standingOf(PREDICATES, predicate, context);
  return standingOf(OUTCOMES, outcome, context) ?? { phase: 'unknown', word: predicate };
}

/** The event of a run, or why it is left out: what is a part of another run is told with that, and what went well not at all. */
const runOf =
  (of: (content: Content) => Run): Meaning =>
  (given, context) => {
    const { content, about, predicate } = given;
    const { name = about, whole, extra } = of(content);
    const standing = standingIn(given, context);
    if (standing === undefined) return predicate === 'queued' ? 'needs `include: [queued]`' : 'is no news';
    const isTrouble = whole?.id === undefined && ['failed', 'unknown'].includes(standing.phase);
    if (extra !== undefined && !isTrouble && !context.includes(extra)) return `needs \`include: [${extra}]\``;
    return [
      {
        ...common(given, context),
        kind: 'deployment',
        ...standing,
        severity: severityOf(standing.phase, content.severity),
        resource: { name },
        subject: name,
        output: content.errors ?? content.reason,
        links: linksOf(['run', content.uri ?? content.url]),
      },
    ];
  };

/** A test says how bad its failure is; in a word that nobody knows, that is a warning. */
const severityOf = (phase: Standing['phase'], level: string | undefined): Severity =>
  phase === 'failed' && level !== undefined ? (LEVELS.get(level.toLowerCase()) ?? 'warning') : SEVERITY[phase];

export const runs: ReadonlyMap<string, Meaning> = new Map([
  ['pipelinerun', runOf(pipelineRun)],
  ['taskrun', runOf(taskRun)],
  ['testcaserun', runOf(testCaseRun)],
  ['testsuiterun', runOf(testSuiteRun)],
]);
