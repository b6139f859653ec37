import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, list, number, object, required, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { checked, firstLine, type Phase, type Standing, severityOf, standingOf } from '../phase.ts';
import { commit, environment, nameOf, pageOf, part, placeOf, project, refOf, shaOf, user, whereOf } from './payload.ts';
import { PIPELINES } from './words.ts';

const body = z.object({
  object_attributes: z.object({
    id: required,
    status: required,
    // "passed with warnings": https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/ci/status/success_warning.rb
    detailed_status: text,
    name: text,
    ref: text,
    tag: text,
    sha: text,
    source: text,
    created_at: date,
    finished_at: date,
    duration: number,
    url: text,
  }),
  merge_request: object({ title: text, url: text, source_project_id: text, target_project_id: text }),
  user,
  project,
  commit,
  builds: list(object({ id: text, name: text, status: text, allow_failure: text, failure_reason: text, environment })),
});
type Body = z.output<typeof body>;

export const pipeline = part(body, (payload, context) => {
  const { object_attributes: it, commit: made, merge_request: request, project: of } = payload;
  const known = standingOf(PIPELINES, it.status, context);
  if (known === undefined) return [];
  const standing: Standing = { ...known, ...(hasWarnings(payload, known) && { outcome: 'warnings' }) };
  const { phase } = standing;
  const failed = payload.builds.find((each) => each?.status === 'failed' && each.allow_failure !== 'true');
  const manual = payload.builds.filter((each) => each?.status === 'manual');
  const name = placeOf(of);
  return [
    {
      kind: 'deployment' as const,
      source: 'gitlab',
      ...standing,
      severity: severityOf(standing),
      ...(isCheck(payload) && checked(standing)),
      id: identity('gitlab', whereOf(of), 'pipeline', it.id, it.status, ...occurrenceOf(payload, phase)),
      story: `gitlab:${whereOf(of)}/pipelines/${it.id}`,
      // Nothing says when a pipeline came to wait.
      occurredAt: (phase === 'started' ? it.created_at : it.finished_at) ?? context.receivedAt,
      environment: environmentOf(payload, phase),
      resource: { name },
      subject: it.name ?? name,
      step: phase === 'waiting' ? manual[0]?.name : undefined,
      commit: shaOf(it.sha ?? made?.id),
      ...refOf(isOfFork(payload) && it.ref !== undefined ? `fork:${it.ref}` : it.ref, it.tag),
      change: made?.title ?? firstLine(made?.message) ?? request?.title,
      actor: nameOf(payload.user),
      duration: phase === 'started' || phase === 'waiting' ? undefined : it.duration,
      failedStep: phase === 'failed' ? failed?.name : undefined,
      output: phase === 'failed' ? failed?.failure_reason : undefined,
      properties: it.source === undefined ? undefined : { source: it.source },
      links: linksOf(
        ['run', it.url ?? pageOf(of, 'pipelines', it.id)],
        ['review', request?.url],
        ['changes', made?.url],
        ['resource', of?.web_url],
      ),
    },
  ];
});

/** Whether it runs in this project for a branch of another one, which only its number names. */
const isOfFork = ({ merge_request: request, project: of }: Body): boolean =>
  request?.source_project_id !== undefined &&
  request.source_project_id !== request.target_project_id &&
  request.source_project_id !== of?.id;

// https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
const PROPOSED: ReadonlySet<string> = new Set(['merge_request_event', 'external_pull_request_event']);

/** Whether it tries a merge request. Many of those are deployed for their review, too: such a pipeline has an environment. */
const isCheck = ({ object_attributes: it, builds }: Body): boolean =>
  PROPOSED.has(it.source ?? '') && builds.every((each) => each?.environment === undefined);

/** A pipeline has passed also where a job failed that may fail; GitLab itself then shows it in orange. */
const hasWarnings = ({ object_attributes: it, builds }: Body, { phase }: Standing): boolean =>
  phase === 'succeeded' &&
  (/with warnings/i.test(it.detailed_status ?? '') ||
    builds.some((each) => each?.status === 'failed' && each.allow_failure === 'true'));

/** A pipeline whose jobs are tried again comes to its end, and to a manual job, more than once. */
const occurrenceOf = ({ object_attributes: it, builds }: Body, phase: Phase): string[] =>
  phase === 'waiting'
    ? builds.flatMap((each) => (each?.status === 'manual' ? [each.id ?? each.name ?? ''] : []))
    : [it.finished_at ?? ''];

const RAN: ReadonlySet<string> = new Set(['running', 'success', 'failed', 'canceled']);

/** The environment that the pipeline deploys to, where it is one. */
function environmentOf({ builds }: Body, phase: Phase): string | undefined {
  const counts = (status = ''): boolean => (phase === 'waiting' ? status === 'manual' : RAN.has(status));
  const names = builds.flatMap((each) => (counts(each?.status) ? (each?.environment?.name ?? []) : []));
  return new Set(names).size === 1 ? names[0] : undefined;
}
