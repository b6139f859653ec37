import * as z from 'zod';
import type { Matching } from './conditions.ts';
import { duration } from './duration.ts';
import { SHARED } from './in-common.ts';
import { JOINABLE, type Joins } from './joins.ts';
import { matcher } from './match.ts';

export const threadsOf = (match: Matching) =>
  z.strictObject({
    join: z
      .array(z.enum(JOINABLE))
      .min(1)
      .describe('What is told in one conversation, of the same thing. A step ends nothing of another kind.'),
    same: z
      .array(z.enum(SHARED))
      .min(1)
      .optional()
      .describe('What they must have in common; without it, `[resource]`, the name.'),
    within: duration.optional().describe('How long after its last step a conversation takes another; without it, 2h.'),
    match: match.optional().describe('Which of these events; without it, all.'),
  });

const TWO_HOURS = 7_200_000;

export const compileThreads = (given: z.infer<ReturnType<typeof threadsOf>>): Joins => ({
  kinds: new Set(given.join),
  same: given.same ?? ['resource'],
  within: given.within ?? TWO_HOURS,
  match: matcher(given.match ?? {}),
});
