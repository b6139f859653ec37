import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { date, list, object, required, text } from '../fields.ts';

// The envelope is echo's Event and Metadata; `content` is what orca and igor put in
// (https://github.com/spinnaker/spinnaker, EchoNotifyingExecutionListener and EchoNotifyingStageListener).
// With `flatten: true`, `details` and `content` are JSON in strings. An execution holds all its stages with all that
// they know: only what is used is looked at.

const exception = object({ details: object({ error: text, errors: list(required) }) });

const stageContext = object({
  exception,
  failureMessage: text,
  instructions: text,
  judgmentStatus: text,
  judgmentInput: text,
  judgmentInputs: z.unknown().optional(),
  lastModifiedBy: text,
  selectedStageRoles: list(required),
  requiredJudgmentRoles: list(required),
});

const stage = object({
  id: text,
  type: text,
  name: text,
  status: text,
  parentStageId: text,
  startTime: date,
  endTime: date,
  lastModified: object({ user: text }),
  context: stageContext,
});

const commit = object({ sha1: text, branch: text });

const trigger = object({
  type: text,
  user: text,
  tag: text,
  hash: text,
  branch: text,
  buildNumber: text,
  buildInfo: object({ number: text, scm: list(commit) }),
});

const execution = object({
  id: text,
  type: text,
  application: text,
  name: text,
  description: text,
  status: text,
  startTime: date,
  endTime: date,
  canceledBy: text,
  cancellationReason: text,
  authentication: object({ user: text }),
  trigger,
  stages: list(stage),
});

const content = object({
  execution,
  executionId: text,
  stageId: text,
  name: text,
  isSynthetic: text,
  standalone: text,
  startTime: date,
  endTime: date,
  context: stageContext,
  // Of a Docker image that igor found.
  account: text,
  registry: text,
  repository: text,
  tag: text,
  digest: text,
});

const details = object({ type: required, application: text, created: date });

const event = z.object({
  eventId: text,
  details: details
    .refine((given) => given !== undefined, 'expected an object')
    .transform((given) => given ?? { type: '' }),
  content,
});

const isEvent = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  const { details: given } = value;
  return (
    (isObject(given) && ('type' in given || 'source' in given)) ||
    (typeof given === 'string' && given.includes('"type"'))
  );
};

/** Where the event is: under the key that `fieldName` sets ("payload" unless set otherwise), or the body is it. */
function wrapperOf(body: Readonly<Record<string, unknown>>): string | undefined {
  if (isEvent(body)) return undefined;
  if (isEvent(body['payload'])) return 'payload';
  return 'eventName' in body ? Object.keys(body).find((key) => isEvent(body[key])) : undefined;
}

export const isOurs = (body: Readonly<Record<string, unknown>>): boolean =>
  ('content' in body && isEvent(body)) || ('eventName' in body && wrapperOf(body) !== undefined);

export const payload = z.unknown().transform((body, context) => {
  const key = isObject(body) ? wrapperOf(body) : undefined;
  const result = event.safeParse(isObject(body) && key !== undefined ? body[key] : body);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    context.addIssue({ code: 'custom', path: key === undefined ? path : [key, ...path], message });
  }
  return z.NEVER;
});

export type Event = z.output<typeof event>;
export type Stage = z.output<typeof stage>;
export type Execution = z.output<typeof execution>;
