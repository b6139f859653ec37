import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { DAY_MILLISECONDS } from '../../event/time/units.ts';
import { approversIn, waitsUntil } from '../approvers.ts';
import { date, list, object, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { SEVERITY, said, standingOf } from '../phase.ts';
import { branchOf, changeOf, nameOf, placeOf, startedBy, whereOf } from './names.ts';
import { account, envelope, part, run } from './payload.ts';
import { REVIEWS } from './words.ts';

const MOST = 10;

// A job that nobody approves fails after 30 days, says
// https://docs.github.com/actions/managing-workflow-runs/reviewing-deployments; the body does not.
const LONGEST_WAIT = 30 * DAY_MILLISECONDS;

const job = object({ id: text, name: text, environment: text, html_url: text });
type Job = NonNullable<z.output<typeof job>>;

const review = z.object({
  ...envelope,
  workflow_run: run,
  since: date,
  // A request names one environment and its job; a verdict may be about several jobs at once.
  environment: text,
  workflow_job_run: job,
  workflow_job_runs: list(job),
  reviewers: list(object({ reviewer: account })),
  requestor: account,
  approver: account,
  comment: text,
});
type Review = z.output<typeof review>;

/** One event for each environment that the review is about. */
export const deploymentReview = part(review, (body, context) => {
  const standing = standingOf(REVIEWS, body.action, context);
  if (standing === undefined) return [];
  const { phase } = standing;
  const { workflow_run: of, action = '', since } = body;
  const name = placeOf(body);
  const runs = `${whereOf(body)}/runs/${of?.id ?? ''}/${of?.run_attempt ?? '1'}`;
  const verdict = phase !== 'waiting';
  return jobsOf(body).map(({ id = '', name: step, environment, html_url }) => ({
    kind: 'deployment' as const,
    source: 'github',
    ...standing,
    severity: SEVERITY[phase],
    id: identity('github', 'deployment_review', runs, action, environment ?? '', id, since ?? ''),
    story: `github:${runs}/${environment ?? ''}`.toLowerCase(),
    occurredAt: since ?? of?.updated_at ?? context.receivedAt,
    environment,
    resource: { name },
    subject: of?.name ?? of?.display_title ?? name,
    step,
    commit: of?.head_sha,
    branch: branchOf(body, of),
    change: changeOf(of),
    properties: verdict ? said({ comment: body.comment }) : undefined,
    actor: verdict ? (nameOf(body.approver) ?? nameOf(body.sender)) : (startedBy(of) ?? nameOf(body.requestor)),
    waitingFor: verdict ? undefined : waitingFor(body),
    expiresAt: verdict ? undefined : waitsUntil(since, LONGEST_WAIT),
    links: linksOf(['review', of?.html_url], ['logs', html_url], ['resource', body.repository?.html_url]),
  }));
});

/** The first job of each environment. */
function jobsOf({ environment, workflow_job_run, workflow_job_runs }: Review): Partial<Job>[] {
  const jobs = [workflow_job_run, ...workflow_job_runs].filter((each) => each !== undefined);
  const first = new Map<string | undefined, Partial<Job>>();
  for (const each of jobs.slice(0, MOST)) {
    const at = each.environment ?? environment;
    if (!first.has(at)) first.set(at, { ...each, environment: at });
  }
  return first.size > 0 ? [...first.values()] : [{ environment }];
}

const waitingFor = ({ reviewers }: Review): string | undefined =>
  approversIn(reviewers.map((each) => nameOf(each?.reviewer)));
