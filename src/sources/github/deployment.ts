import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { date, list, object, required, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { SEVERITY, type Standing, standingOf } from '../phase.ts';
import { changeOf, commitUrl, nameOf, placeOf, refOf, startedBy, whereOf } from './names.ts';
import { account, deployment, envelope, part, run } from './payload.ts';
import { RULES, STATES } from './words.ts';

const made = z.object({ ...envelope, deployment, workflow_run: run });
type Made = z.output<typeof made>;

/** What every event of one deployment says of it. */
function facts(body: Made, { phase, word }: Standing) {
  const { deployment: it, workflow_run: by } = body;
  const { description, task } = it;
  return {
    kind: 'deployment' as const,
    source: 'github',
    phase,
    word,
    severity: SEVERITY[phase],
    story: `github:${whereOf(body)}/deployments/${it.id}`,
    environment: it.environment,
    resource: { name: placeOf(body) },
    subject: placeOf(body),
    step: task === 'deploy' ? undefined : task,
    commit: it.sha,
    ...refOf(it.ref, it.sha),
    change: description ?? changeOf(by),
    actor: startedBy(by) ?? nameOf(it.creator) ?? nameOf(body.sender),
  };
}

export const requested = part(made, (body, { receivedAt }) =>
  (body.action ?? 'created') !== 'created'
    ? []
    : [
        {
          ...facts(body, { phase: 'requested' }),
          id: identity('github', whereOf(body), 'deployment', body.deployment.id),
          occurredAt: body.deployment.created_at ?? receivedAt,
          links: linksOf(
            ['run', body.workflow_run?.html_url],
            ['changes', commitUrl(body, body.deployment.sha)],
            ['resource', body.repository?.html_url],
          ),
        },
      ],
);

const changed = z.object({
  ...made.shape,
  deployment_status: z.object({
    id: text,
    state: required,
    description: text,
    environment: text,
    // target_url is the old name of log_url and still sent; all three can be "" or missing.
    target_url: text,
    log_url: text,
    environment_url: text,
    creator: account,
    created_at: date,
    updated_at: date,
  }),
});

export const status = part(changed, (body, context) => {
  const { deployment: it, deployment_status: now } = body;
  const standing = standingOf(STATES, now.state, context);
  if (standing === undefined) return [];
  const { phase } = standing;
  // Some deployers send several statuses while they work: it starts once.
  const occurrence = phase === 'started' || now.id === undefined ? `${it.id} ${now.state}` : now.id;
  return [
    {
      ...facts(body, standing),
      id: identity('github', whereOf(body), 'deployment_status', occurrence),
      occurredAt: now.created_at ?? now.updated_at ?? context.receivedAt,
      environment: now.environment ?? it.environment,
      output: phase === 'failed' || phase === 'unknown' ? now.description : undefined,
      links: linksOf(
        ['run', body.workflow_run?.html_url],
        ['logs', now.log_url ?? now.target_url],
        ['site', now.environment_url],
        ['changes', commitUrl(body, it.sha)],
        ['resource', body.repository?.html_url],
      ),
    },
  ];
});

const asked = z.object({
  ...made.shape,
  // GitHub's schema does not promise one: the rule's own run and environment are known then.
  deployment: z.preprocess((given) => (isObject(given) ? given : { id: 'none' }), deployment),
  deployment_callback_url: text,
  environment: text,
  pull_requests: list(object({ html_url: text })),
});

// Its deployment_callback_url is for the program that decides, not for people.
export const protectionRule = part(asked, (body, context) => {
  const standing = standingOf(RULES, body.action, context);
  if (standing === undefined) return [];
  return [
    {
      ...facts({ ...body, deployment: { ...body.deployment, id: ruleOf(body) } }, standing),
      id: identity('github', whereOf(body), 'deployment_protection_rule', ruleOf(body), body.environment ?? ''),
      occurredAt: body.deployment.created_at ?? context.receivedAt,
      environment: body.environment ?? body.deployment.environment,
      links: linksOf(
        ['review', body.pull_requests[0]?.html_url],
        ['changes', commitUrl(body, body.deployment.sha)],
        ['resource', body.repository?.html_url],
      ),
    },
  ];
});

/** The number of the deployment or, without one, that of the run that asks. */
const ruleOf = ({ deployment: it, deployment_callback_url: url }: z.output<typeof asked>): string =>
  it.id === 'none' ? (/\/runs\/(\d{1,20})\//.exec(url ?? '')?.[1] ?? it.id) : it.id;
