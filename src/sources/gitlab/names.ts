import type * as z from 'zod';
import type { project, user } from './payload.ts';

type Project = z.output<typeof project>;

export const nameOf = (who: z.output<typeof user>): string | undefined => who?.username ?? who?.name;

export const placeOf = (of: Project): string => of?.path_with_namespace ?? of?.name ?? of?.id ?? 'gitlab';

/** Ids are unique in one GitLab only. */
export const whereOf = (of: Project): string => (of?.web_url ?? placeOf(of)).toLowerCase();

export const shaOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^[0-9a-f]{7,64}$/i.test(text) ? text : undefined;

/** The paths of GitLab's own pages: https://docs.gitlab.com/ci/pipelines/ */
export const pageOf = (of: Project, kind: 'pipelines' | 'jobs', id: string | undefined): string | undefined =>
  of?.web_url === undefined || id === undefined ? undefined : `${of.web_url}/-/${kind}/${encodeURIComponent(id)}`;

/** `ref` is the name of a branch, or of a tag. */
export const refOf = (ref: string | undefined, tag: string | undefined): { branch?: string; version?: string } =>
  ref === undefined ? {} : tag === 'true' ? { version: ref } : { branch: ref };
