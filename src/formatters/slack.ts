import type { ActionsBlock, AnyBlock, ContextBlock, MessageAttachment, RichTextBlock } from '@slack/types';
import { fit, type Limits, trim } from './fit.ts';
import type { Reading, Tone } from './slots.ts';
import { slackEscaped, slackNotification } from './text.ts';

export interface SlackMessage {
  readonly text: string;
  readonly mrkdwn: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  readonly blocks?: AnyBlock[];
  readonly attachments?: MessageAttachment[];
}

const COLOR = {
  good: '#2EB886',
  info: '#1D9BD1',
  neutral: '#868686',
  warning: '#DAA038',
  danger: '#D64545',
} as const satisfies Record<Tone, string>;

// Slack says nothing about a webhook's largest body; users measured msg_blocks_too_long at about 13,200 characters
// (https://github.com/slackapi/bolt-js/issues/2509).
export const slackLimits: Limits<SlackMessage> = {
  size: (message) => Buffer.byteLength(JSON.stringify(message)),
  most: 12_000,
};

/** A Slack message: the headline in `blocks`, the details in one coloured attachment. */
export const slackMessage = (reading: Reading): SlackMessage => fit(reading, whole, slackPlain, slackLimits);

/** The sentence and the first link as bare text, for a Slack that refuses the blocks. */
export const slackPlain = (reading: Reading): SlackMessage => {
  const { text, ...rest } = frame(trim(reading));
  return { ...rest, text: [text, ...reading.actions.slice(0, 1).map(({ url }) => slackEscaped(url))].join('\n') };
};

const whole = (reading: Reading): SlackMessage => ({
  ...frame(reading),
  blocks: [headline(reading)],
  attachments: [
    {
      color: COLOR[reading.tone],
      fallback: slackNotification(reading.sentence),
      blocks: [
        ...(reading.facts.length > 0 ? [facts(reading.facts)] : []),
        ...(reading.body ? [body(reading.body)] : []),
        ...(reading.actions.length > 0 ? [buttons(reading.actions)] : []),
        origin(reading),
      ],
    },
  ],
});

const frame = (reading: Reading) =>
  ({ text: slackNotification(reading.sentence), mrkdwn: false, unfurl_links: false, unfurl_media: false }) as const;

// rich_text throughout: its text elements are never parsed, while mrkdwn has no escape for * _ ~ ` and :emoji:.

const headline = ({ id, emoji, state, subject, figure }: Reading): RichTextBlock => ({
  type: 'rich_text',
  block_id: `event-${id}`,
  elements: [
    {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: `${emoji} ` },
        { type: 'text', text: state, style: { bold: true } },
        { type: 'text', text: ' · ' },
        subject.url === undefined
          ? { type: 'text', text: subject.text }
          : { type: 'link', url: subject.url, text: subject.text },
        ...(figure === undefined ? [] : [{ type: 'text' as const, text: `  ${figure}`, style: { bold: true } }]),
      ],
    },
  ],
});

// One section, with the line breaks in it: how several sections are set apart is the client's affair.
const facts = (facts: Reading['facts']): RichTextBlock => ({
  type: 'rich_text',
  block_id: 'facts',
  elements: [
    {
      type: 'rich_text_section',
      elements: facts.flatMap(({ label, value, code }, index) => [
        { type: 'text', text: index === 0 ? label : `\n${label}`, style: { bold: true } },
        { type: 'text', text: '  ' },
        code ? { type: 'text', text: value, style: { code: true } } : { type: 'text', text: value },
      ]),
    },
  ],
});

const body = ({ label, text, output }: NonNullable<Reading['body']>): RichTextBlock => ({
  type: 'rich_text',
  block_id: 'body',
  elements: [
    { type: 'rich_text_section', elements: [{ type: 'text', text: label, style: { bold: true } }] },
    { type: output ? 'rich_text_preformatted' : 'rich_text_quote', elements: [{ type: 'text', text }] },
  ],
});

const buttons = (actions: Reading['actions']): ActionsBlock => ({
  type: 'actions',
  block_id: 'actions',
  elements: actions.map(({ title, hint, url }, index) => ({
    type: 'button',
    action_id: `open-${index}`,
    text: { type: 'plain_text', text: title },
    url,
    accessibility_label: hint,
  })),
});

// {date_short_pretty} and {time} are shown in the reader's own zone and language.
const origin = ({ id, origin: { source, place, occurredAt, written } }: Reading): ContextBlock => ({
  type: 'context',
  block_id: 'origin',
  elements: [
    ...(place === undefined ? [] : [{ type: 'plain_text' as const, text: place, emoji: false }]),
    {
      type: 'mrkdwn',
      verbatim: true,
      text: `${slackNotification(source)} · <!date^${Math.floor(Date.parse(occurredAt) / 1000)}^{date_short_pretty} {time}|${written}> · id \`${id}\``,
    },
  ],
});
