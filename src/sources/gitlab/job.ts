import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, number, required, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { firstLine, SEVERITY, standingOf } from '../phase.ts';
import { commit, environment, nameOf, pageOf, part, project, refOf, shaOf, user, whereOf } from './payload.ts';
import { JOBS } from './words.ts';

const body = z.object({
  build_id: required,
  build_name: text,
  build_status: required,
  build_created_at: date,
  build_started_at: date,
  build_finished_at: date,
  build_duration: number,
  build_failure_reason: text,
  ref: text,
  tag: text,
  sha: text,
  project_name: text,
  project,
  user,
  commit,
  environment,
});

export const job = part(body, (it, context) => {
  const standing = standingOf(JOBS, it.build_status, context);
  if (standing === undefined) return [];
  const { phase } = standing;
  const name = it.project?.path_with_namespace ?? it.project_name ?? 'gitlab';
  const where = it.project === undefined ? name.toLowerCase() : whereOf(it.project);
  const failed = phase === 'failed';
  return [
    {
      kind: 'deployment' as const,
      source: 'gitlab',
      ...standing,
      severity: SEVERITY[phase],
      id: identity('gitlab', where, 'job', it.build_id, it.build_status),
      story: `gitlab:${where}/jobs/${it.build_id}`,
      occurredAt: it.build_finished_at ?? it.build_started_at ?? it.build_created_at ?? context.receivedAt,
      environment: it.environment?.name,
      resource: { name },
      // The name of the pipeline, where it has one.
      subject: it.commit?.name ?? name,
      step: it.build_name,
      commit: shaOf(it.sha),
      ...refOf(it.ref, it.tag),
      change: firstLine(it.commit?.message),
      actor: nameOf(it.user),
      duration: phase === 'started' || phase === 'waiting' ? undefined : it.build_duration,
      // The reason is sent for jobs that did not fail, too.
      output: failed ? it.build_failure_reason : undefined,
      links: linksOf(['run', pageOf(it.project, 'jobs', it.build_id)], ['resource', it.project?.web_url]),
    },
  ];
});
