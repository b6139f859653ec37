import * as z from 'zod';
import { jsonIn } from '../../event/json.ts';
import { isUnread } from '../rules/reading.ts';
import type { Collector } from './collector.ts';

const time = z.iso.datetime();

const schema = z.object({
  first: z.string().optional().describe('The subscription that the next run begins with.'),
  done: z
    .record(z.string(), z.int().min(0))
    .optional()
    .describe('Of subscriptions that were not finished, how many sets of their list were.'),
  probedAt: time.optional().describe('When Resource Graph was last asked whether it can be used.'),
  unfitSince: time.optional().describe('Since when Resource Graph cannot be relied on.'),
  sets: z.int().min(0).optional().describe('How many sets there were.'),
  missed: z.int().min(0).default(0).describe('Runs in which Resource Graph did not know of drift that there was.'),
  sweptAt: time.optional().describe('The hour whose share of the sets was read.'),
  imagesOn: z.iso.date().optional().describe('The day for which images were looked at.'),
});

/** What the reader has to know of the run before. It travels in the state's cursor. */
export type Checkpoint = Readonly<z.infer<typeof schema>>;

/** Of another form, it counts as none: the worst that comes of it is that something is read twice. */
export function checkpointIn(cursor: string | undefined): Checkpoint {
  return schema.safeParse(jsonIn(cursor ?? '')).data ?? { missed: 0 };
}

// The state takes no longer one.
const MOST = 4_000;

export function cursorOf(checkpoint: Checkpoint): string {
  const text = JSON.stringify(checkpoint);
  if (text.length <= MOST) return text;
  const { done: _, ...rest } = checkpoint;
  return JSON.stringify(rest);
}

/** What the next run has to know. */
export function nextCheckpoint(
  { checkpoint, collector }: { readonly checkpoint: Checkpoint; readonly collector: Collector },
  chosen: Partial<Checkpoint>,
  { first, done, ...read }: Partial<Checkpoint>,
): Checkpoint {
  const { first: _, done: __, ...kept } = checkpoint;
  const place = { ...(first !== undefined && { first }), ...(done !== undefined && { done }) };
  const { scopes } = collector.reading;
  // Where nothing was allowed, or nothing answered, nothing was learnt of Resource Graph, images and how many sets there are.
  if (scopes.every(isUnread)) return { ...kept, ...place };
  const { sets } = collector.counts;
  const isWhole = first === undefined && scopes.every((one) => one.read !== 'part');
  // What was not met may well be there.
  const known = isWhole ? sets : Math.max(sets, checkpoint.sets ?? 0);
  return { ...kept, ...chosen, ...read, ...place, sets: known };
}
