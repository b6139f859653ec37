import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from './answer.ts';
import { readObject } from './payload.ts';
import { firstProblem } from './problem.ts';

// From Mattermost Server 5.0: https://developers.mattermost.com/integrate/webhooks/incoming/#tips-and-best-practices
const MOST_CHARACTERS = 16_383;

const https = z.url({ protocol: /^https?$/ });
const color = z.union([z.enum(['good', 'warning', 'danger']), z.string().regex(/^#[0-9a-fA-F]{6}$/)]);

// https://developers.mattermost.com/integrate/reference/message-attachments/, and what a server checks itself:
// https://github.com/mattermost/mattermost/blob/master/server/public/model/slack_attachment.go
const attachment = z
  .strictObject({
    fallback: z.string().min(1),
    color: color.optional(),
    pretext: z.string().optional(),
    text: z.string().optional(),
    author_name: z.string().optional(),
    author_link: https.optional(),
    author_icon: https.optional(),
    title: z.string().optional(),
    title_link: https.optional(),
    fields: z.array(z.strictObject({ title: z.string(), value: z.string(), short: z.boolean().optional() })).optional(),
    image_url: https.optional(),
    thumb_url: https.optional(),
    // What is longer is cut.
    footer: z.string().max(300).optional(),
    footer_icon: https.optional(),
  })
  .refine((each) => each.title_link === undefined || each.title !== undefined, 'A title_link has no title')
  .refine((each) => each.author_link === undefined || each.author_name !== undefined, 'An author_link has no author');

/** Keys that a server sets itself: https://developers.mattermost.com/integrate/webhooks/incoming/#parameters */
const RESERVED =
  /^(?:from_webhook|override_username|override_icon_url|override_icon_emoji|webhook_display_name|attachments)$/;

const message = z.strictObject({
  text: z
    .string()
    .refine((text) => [...text].length <= MOST_CHARACTERS, 'It would become several posts')
    .optional(),
  attachments: z.array(attachment).optional(),
  channel: z.string().optional(),
  username: z.string().optional(),
  icon_url: https.optional(),
  icon_emoji: z.string().optional(),
  type: z
    .string()
    .regex(/^custom_/)
    .optional(),
  props: z
    .looseObject({ card: z.string().optional() })
    .refine((props) => !Object.keys(props).some((key) => RESERVED.test(key)), 'A key is reserved')
    .optional(),
  priority: z
    .strictObject({ priority: z.enum(['important', 'urgent']), requested_ack: z.boolean().optional() })
    .optional(),
});

const refuse = (id: string, reason: string): DoubleAnswer => ({
  status: 400,
  body: JSON.stringify({ id, message: reason, detailed_error: '', status_code: 400 }),
  reason,
  headers: { 'content-type': 'application/json' },
});

/**
 * Answers as an incoming webhook of Mattermost does. Stricter than the real one on purpose, which leaves out what it does not
 * know, cuts or splits what is too long, and then answers "ok".
 */
export function answerMattermost(request: DoubleRequest): DoubleAnswer {
  const reading = readObject(request);
  if (!reading.ok) return refuse('model.incoming_hook.parse_data.app_error', reading.reason);
  const { text = '', attachments } = reading.value;
  if (text === '' && attachments === undefined) {
    return refuse('web.incoming_webhook.text.app_error', 'There is neither a text nor an attachment.');
  }
  const post = message.safeParse(reading.value);
  if (!post.success) return refuse('web.incoming_webhook.parse.app_error', firstProblem(post.error, ''));
  return { status: 200, body: 'ok', headers: { 'content-type': 'text/plain' } };
}
