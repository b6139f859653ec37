import * as z from 'zod';
import { brief } from './brief.ts';
import { common, timestamp } from './fields.ts';
import { key, line } from './text.ts';

/** What somebody can have done with what they were told. */
export const doings = ['acknowledged', 'silenced', 'replayed', 'meant'] as const;

/** By what they did it: a button in a chat, a link, the command line. */
export const ways = ['slack', 'teams', 'link', 'command'] as const;

/** What a button can do. */
export const buttonNames = ['acknowledge', 'silenceHour', 'silenceMorning', 'meant', 'replay'] as const;

export type ButtonName = (typeof buttonNames)[number];

const hex = z.string().regex(/^[0-9a-f]{32}$/);

/** What somebody did with a story, told to all who were told of it. */
export const act = z.object({
  kind: z.literal('act'),
  ...common,
  action: z.enum(doings),
  by: line(120).min(1).describe('Who did it, as the chat calls them; of a link, the receiver that got it.'),
  via: z.enum(ways),
  until: timestamp.optional().describe('When it ends, of what ends by itself.'),
  note: line(200).optional(),
  of: brief.describe('What it was done with.'),
  event: key(200).min(1).describe('The id of that.'),
  conversation: hex.optional().describe('Names the conversation that it is told in.'),
  pager: hex.describe("Names the pager's alert of it."),
});
