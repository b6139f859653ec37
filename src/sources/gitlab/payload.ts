import * as z from 'zod';
import { object, text } from '../fields.ts';
import { defineSource, type EventDraft, type Source, type SourceContext } from '../source.ts';

export const user = object({ username: text, name: text });

export const project = object({ id: text, name: text, path_with_namespace: text, web_url: text });

/** In jobs `id` is the number of the pipeline, so the sha is taken from elsewhere there. */
export const commit = object({ id: text, name: text, title: text, message: text, url: text });

/** A name, or an object that has one. */
export const environment = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value } : value),
  object({ name: text }),
);

/** The reader of one kind of body: a source of its own, so that what it lacks is said in the words of its schema. */
export const part = <Payload extends z.ZodType>(
  payload: Payload,
  normalize: (body: z.output<Payload>, context: SourceContext) => readonly EventDraft[],
): Source => defineSource({ name: 'gitlab', detects: () => true, payload, normalize });

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
