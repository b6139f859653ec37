import * as z from 'zod';
import { count, seconds } from './fields.ts';
import { line } from './text.ts';

/** So many are named; the others are counted. */
export const MOST_NAMED = 10;

const machine = z.object({
  name: line(64).min(1).describe("As Azure's lists have it: of Uniform sets `shop-web_7`."),
  zone: line(20).optional(),
});

/** What became of the machines of a scaling, by the scale set's own list of them. */
export const machines = z.object({
  named: z
    .array(machine)
    .max(MOST_NAMED)
    .describe('The first that came or went; none where it was not seen which they are.'),
  count: count.describe('How many came and are running, or are gone.'),
  seconds: seconds.optional().describe('From the beginning until the last of them was running.'),
  waiting: count.optional().describe('Not running, or not gone, when nobody looked any more: after 15 minutes.'),
  failed: count.optional().describe('Could not be made.'),
  codes: z.array(line(80).min(1)).max(3).optional().describe("Azure's words for why."),
  limit: z
    .enum(['minimum', 'maximum', 'quota'])
    .optional()
    .describe("What keeps it from going on: the autoscale setting's own count, or a quota."),
  capacity: count.optional().describe('Instances wanted now, where that is not what the scaling wanted.'),
  unmoved: z.literal(true).optional().describe('`capacity` is that from before, and no machine came or went.'),
});

export type Machines = z.infer<typeof machines>;
export type NamedMachine = Machines['named'][number];
