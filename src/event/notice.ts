import * as z from 'zod';
import { brief } from './brief.ts';
import { common, count } from './fields.ts';
import { line } from './text.ts';

/** What the relay can have to say of itself. */
export const noticeTopics = [
  'receiverBroken',
  'receiverBack',
  'signIn',
  'deadLetters',
  'storage',
  'configuration',
  'driftUnreadable',
  'driftReadable',
  'cut',
  'tooLarge',
  'silent',
  'heard',
  'drill',
  'test',
] as const;

/** What the relay says of itself. */
export const notice = z.object({
  kind: z.literal('notice'),
  ...common,
  topic: z.enum(noticeTopics),
  about: line(200).min(1).describe('A receiver, a subscription, a file, a source.'),
  reason: line(300).optional(),
  lasted: z
    .int()
    .min(0)
    .max(100_000_000)
    .optional()
    .describe('For how many seconds nothing has come of a sender, or had.'),
  reasons: z
    .array(z.object({ reason: line(100).min(1), status: count.optional(), count }))
    .max(5)
    .optional()
    .describe(
      'Of what cannot be read, or was refused of a sender: each reason with the HTTP status and how many things it is of, the most first.',
    ),
  events: z.array(brief).max(5).optional().describe('The events concerned, the worst first.'),
  fallback: line(63).min(1).optional().describe('The receiver that gets what the one in trouble does not.'),
  count: count
    .optional()
    .describe('How many dead letters wait, how many subscriptions are meant, how many events were cut.'),
});
