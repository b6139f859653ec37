import * as z from 'zod';
import { unknownType } from './problem.ts';

const flag = z.boolean().optional();
const textStyle = z.strictObject({ bold: flag, italic: flag, strike: flag, underline: flag, code: flag });
const mentionStyle = textStyle.extend({ highlight: flag, client_highlight: flag, unlink: flag });

const mention = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape, style: mentionStyle.optional() });

// Empty text is refused with "must be more than 0 characters", and so is an empty link label:
// https://github.com/NousResearch/hermes-agent/pull/59621, https://github.com/slack-go/slack/pull/1412.
const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: textStyle.optional() });
const link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.string().min(1).optional(),
  unsafe: flag,
  style: textStyle.optional(),
});

const date = mention('date', {
  timestamp: z.int(),
  format: z.string().min(1),
  url: z.string().optional(),
  fallback: z.string().optional(),
});

// The reference names these, but describes none; they are mostly written by Slack's own clients.
// https://docs.slack.dev/reference/block-kit/block-elements/rich-text-section-element
const undescribed = z.looseObject({
  type: z.enum([
    'attachment_mention',
    'canvas',
    'canvas_user_mention',
    'canvas_message_unfurl',
    'citation',
    'file',
    'list_record',
    'message_mention',
    'salesforce_data_field',
    'tag',
    'work_object_mention',
    'workflow_mention',
  ]),
});

const inline = z.discriminatedUnion(
  'type',
  [
    text,
    link,
    date,
    mention('emoji', { name: z.string().min(1), unicode: z.string().optional(), url: z.string().optional() }),
    mention('user', { user_id: z.string() }),
    mention('usergroup', { usergroup_id: z.string() }),
    mention('channel', { channel_id: z.string() }),
    mention('team', { team_id: z.string() }),
    mention('broadcast', { range: z.enum(['here', 'channel', 'everyone']) }),
    mention('color', { value: z.string() }),
    undescribed,
  ],
  unknownType,
);

// Production reports say that an empty list of elements is refused (hermes-agent#59621). Slack's Python library
// allows one (python-slack-sdk#1576), but it also models what Slack sends; a message has no use for it.
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline).min(1) });
const border = z.literal([0, 1]).optional();

const list = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.enum(['bullet', 'ordered']),
  elements: z.array(section).min(1),
  indent: z.int().min(0).max(8).optional(),
  offset: z.int().min(0).optional(),
  border,
});

const quote = z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(inline).min(1), border });

const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.discriminatedUnion('type', [text, link], unknownType)).min(1),
  border,
});

/** The content of a rich_text block: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export const richText = z.array(z.discriminatedUnion('type', [section, list, quote, preformatted], unknownType)).min(1);
