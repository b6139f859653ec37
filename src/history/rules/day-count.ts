import * as z from 'zod';

/** What is counted by: the relay as a whole, an environment, a sender, a receiver, a scale set, an alert rule, what is deployed. */
export const things = ['all', 'environment', 'source', 'receiver', 'set', 'rule', 'deployment'] as const;

export type Thing = (typeof things)[number];

const many = z.int().min(0).default(0);
const moment = z.iso.datetime();

/** How long some of the things took, in seconds: how many, together, the longest, and each of the first hundred. */
const spread = z.object({
  count: many,
  seconds: z.number().min(0).default(0),
  longest: z.number().min(0).default(0),
  each: z
    .array(z.number())
    .max(100)
    .default(() => []),
});

const scale = z.object({
  out: many,
  in: many,
  failed: many,
  held: many,
  /** The capacities that were reached, in the order of time, the last of them where there were more. */
  steps: z
    .array(z.object({ at: moment, from: z.int().optional(), to: z.int() }))
    .max(144)
    .default(() => []),
  /** The least and the most instances of the day, those before its first step among them. */
  minimum: z.int().optional(),
  maximum: z.int().optional(),
  /** The most that its setting allows, where a scaling was seen to reach it. */
  limit: z.int().optional(),
});

const deployments = z.object({
  succeeded: many,
  failed: many,
  cancelled: many,
  /** From the first that was told of it to its success. */
  lead: spread.prefault({}),
  /** From a failure to the next success of the same in the same environment. */
  restore: spread.prefault({}),
});

const alerts = z.object({
  fired: many,
  resolved: many,
  acknowledged: many,
  /** How often it fired again within a quarter of an hour of its end. */
  flaps: many,
  /** From its beginning to the first acknowledgement. */
  acknowledge: spread.prefault({}),
  /** From its beginning to its end. */
  resolve: spread.prefault({}),
});

const messages = z.object({
  sent: many,
  /** Events that left in a digest. */
  bundled: many,
  /** Events that a window or a deployment kept back, whether they left afterwards or not. */
  held: many,
  silenced: many,
  dead: many,
  overtaken: many,
});

/**
 * What one day (UTC) came to for one thing. What nothing happened of is left out. What a later release adds is dropped
 * by this one.
 */
export const dayCount = z.object({
  day: z.iso.date(),
  of: z.enum(things),
  /** Empty for `all`. */
  name: z.string(),
  /** Of a set: its ARM id, lower-cased. */
  id: z.string().optional(),
  /** Of everything but `all`, where its events name one. */
  environment: z.string().optional(),
  events: many,
  severities: z.partialRecord(z.enum(['info', 'warning', 'error', 'critical']), z.int().min(0)).default(() => ({})),
  scale: scale.optional(),
  deployments: deployments.optional(),
  alerts: alerts.optional(),
  /** Minutes in which instances were off their model. */
  drift: z.object({ minutes: z.int().min(0).max(1_440) }).optional(),
  messages: messages.optional(),
});

export type DayCount = z.infer<typeof dayCount>;
export type Spread = z.infer<typeof spread>;

const PARTS = { scale, deployments, alerts, messages } as const;

/** What is counted of one kind of happening: made with the first. */
export function partOf<Part extends keyof typeof PARTS>(row: DayCount, part: Part): NonNullable<DayCount[Part]> {
  const counted = (row[part] ?? PARTS[part].parse({})) as NonNullable<DayCount[Part]>;
  row[part] = counted;
  return counted;
}

/** The day (UTC) of a time in milliseconds. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const startOf = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
