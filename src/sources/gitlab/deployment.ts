import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, object, required, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { SEVERITY, said, standingOf } from '../phase.ts';
import { environment, nameOf, part, placeOf, project, refOf, shaOf, user, whereOf } from './payload.ts';
import { DEPLOYMENTS } from './words.ts';

const body = z.object({
  status: required,
  status_changed_at: date,
  // Absent in older versions.
  deployment_id: text,
  deployable_id: text,
  // null for a deployment by the API or by a trigger job.
  deployable_url: text,
  environment,
  environment_external_url: text,
  project,
  ref: text,
  short_sha: text,
  user,
  // Of a verdict; `user` is who deploys.
  approver: user,
  approval: object({ comment: text }),
  commit_url: text,
  commit_title: text,
});

export const deployment = part(body, (it, context) => {
  const standing = standingOf(DEPLOYMENTS, it.status, context);
  if (standing === undefined) return [];
  const { phase } = standing;
  const isVerdict = phase === 'approved' || phase === 'rejected';
  const where = whereOf(it.project);
  const name = placeOf(it.project);
  const deployed = it.deployment_id ?? it.deployable_id ?? `${it.environment?.name ?? ''}@${it.short_sha ?? ''}`;
  return [
    {
      kind: 'deployment' as const,
      source: 'gitlab',
      ...standing,
      severity: SEVERITY[phase],
      id: identity('gitlab', where, 'deployment', deployed, it.status, it.status_changed_at ?? ''),
      story: `gitlab:${where}/deployments/${deployed}`.toLowerCase(),
      occurredAt: it.status_changed_at ?? context.receivedAt,
      environment: it.environment?.name,
      resource: { name },
      subject: name,
      commit: shaOf(it.commit_url?.split('/').at(-1)) ?? shaOf(it.short_sha),
      ...refOf(it.ref, undefined),
      change: it.commit_title,
      actor: nameOf(isVerdict ? it.approver : it.user),
      properties: isVerdict ? said({ comment: it.approval?.comment, user: nameOf(it.user) }) : undefined,
      links: linksOf(
        ['run', it.deployable_url],
        ['site', it.environment_external_url],
        ['changes', it.commit_url],
        ['resource', it.project?.web_url],
      ),
    },
  ];
});
