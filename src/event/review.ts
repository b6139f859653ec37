import * as z from 'zod';
import { common, count, seconds, timestamp } from './fields.ts';
import { line } from './text.ts';

/** A number of a week, and that of the week before where there was anything to count. */
const over = <Value extends z.ZodType>(value: Value) => z.object({ now: value, before: value.optional() });

/** How much of something, from none to all. */
const share = z.number().min(0).max(1);

/** What can be done about what makes noise; docs/review.md says when each is given. */
export const reviewAdvice = ['widen', 'steady', 'unattended', 'many'] as const;

/** What a chart of a review draws. */
export const reviewSeries = ['alerts', 'deployments', 'failed', 'highest', 'lowest'] as const;

const named = { name: line(120).min(1), environment: line(80).optional() };

// A chat draws six series of twenty points in all; a week has seven days.
const chart = z.object({
  of: z.enum(['days', 'capacity']),
  form: z.enum(['bar', 'line']),
  name: line(120).min(1).optional().describe('The scale set whose instances they are.'),
  days: z
    .array(z.string().regex(/^\d{4}-\d\d-\d\d$/))
    .min(1)
    .max(7)
    .describe('In UTC, the first first.'),
  series: z
    .array(z.object({ of: z.enum(reviewSeries), values: z.array(count).max(7).describe('One for each day.') }))
    .min(1)
    .max(6),
});

const LISTED = 5;

/** What a week was like, in numbers. Lists begin with what counts most. */
const reviewed = {
  from: timestamp.describe('The beginning of the first day, in UTC.'),
  until: timestamp.describe('The end of the last day.'),
  events: over(count).describe('What senders told.'),
  dora: z
    .object({
      deployments: over(count).describe('Those that ended well or badly.'),
      leadTime: over(seconds)
        .optional()
        .describe('From the first that was told of one to its good end, in the middle one of them; seconds.'),
      failureRate: over(share).optional().describe('How many of them failed.'),
      restore: over(seconds)
        .optional()
        .describe('From a failed one to the next good one of the same, in the middle one of them; seconds.'),
    })
    .describe('The four keys of DORA, as far as the relay is told of them.'),
  alerts: z.object({
    fired: over(count),
    acknowledge: over(seconds).optional().describe('From firing to its acknowledgement, on average; seconds.'),
    resolve: over(seconds).optional().describe('From firing to its end, on average; seconds.'),
  }),
  scalings: over(count).describe('Steps of scale sets.'),
  noisiest: z
    .array(
      z.object({
        ...named,
        kind: z.enum(['alert', 'scale']),
        count: count.describe('How often it fired, or scaled.'),
        flaps: count.describe('How often it went there and back again.'),
        between: z.tuple([count, count]).optional().describe('The capacities between which it went most.'),
        advice: z.enum(reviewAdvice).optional(),
      }),
    )
    .max(LISTED),
  drift: z.array(z.object({ ...named, seconds: over(seconds) })).max(LISTED),
  slowest: z.array(z.object({ ...named, seconds })).max(LISTED),
  atMaximum: z
    .array(
      z.object({
        ...named,
        capacity: count,
        days: count.describe('On how many days it was there.'),
        limit: z
          .literal(true)
          .optional()
          .describe('It is the most that its setting allows; else the most of two weeks.'),
      }),
    )
    .max(LISTED),
  charts: z.array(chart).max(2),
};

/** What a week was like, for those who look back. */
export const review = z.object({ kind: z.literal('review'), ...common, ...reviewed });

/** The same by itself: what `GET review` answers. */
export const reviewDocument = z.object({ ...reviewed, environment: common.environment });

export type ReviewDocument = z.infer<typeof reviewDocument>;
