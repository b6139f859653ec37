import * as z from 'zod';
import { count, timestamp } from './fields.ts';

/** So many hours are told. */
export const DAY_HOURS = 24;

/** How many instances a scale set wanted in the last day, by the scale events that the relay has had of it. */
export const lastDay = z.object({
  from: timestamp.describe('When the first of the hours begins; the last one ends with the event.'),
  steps: z
    .array(count)
    .min(1)
    .max(DAY_HOURS)
    .describe('The most of each hour, the oldest first; the last is what the event leaves.'),
  minimum: count,
  maximum: count,
});

export type LastDay = z.infer<typeof lastDay>;
