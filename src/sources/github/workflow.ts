import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, list, object, required, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { checked, SEVERITY, secondsBetween, standingOf } from '../phase.ts';
import { branchOf, changeOf, commitUrl, nameOf, placeOf, startedBy, whereOf } from './names.ts';
import { envelope, part, runFields } from './payload.ts';
import { CONCLUSIONS, JOB_STATES, RUN_ACTIONS } from './words.ts';

const run = z.object({
  ...envelope,
  workflow: object({ name: text }),
  workflow_run: z.object({
    ...runFields,
    id: required,
    conclusion: text,
    run_number: text,
    created_at: date,
    run_started_at: date,
    pull_requests: list(object({ number: text })),
  }),
});

// What starts a run for a change that is proposed: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
const PROPOSED: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_target',
  'merge_group',
]);

export const workflowRun = part(run, (body, context) => {
  const { workflow_run: it, workflow } = body;
  const { conclusion } = it;
  const standing = conclusion
    ? standingOf(CONCLUSIONS, conclusion, context)
    : standingOf(RUN_ACTIONS, body.action, context);
  if (standing === undefined) return [];
  const { phase } = standing;
  const name = placeOf(body);
  const attempt = it.run_attempt ?? '1';
  const story = `${whereOf(body)}/runs/${it.id}/${attempt}`;
  const over = conclusion !== undefined && phase !== 'waiting';
  return [
    {
      kind: 'deployment' as const,
      source: 'github',
      ...standing,
      severity: SEVERITY[phase],
      ...(PROPOSED.has(it.event ?? '') && checked(standing)),
      id: identity('github', 'workflow_run', story, conclusion ?? body.action ?? ''),
      story: `github:${story}`,
      occurredAt:
        (over || phase === 'waiting' ? it.updated_at : (it.run_started_at ?? it.created_at)) ?? context.receivedAt,
      resource: { name },
      // The name of a run is "" or null for some runs, and for others what `run-name` made of it.
      subject: workflow?.name ?? it.name ?? it.display_title ?? name,
      commit: it.head_sha,
      branch: branchOf(body, it),
      change: changeOf(it) ?? it.display_title,
      actor: startedBy(it) ?? nameOf(body.sender),
      duration: over ? secondsBetween(it.run_started_at, it.updated_at) : undefined,
      properties: it.event === undefined ? undefined : { event: it.event },
      links: linksOf(
        ['run', it.html_url],
        ['changes', commitUrl(body, it.head_sha)],
        ['resource', body.repository?.html_url],
      ),
    },
  ];
});

const job = z.object({
  ...envelope,
  deployment: object({ environment: text }),
  workflow_job: z.object({
    id: required,
    run_id: text,
    run_attempt: text,
    status: text,
    conclusion: text,
    name: text,
    workflow_name: text,
    head_sha: text,
    head_branch: text,
    html_url: text,
    created_at: date,
    started_at: date,
    completed_at: date,
    steps: list(object({ name: text, conclusion: text })),
  }),
});

export const workflowJob = part(job, (body, context) => {
  const { workflow_job: it } = body;
  const { conclusion } = it;
  // A job can be "queued" by its action and "waiting" by its status: the status is right.
  const standing =
    conclusion === undefined
      ? standingOf(JOB_STATES, it.status ?? body.action, context)
      : context.includes('jobs')
        ? standingOf(CONCLUSIONS, conclusion, context)
        : undefined;
  if (standing === undefined) return [];
  const { phase } = standing;
  const name = placeOf(body);
  return [
    {
      kind: 'deployment' as const,
      source: 'github',
      ...standing,
      severity: SEVERITY[phase],
      id: identity('github', whereOf(body), 'workflow_job', it.id, it.run_attempt ?? '1', conclusion ?? phase),
      story: `github:${whereOf(body)}/jobs/${it.id}`,
      occurredAt: it.completed_at ?? it.started_at ?? it.created_at ?? context.receivedAt,
      environment: body.deployment?.environment,
      resource: { name },
      subject: it.workflow_name ?? name,
      step: it.name,
      commit: it.head_sha,
      branch: it.head_branch,
      actor: nameOf(body.sender),
      duration: conclusion === undefined ? undefined : secondsBetween(it.started_at, it.completed_at),
      failedStep: it.steps.find((step) => step?.conclusion === 'failure')?.name,
      links: linksOf(
        ['run', it.html_url],
        ['changes', commitUrl(body, it.head_sha)],
        ['resource', body.repository?.html_url],
      ),
    },
  ];
});
