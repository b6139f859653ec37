import * as z from 'zod';
import { act } from './act.ts';
import { digest } from './digest.ts';
import { drift } from './drift.ts';
import { common, count, levels, pairs, seconds, timestamp } from './fields.ts';
import { lastDay } from './last-day.ts';
import { machines } from './machines.ts';
import { notice } from './notice.ts';
import { review } from './review.ts';
import { block, key, line } from './text.ts';

const word = line(60).optional().describe("The sender's own word for how it stands, where the relay does not know it.");

const scale = z.object({
  kind: z.literal('scale'),
  ...common,
  direction: z.enum(['out', 'in']),
  from: count.optional().describe('Instances before; absent where the sender does not say.'),
  to: count.describe('Instances wanted.'),
  phase: z.enum(['started', 'succeeded', 'failed', 'held', 'unknown']),
  word,
  errorCode: line(100).optional().describe("Of a failure, in the sender's own words."),
  duration: seconds.optional().describe('Seconds from its beginning to its end, where both were told.'),
  operation: key(200).optional().describe("The sender's id of the operation, the same at each of its steps."),
  setting: line(200).optional().describe('The autoscale setting or rule that decided.'),
  reason: block(2_000).optional().describe("Why, in the sender's own words."),
  machines: machines.optional().describe('Which machines came or went: what the relay looked up afterwards.'),
  day: lastDay
    .optional()
    .describe('How many instances the scale set wanted in the last day: what the relay remembers of it.'),
});

const deployment = z.object({
  kind: z.literal('deployment'),
  ...common,
  phase: z.enum([
    'requested',
    'waiting',
    'started',
    'succeeded',
    'failed',
    'cancelled',
    'approved',
    'rejected',
    'unknown',
  ]),
  outcome: z
    .enum(['partial', 'warnings'])
    .optional()
    .describe('Of an end that is neither good nor bad: a part of it went through, or all of it with warnings.'),
  check: z
    .boolean()
    .optional()
    .describe('It tries a change that is proposed (a pull or merge request, a merge queue), and deploys nothing.'),
  word,
  subject: line(200).min(1).describe('What is deployed: an application, a pipeline, a workflow.'),
  project: line(200)
    .optional()
    .describe('The repository, project or application of it, where that is not the resource.'),
  step: line(200).optional().describe('The stage or job, where the event tells of one.'),
  version: line(200).optional(),
  previousVersion: line(200).optional(),
  commit: line(80).optional(),
  branch: line(200).optional(),
  change: block(600).optional().describe('The first line of the commit, the title of the pull request.'),
  actor: line(120).optional().describe('Who started, approved or rejected it.'),
  waitingFor: line(600).optional().describe('Whose approval it waits for: people and teams.'),
  expiresAt: timestamp.optional().describe('Until when it waits; then it ends by itself.'),
  duration: seconds.optional().describe('Seconds.'),
  failedStep: line(200).optional(),
  output: block(2_000).optional().describe('The last lines of output, or the error.'),
});

const artifact = z.object({
  kind: z.literal('artifact'),
  ...common,
  action: z.enum(['pushed', 'deleted', 'completed', 'revoked', 'unknown']),
  word,
  name: line(300).min(1).describe('Repository, image definition, bucket or package.'),
  version: line(200).optional(),
  digest: line(100).optional(),
  actor: line(120).optional(),
});

const quantity = z.union([z.number(), line(60).min(1)]);

const alert = z.object({
  kind: z.literal('alert'),
  ...common,
  state: z.enum(['fired', 'resolved']),
  phase: z
    .enum(['started', 'waiting', 'succeeded', 'failed', 'cancelled'])
    .optional()
    .describe('How the operation stands that it tells of, where it tells of one.'),
  lack: z
    .enum(['data', 'answer', 'series'])
    .optional()
    .describe(
      'It fired because there was no data or no answer to its query, or ended because its series has vanished.',
    ),
  word,
  rule: line(300).min(1),
  level: z.enum(levels).optional(),
  metric: line(150).optional(),
  value: quantity.optional(),
  threshold: quantity.optional(),
  unit: line(60).optional().describe('Of value and threshold, such as % or ms.'),
  operator: z.enum(['>', '>=', '<', '<=', '=', '!=']).optional().describe('How the value must be to the threshold.'),
  dimensions: pairs.optional().describe('What tells this instance of the rule from others.'),
  description: block(2_000).optional(),
  firedAt: timestamp.optional(),
  still: z
    .object({
      at: timestamp,
      since: timestamp,
      closed: z.boolean().optional().describe('No news for 7 days.'),
    })
    .optional()
    .describe('It is told again by a route that says `remind`.'),
});

const custom = z.object({
  kind: z.literal('custom'),
  ...common,
  title: line(500).min(1),
  text: block(4_000).optional(),
});

/** One fact, whoever sent it. Discriminated by `kind`; a new kind is one more variant here. */
export const event = z.discriminatedUnion('kind', [
  scale,
  deployment,
  artifact,
  alert,
  drift,
  custom,
  notice,
  digest,
  act,
  review,
]);

export type RelayEvent = z.infer<typeof event>;
export type EventKind = RelayEvent['kind'];
export type EventOf<K extends EventKind> = Extract<RelayEvent, { kind: K }>;

export const eventKinds: readonly EventKind[] = event.options.map(({ shape }) => shape.kind.value);
