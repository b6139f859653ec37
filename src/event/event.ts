import * as z from 'zod';
import { block, line, path } from './text.ts';

/** From "nice to know" to "somebody must act now". */
export const severities = ['info', 'warning', 'error', 'critical'] as const;

/** Azure Monitor's severities, from the worst. */
export const levels = ['Sev0', 'Sev1', 'Sev2', 'Sev3', 'Sev4'] as const;

/** Azure allows 1,000 instances in the largest scale set; a thousand times that is a mistake, not a fleet. */
export const count = z.int().min(0).max(1_000_000);

/** What a link leads to. `url` is https: and is shown, never fetched. */
const link = z.object({
  rel: line(40).min(1).describe('What it leads to: resource, run, logs, changes, alert, runbook, …'),
  url: z
    .string()
    .overwrite((url) => URL.parse(url)?.href.replaceAll('\\', '%5C') ?? '')
    .regex(/^https:/, 'expected an https: URL')
    .max(2_000, 'expected at most 2000 characters')
    .meta({ format: 'uri' }),
});

// The limits below add up to less than a queue message holds (test/event/event.test.ts), so that no event is too large.

/** Limits of the free key–value pairs that senders attach. */
export const PROPERTIES = { most: 10, key: 40, value: 200 } as const;

const resource = z.object({
  id: path(1_000).optional().describe("ARM resource id, in the sender's own case."),
  name: line(300).min(1),
  type: line(200).optional().describe("ARM resource type, in the sender's own case."),
  group: line(120).optional(),
  subscriptionId: line(60).optional(),
  region: line(80).optional(),
});

// Sources make it by `instant`, which has checked the calendar.
const timestamp = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'expected an ISO date in UTC with milliseconds')
  .meta({ format: 'date-time' });

const pairs = z
  .record(line(PROPERTIES.key), line(PROPERTIES.value))
  .refine((given) => Object.keys(given).length <= PROPERTIES.most, `expected at most ${PROPERTIES.most} of them`);

const common = {
  id: line(200).min(1).describe("Names the occurrence; a sender's retry has the same one."),
  story: line(1_000)
    .optional()
    .describe('Joins events that belong together: a scale set, a deployment, an alert instance.'),
  source: line(40).min(1),
  severity: z.enum(severities),
  occurredAt: timestamp.describe('ISO 8601 in UTC with milliseconds.'),
  environment: line(80).optional(),
  resource,
  links: z.array(link).max(6),
  properties: pairs.optional(),
};

const scale = z.object({
  kind: z.literal('scale'),
  ...common,
  direction: z.enum(['out', 'in']),
  from: count.optional().describe('Instances before; absent where the sender does not say.'),
  to: count.describe('Instances wanted.'),
  phase: z.enum(['started', 'succeeded', 'failed', 'held']),
  errorCode: line(100).optional().describe("Of a failure, in the sender's own words."),
  setting: line(200).optional().describe('The autoscale setting or rule that decided.'),
  reason: block(2_000).optional().describe("Why, in the sender's own words."),
});

const deployment = z.object({
  kind: z.literal('deployment'),
  ...common,
  phase: z.enum(['requested', 'waiting', 'started', 'succeeded', 'failed', 'cancelled', 'approved', 'rejected']),
  subject: line(200).min(1).describe('What is deployed: an application, a pipeline, a workflow.'),
  step: line(200).optional().describe('The stage or job, where the event tells of one.'),
  version: line(200).optional(),
  previousVersion: line(200).optional(),
  commit: line(80).optional(),
  branch: line(200).optional(),
  change: block(600).optional().describe('The first line of the commit, the title of the pull request.'),
  actor: line(120).optional().describe('Who started, approved or rejected it.'),
  waitingFor: line(200).optional().describe('Whose approval it waits for.'),
  expiresAt: timestamp.optional(),
  duration: z.number().min(0).max(31_536_000).optional().describe('Seconds.'),
  failedStep: line(200).optional(),
  output: block(2_000).optional().describe('The last lines of output, or the error.'),
});

const artifact = z.object({
  kind: z.literal('artifact'),
  ...common,
  action: z.enum(['pushed', 'deleted', 'completed', 'revoked']),
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
});

const custom = z.object({
  kind: z.literal('custom'),
  ...common,
  title: line(500).min(1),
  text: block(4_000).optional(),
});

/** One fact, whoever sent it. Discriminated by `kind`; a new kind is one more variant here. */
export const event = z.discriminatedUnion('kind', [scale, deployment, artifact, alert, custom]);

export type RelayEvent = z.infer<typeof event>;
export type EventKind = RelayEvent['kind'];
export type EventOf<K extends EventKind> = Extract<RelayEvent, { kind: K }>;
export type Severity = (typeof severities)[number];

export const eventKinds: readonly EventKind[] = event.options.map(({ shape }) => shape.kind.value);
