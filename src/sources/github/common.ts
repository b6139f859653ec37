import * as z from 'zod';
import { date, object, required, text } from '../fields.ts';
import { firstLine } from '../phase.ts';
import { defineSource, type EventDraft, type Source, type SourceContext } from '../source.ts';

/** A user, team or organization, by the name that people know. */
export const account = object({ login: text, slug: text, name: text });

const repository = object({ full_name: text, name: text, html_url: text });

/** In every body; organization hooks have no repository. */
export const common = { action: text, repository, organization: account, sender: account };

export const deployment = z.object({
  id: required,
  sha: text,
  ref: text,
  task: text,
  environment: text,
  description: text,
  creator: account,
  created_at: date,
});

export const runFields = {
  id: text,
  name: text,
  display_title: text,
  html_url: text,
  head_branch: text,
  head_sha: text,
  run_attempt: text,
  head_commit: object({ message: text }),
  actor: account,
  triggering_actor: account,
  updated_at: date,
};

/** A run as other events carry it: null or absent where a deployment was made by the API. */
export const run = object(runFields);

type Body = {
  readonly repository?: z.output<typeof repository> | undefined;
  readonly organization?: z.output<typeof account> | undefined;
  readonly sender?: z.output<typeof account> | undefined;
};

/** The reader of one event: a source of its own, so that what it lacks is said in the words of its schema. */
export const part = <Payload extends z.ZodType>(
  payload: Payload,
  normalize: (body: z.output<Payload>, context: SourceContext) => readonly EventDraft[],
): Source => defineSource({ name: 'github', detects: () => true, payload, normalize });

export const nameOf = (who: z.output<typeof account>): string | undefined => who?.login ?? who?.name ?? who?.slug;

export const placeOf = ({ repository, organization, sender }: Body): string =>
  repository?.full_name ?? repository?.name ?? nameOf(organization) ?? nameOf(sender) ?? 'github';

/** Ids are unique in one GitHub only; a company's own server counts from one. */
export const whereOf = (body: Body): string => (body.repository?.html_url ?? placeOf(body)).toLowerCase();

export const startedBy = (of: z.output<typeof run>): string | undefined =>
  nameOf(of?.triggering_actor) ?? nameOf(of?.actor);

export const changeOf = (of: z.output<typeof run>): string | undefined => firstLine(of?.head_commit?.message);

export const commitUrl = ({ repository }: Body, sha: string | undefined): string | undefined =>
  repository?.html_url !== undefined && sha !== undefined && /^[0-9a-f]{40,64}$/i.test(sha)
    ? `${repository.html_url}/commit/${sha}`
    : undefined;

/** A `ref` can be a branch, a tag or a sha (https://docs.github.com/rest/deployments/deployments). */
export function refOf(ref: string | undefined, sha: string | undefined): { branch?: string; version?: string } {
  if (ref === undefined || ref === sha || /^[0-9a-f]{40,64}$/i.test(ref)) return {};
  if (ref.startsWith('refs/tags/')) return { version: ref.slice('refs/tags/'.length) };
  if (/^v?\d+\.\d+/.test(ref)) return { version: ref };
  return { branch: ref.replace(/^refs\/heads\//, '') };
}
