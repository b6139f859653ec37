import * as z from 'zod';
import { unknownType } from './problem.ts';

// Slack does not say what a character is. UTF-16 units are never fewer than code points, so this counts on the safe side.
const words = (max: number) => z.string().min(1).max(max);

// Objects inside blocks are closed: "invalid additional property: emoji [json-pointer:/blocks/0/text]",
// https://github.com/slack-go/slack/issues/1414.
export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: words(max), emoji: z.boolean().optional() });

const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: words(max), verbatim: z.boolean().optional() });

// At most 3000 anywhere: https://docs.slack.dev/reference/block-kit/composition-objects/text-object
export const anyText = (max = 3000) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)], unknownType);

const webUrl = z
  .string()
  .max(3000)
  .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'Expected an absolute http or https URL');

// https://docs.slack.dev/reference/block-kit/block-elements/button-element
const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: z.string().max(255).optional(),
  url: webUrl.optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: z.looseObject({}).optional(),
  accessibility_label: z.string().max(75).optional(),
});

// https://docs.slack.dev/reference/block-kit/blocks/image-block
export const imageSource = {
  alt_text: words(2000),
  image_url: webUrl.optional(),
  slack_file: z.looseObject({}).optional(),
};

export const hasOneSource = (image: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (image.image_url === undefined) !== (image.slack_file === undefined);

export const ONE_SOURCE = 'Expected either image_url or slack_file';

const image = z.strictObject({ type: z.literal('image'), ...imageSource }).refine(hasOneSource, ONE_SOURCE);

// Known by name only: they need an app that listens, and a webhook has none.
const control = z.looseObject({
  type: z.enum([
    'checkboxes',
    'datepicker',
    'datetimepicker',
    'timepicker',
    'radio_buttons',
    'overflow',
    'workflow_button',
    'static_select',
    'external_select',
    'users_select',
    'conversations_select',
    'channels_select',
    'multi_static_select',
    'multi_external_select',
    'multi_users_select',
    'multi_conversations_select',
    'multi_channels_select',
    'rich_text_input',
  ]),
});

const textInput = z.looseObject({
  type: z.enum(['plain_text_input', 'email_text_input', 'number_input', 'url_text_input']),
});

export const accessory = z.discriminatedUnion('type', [button, image, control], unknownType);
export const contextElement = z.discriminatedUnion('type', [plainText(3000), mrkdwn(3000), image], unknownType);
export const actionElement = z.discriminatedUnion('type', [button, control], unknownType);
export const inputElement = z.discriminatedUnion('type', [textInput, control], unknownType);
