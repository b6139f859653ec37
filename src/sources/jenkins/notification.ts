import * as z from 'zod';
import { withoutSecrets } from '../../event/secrets/secrets.ts';
import { date, number, object, text } from '../fields.ts';
import { type EventDraft, linkTo, type SourceContext } from '../source.ts';
import { buildId, buildKey, jobIn, pageBelow } from './build.ts';
import { type Outcome, outcomeOf, saidOf } from './outcome.ts';

// Field names: https://plugins.jenkins.io/notification/ and the classes BuildState, JobState and ScmState of
// https://github.com/jenkinsci/notification-plugin. What has no value is left out. Parameters are not read: their names
// and values are anybody's.

const phase = z.preprocess((value) => (typeof value === 'string' ? value.trim().toUpperCase() : value), z.string());

const LAST = 1_900;

// What went wrong stands at the end of a log.
const end = z.preprocess(
  (value) => (typeof value === 'string' ? lastLines(withoutSecrets(value.trimEnd())) : value),
  text,
);

/** Whole lines only: of half a secret nobody can tell that it is one. */
const lastLines = (log: string): string => (log.length > LAST ? log.slice(-LAST).replace(/^[^\n]*\n/, '') : log);

export const notification = z.object({
  name: text,
  display_name: text,
  url: text,
  build: z.object({
    full_url: text,
    url: text,
    number: text,
    display_name: text,
    phase,
    status: text,
    timestamp: date,
    // Milliseconds.
    duration: number,
    scm: object({ url: text, branch: text, commit: text }),
    log: end,
    notes: text,
    test_summary: object({ total: number, failed: number, skipped: number, passed: number }),
  }),
});

type Body = z.output<typeof notification>;

const STARTED: Outcome = { phase: 'started', severity: 'info' };

/**
 * Every build sends QUEUED, STARTED, COMPLETED and FINALIZED, unless the job is set to one of them. The last two say the
 * same: they have one id, so that whichever comes second is a duplicate, and either alone is enough. NONE is what a
 * pipeline's own `notifyEndpoints` step sends without a phase: news only once there is a result.
 */
function outcome({ build }: Body, context: SourceContext): Outcome | undefined {
  if (build.phase === 'STARTED') return context.includes('started') ? STARTED : undefined;
  return build.phase === 'QUEUED' ? undefined : outcomeOf(build.status);
}

export function readNotification(body: Body, context: SourceContext): EventDraft[] {
  const told = outcome(body, context);
  if (told === undefined) return [];
  const { build } = body;
  const page = build.full_url ?? below(context.baseUrl, build.url);
  const job = jobOf(body);
  const path = jobIn(build.full_url) ?? jobIn(body.url) ?? jobIn(build.url);
  const key = buildKey(page, body.url ?? job, build.number);
  const ended = told.phase !== 'started';
  const { said, word } = saidOf(told);
  return [
    {
      kind: 'deployment',
      id: buildId(key, ended ? 'ended' : 'started'),
      story: `jenkins/${key}`,
      source: 'jenkins',
      severity: told.severity,
      occurredAt: build.timestamp ?? context.receivedAt,
      resource: { name: job },
      project: path === job ? undefined : path,
      links: links(page, build.scm),
      properties: tests(body),
      phase: told.phase,
      outcome: told.outcome,
      word,
      subject: body.display_name ?? job,
      version: build.display_name ?? (build.number && `#${build.number}`),
      commit: build.scm?.commit,
      branch: build.scm?.branch?.replace(/^(refs\/heads|origin)\//, ''),
      change: build.notes,
      duration: ended ? duration(build.duration) : undefined,
      output: ended ? output(said, build.log) : undefined,
    },
  ];
}

/** The path of a job in folders, as people write it: "team/shop-deploy" of "job/team/job/shop-deploy/". */
const jobOf = ({ name, display_name, url, build }: Body): string =>
  name ??
  display_name ??
  url?.replace(/^\/?job\/|\/$/g, '').replaceAll('/job/', '/') ??
  build.full_url ??
  build.url ??
  'Jenkins';

const below = (baseUrl: string | undefined, url: string | undefined): string | undefined =>
  baseUrl === undefined || url === undefined ? undefined : pageBelow(baseUrl, url);

const COMMIT = /^[0-9a-f]{40}$/i;
const GITHUB = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+?(\.git)?$/;

function links(page: string | undefined, scm: Body['build']['scm']) {
  const repository =
    GITHUB.test(scm?.url ?? '') && COMMIT.test(scm?.commit ?? '') ? scm?.url?.replace(/\.git$/, '') : undefined;
  return [
    ...linkTo('run', pageBelow(page)),
    ...linkTo('logs', pageBelow(page, 'console')),
    ...linkTo('changes', repository && `${repository}/commit/${scm?.commit}`),
  ];
}

function tests({ build: { test_summary: summary } }: Body): Record<string, string> | undefined {
  if (summary?.total === undefined || summary.total === 0) return undefined;
  return { tests: String(summary.total), ...(summary.failed !== undefined && { failedTests: String(summary.failed) }) };
}

const duration = (milliseconds: number | undefined): number | undefined =>
  milliseconds !== undefined && milliseconds > 0 && milliseconds <= 31_536_000_000 ? milliseconds / 1000 : undefined;

/** Jenkins' word for the result where it says more, then the end of the log, if the job is set to send it. */
const output = (word: string | undefined, log: string | undefined): string | undefined =>
  [word, log].filter(Boolean).join('\n') || undefined;
