import * as z from 'zod';
import { date, object, required, text } from '../fields.ts';
import { defineSource, type EventDraft, type Source, type SourceContext } from '../source.ts';

/** A user, team or organization, by the name that people know. */
export const account = object({ login: text, slug: text, name: text });

export const repository = object({ full_name: text, name: text, html_url: text });

/** In every body; organization hooks have no repository. */
export const envelope = { action: text, repository, organization: account, sender: account };

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
  // null where the fork was deleted.
  head_repository: z.preprocess((given) => (given === null ? { full_name: 'fork' } : given), repository),
  event: text,
  run_attempt: text,
  head_commit: object({ message: text }),
  actor: account,
  triggering_actor: account,
  updated_at: date,
};

/** A run as other events carry it: null or absent where a deployment was made by the API. */
export const run = object(runFields);

/** The reader of one event: a source of its own, so that what it lacks is said in the words of its schema. */
export const part = <Payload extends z.ZodType>(
  payload: Payload,
  normalize: (body: z.output<Payload>, context: SourceContext) => readonly EventDraft[],
): Source => defineSource({ name: 'github', detects: () => true, payload, normalize });
