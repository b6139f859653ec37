import type * as z from 'zod';
import { firstLine } from '../phase.ts';
import type { account, repository, run } from './payload.ts';

type Body = {
  readonly repository?: z.output<typeof repository> | undefined;
  readonly organization?: z.output<typeof account> | undefined;
  readonly sender?: z.output<typeof account> | undefined;
};

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

/** The branch of a run; that of a fork says whose it is: its "main" is not ours. */
export function branchOf({ repository }: Body, of: z.output<typeof run>): string | undefined {
  const head = of?.head_repository?.full_name;
  const isOurs = head === undefined || head.toLowerCase() === (repository?.full_name ?? head).toLowerCase();
  return of?.head_branch === undefined || isOurs ? of?.head_branch : `${head}:${of.head_branch}`;
}

/** A `ref` can be a branch, a tag or a sha (https://docs.github.com/rest/deployments/deployments). */
export function refOf(ref: string | undefined, sha: string | undefined): { branch?: string; version?: string } {
  if (ref === undefined || ref === sha || /^[0-9a-f]{40,64}$/i.test(ref)) return {};
  if (ref.startsWith('refs/tags/')) return { version: ref.slice('refs/tags/'.length) };
  if (/^v?\d+\.\d+/.test(ref)) return { version: ref };
  return { branch: ref.replace(/^refs\/heads\//, '') };
}
