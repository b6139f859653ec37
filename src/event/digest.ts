import * as z from 'zod';
import { brief, outlined } from './brief.ts';
import { driftReason, driftSteps, driftVerdicts } from './drift.ts';
import { common, count, timestamp } from './fields.ts';
import { command, line } from './text.ts';

const story = brief.extend({
  count: count.min(1).describe('Events of this story.'),
  since: timestamp.optional().describe('Of drift: since when the oldest instance is behind.'),
  flapping: z.boolean().optional().describe('Went out and in again within an hour.'),
  conversation: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional()
    .describe('By what a chat app finds the thread of this story.'),
});

/** Short, so that a queue message has room for many. */
const named = z.object({
  state: z.enum([...driftVerdicts, 'resolved', 'unseen']),
  subject: line(64).min(1),
  behind: count,
  total: count,
  since: timestamp.optional(),
});

/** Why a set has drifted, and what to do: what the message of that set alone would say. */
const remedy = z.object({
  subject: line(64).min(1),
  group: line(90).optional(),
  reasons: z.array(driftReason).max(3),
  advice: z.enum(driftSteps).optional(),
  command: command(600).optional(),
});

// A message of a queue holds 48 KiB, and a digest is not all that is in it.
const MOST_BYTES = 40 * 1024;

interface Sized {
  readonly remedies?: readonly unknown[] | undefined;
  readonly others?: readonly unknown[] | undefined;
  readonly more: number;
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Without the last of the other stories, which are counted, and the last remedies, where there is no room for all of them. */
const fitting = <Digest extends Sized>(digest: Digest): Digest => withRemedies(withOthers(digest));

function withOthers<Digest extends Sized>(digest: Digest): Digest {
  const { others = [], remedies: _, ...rest } = digest;
  let left = MOST_BYTES - (others.length === 0 ? 0 : sizeOf(rest));
  const kept = others.filter((each) => {
    left -= sizeOf(each) + 1;
    return left >= 0;
  });
  if (kept.length === others.length) return digest;
  return { ...digest, others: kept, more: digest.more + others.length - kept.length };
}

function withRemedies<Digest extends Sized>(digest: Digest): Digest {
  const { remedies = [], ...rest } = digest;
  let left = MOST_BYTES - (remedies.length === 0 ? 0 : sizeOf(rest));
  const kept = remedies.filter((each) => {
    left -= sizeOf(each) + 1;
    return left >= 0;
  });
  return kept.length === remedies.length ? digest : { ...digest, remedies: kept };
}

export const digestCauses = ['rate', 'deployment', 'baseline', 'many'] as const;

/** Many events in one: what was parked or held back leaves together. */
export const digest = z
  .object({
    kind: z.literal('digest'),
    ...common,
    cause: z.enum(digestCauses).describe('Why they come together.'),
    total: count.min(1).describe('Events in all; of drift, scale sets.'),
    resources: count.describe('Resources that they are about, as far as they name one.'),
    asSevere: count
      .optional()
      .describe('Of the stories after the one that leads: how many are as severe, and not over. None are worse.'),
    since: timestamp.describe('When the first of them happened.'),
    tally: z
      .array(z.object({ ...outlined, count }))
      .max(8)
      .describe('How many of each state, the most important first.'),
    stories: z.array(story).max(5).describe('The newest of each story, the most important first.'),
    window: line(40).min(1).optional().describe('The quiet window that held them back, by its name.'),
    others: z
      .array(story)
      .max(35)
      .optional()
      .describe('Of what a window held back: the stories after those that are not over.'),
    named: z.array(named).max(35).optional().describe('Of drift: the sets after those.'),
    more: count.describe('Stories that are not listed.'),
    calls: z
      .array(z.array(line(12)).min(1).max(10))
      .max(20)
      .optional()
      .describe(
        'Whom its events call, by keys of owners in the configuration: of each story, the first that can be called.',
      ),
    unread: count.optional().describe('Of drift: subscriptions that could not be read.'),
    remedies: z
      .array(remedy)
      .max(40)
      .optional()
      .describe('Of drift: why, and what to do, of the most important sets, as far as there is room.'),
  })
  .overwrite(fitting);
