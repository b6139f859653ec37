import * as z from 'zod';
import { namesSecret } from './secrets/secrets.ts';
import { key, line, path } from './text.ts';

/** From "nice to know" to "somebody must act now". */
export const severities = ['info', 'warning', 'error', 'critical'] as const;

/** Azure Monitor's severities, from the worst. */
export const levels = ['Sev0', 'Sev1', 'Sev2', 'Sev3', 'Sev4'] as const;

/** How severe a level is: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-overview#alert-severity */
export const BY_LEVEL = { Sev0: 'critical', Sev1: 'error', Sev2: 'warning', Sev3: 'info', Sev4: 'info' } as const;

/** How long something took. */
export const seconds = z.number().min(0).max(31_536_000);

/** Azure allows 1,000 instances in the largest scale set; a thousand times that is a mistake, not a fleet. */
export const count = z.int().min(0).max(1_000_000);

/** An https: address that is shown, never fetched. */
export const url = (most: number) =>
  z
    .string()
    .overwrite((text) => URL.parse(text)?.href.replaceAll('\\', '%5C') ?? '')
    .regex(/^https:/, 'expected an https: URL')
    .max(most, `expected at most ${most} characters`)
    .meta({ format: 'uri' });

/** What a link leads to. */
const link = z.object({
  rel: line(40).min(1).describe('What it leads to: resource, run, logs, changes, alert, runbook, …'),
  url: url(2_000),
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

// Sources make it by `instant`, which has checked the calendar; what people post by hand holds others beside `occurredAt`.
export const timestamp = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'expected an ISO date in UTC with milliseconds')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a day and a time that there are')
  .meta({ format: 'date-time' });

export const pairs = z
  .record(line(PROPERTIES.key), line(PROPERTIES.value))
  .overwrite(withoutNamedSecrets)
  .refine((given) => Object.keys(given).length <= PROPERTIES.most, `expected at most ${PROPERTIES.most} of them`);

// A pair is two texts, and neither by itself looks like a secret: { dbPassword: "hunter2" }.
function withoutNamedSecrets(given: Record<string, string>): Record<string, string> {
  const isPlain = Object.keys(given).every((name) => !namesSecret(name));
  if (isPlain) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, namesSecret(name) && value !== '' ? '***' : value]),
  );
}

export const common = {
  id: key(200).min(1).describe("Names the occurrence; a sender's retry has the same one."),
  story: key(1_000)
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

export type Severity = (typeof severities)[number];

/** The worst of some severities; of none, the least. */
export const worst = (given: readonly Severity[]): Severity =>
  severities.findLast((each) => given.includes(each)) ?? 'info';
