import * as z from 'zod';
import { anyRelease } from '../event/later.ts';
import { reviewDocument } from '../event/review.ts';
import { dayCount } from '../history/rules/day-count.ts';
import type { Client } from './client.ts';
import { strange } from './unhappy.ts';

/** What a relay's answers hold, as far as commands show it. Newer relays may say more. */

const delivery = z.object({
  receiver: z.string(),
  state: z.string(),
  updatedAt: z.string(),
  attempts: z.array(
    z.object({ at: z.string(), milliseconds: z.number(), outcome: z.string(), reason: z.string().optional() }),
  ),
  reason: z.string().optional(),
  dueAt: z.string().optional(),
  digest: z.string().optional(),
  fallback: z.string().optional(),
  event: z.object({
    id: z.string(),
    short: z.string().optional(),
    kind: z.string(),
    source: z.string(),
    severity: z.string(),
    told: z.string(),
    subject: z.string(),
    figure: z.string().optional(),
  }),
});

/** An event in full, and what became of it. */
const shownEvent = z.object({
  short: z.string(),
  event: anyRelease,
  joins: z.object({ of: z.string(), within: z.number() }).optional(),
  deliveries: z.array(
    delivery.omit({ event: true }).extend({
      again: z.object({ count: z.number() }).optional(),
      standsFor: z.string().optional(),
    }),
  ),
  reason: z.string().optional(),
  without: z.array(z.string()),
});

const patterns = z.union([z.string(), z.array(z.string())]);

const silence = z.object({
  id: z.string(),
  match: z.object({ properties: z.record(z.string(), patterns).optional() }).catchall(patterns),
  author: z.string().optional(),
  reason: z.string().optional(),
  startsAt: z.string().optional(),
  endsAt: z.string(),
});

export type ShownEvent = z.infer<typeof shownEvent>;
export type ShownDelivery = z.infer<typeof delivery>;
export type ShownSilence = z.infer<typeof silence>;

export const answers = {
  // A relay of before does not say that there are more.
  deliveries: z.object({ deliveries: z.array(delivery), next: z.string().optional() }),
  /** With `events=whole`, which a relay of before does not know: its events are in brief. */
  wholeDeliveries: z.object({
    deliveries: z.array(z.object({ receiver: z.string().optional(), event: anyRelease })),
    after: z.string().optional(),
    // Of a relay that knows no order but that of time.
    next: z.string().optional(),
  }),
  show: z.object({ events: z.array(shownEvent) }),
  replay: z.object({
    replayed: z.array(
      z.object({
        ...{ receiver: z.string(), eventId: z.string(), short: z.string().optional(), outcome: z.string() },
        despite: z.string().optional(),
      }),
    ),
  }),
  silence: z.object({ silence }),
  silences: z.object({ silences: z.array(silence) }),
  senders: z.object({
    senders: z.array(
      z.object({
        source: z.string(),
        last: z.string().optional(),
        count24h: z.number().optional(),
        refusals: z.array(z.object({ reason: z.string(), status: z.number(), count: z.number(), at: z.string() })),
        expected: z.object({ every: z.number(), due: z.string(), silentSince: z.string().optional() }).optional(),
      }),
    ),
  }),
  review: reviewDocument.extend({ countedUntil: z.string().optional() }),
  figures: z.object({ countedUntil: z.string().optional(), days: z.array(dayCount) }),
  fleet: z.object({
    on: z.boolean(),
    ranAt: z.string().optional(),
    blindSince: z.string().optional(),
    unseen: z
      .array(
        z.object({
          ...{ id: z.string(), name: z.string(), why: z.string().optional(), since: z.string() },
          part: z.literal(true).optional(),
        }),
      )
      .optional(),
    sets: z.array(
      z.object({
        ...{ id: z.string(), name: z.string(), group: z.string(), subscriptionId: z.string(), verdict: z.string() },
        ...{
          environment: z.string().optional(),
          told: z.boolean(),
          behind: z.number().optional(),
          total: z.number().optional(),
        },
        ...{ since: z.string(), sinceAtLeast: z.boolean(), why: z.string().optional() },
        approval: z.object({ until: z.string().optional(), otherwise: z.string().optional() }).optional(),
      }),
    ),
  }),
  // A relay of before has no version in its answer.
  health: z.object({ status: z.string(), version: z.string().default('unknown'), receivers: z.array(z.string()) }),
  /** Of a relay that is not asked to look closely: older ones say less. */
  presence: z.object({ status: z.string(), configuration: z.string().optional(), drift: z.string().optional() }),
} as const;

/** An answer in its expected shape. Throws a CommandFailure where somebody else answered. */
export function parsedAnswer<T extends z.ZodType>(schema: T, answer: unknown, { url }: Client): z.infer<T> {
  const { data, error } = schema.safeParse(answer);
  if (error === undefined) return data;
  throw strange(url, `${error.issues[0]?.path.join('.') || 'the answer'} is not as expected`);
}
