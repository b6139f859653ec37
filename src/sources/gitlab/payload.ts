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
