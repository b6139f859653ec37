import * as z from 'zod';
import { slackBlocks } from './slack-blocks.ts';

// Slack's page names these forms; what becomes of any other is not documented, and no reader would see it right.
// The leading # is missing in many old examples and in what Slack itself returns.
const COLOUR = /^(?:good|warning|danger|#?[0-9a-f]{3}|#?[0-9a-f]{6})$/i;

const words = z.string().optional();

/** Secondary attachments: https://api.slack.com/reference/messaging/attachments */
export const slackAttachments = z.array(
  z.looseObject({
    color: z.string().regex(COLOUR, 'Expected good, warning, danger or a hex colour').optional(),
    blocks: slackBlocks.optional(),
    fallback: words,
    text: words,
    title: words,
    pretext: words,
    fields: z.array(z.looseObject({ title: words, value: words, short: z.boolean().optional() })).optional(),
  }),
);
