import * as z from 'zod';
import { severities, timestamp, url } from './fields.ts';
import { line } from './text.ts';

export const SUBJECT = 160;
export const PLACE = 80;

export const outlined = {
  kind: line(20),
  state: line(20).describe("In the kind's own words: an action, a phase, a verdict."),
};

/** An event in brief, as messages about several events name it. What a release before this one wrote has less. */
export const brief = z.object({
  ...outlined,
  subject: line(SUBJECT).min(1),
  figure: line(20)
    .optional()
    .describe('Of the newest event; of scale events, from before the first to after the last.'),
  severity: z.enum(severities).optional(),
  place: line(PLACE)
    .optional()
    .describe(
      'Its environment; without one, its resource group; of alerts and custom events, the resource before it; without either, the resource.',
    ),
  short: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .optional()
    .describe('What commands take as its id, where somebody has to look it up.'),
  url: url(1_000).optional().describe('Where there is more of it.'),
  over: timestamp.optional().describe('When it had ended, of one that is sent again after that.'),
  test: z.boolean().optional().describe('It is a test: nothing has happened.'),
});

export type Brief = z.infer<typeof brief>;
