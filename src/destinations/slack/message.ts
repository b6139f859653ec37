import type { AnyBlock, MessageAttachment } from '@slack/types';
import type { RelayEvent } from '../../event/event.ts';
import { fit, type Limits } from '../../message/fit.ts';
import { readEvent } from '../../message/reading.ts';
import type { Reading, Telling, Tone, Voice } from '../../message/slots.ts';
import { slackEscaped, slackNotification } from '../../message/text.ts';
import { trim } from '../../message/trim.ts';
import type { Message } from '../destination.ts';
import { body, buttons, facts, headline, list, origin } from './blocks.ts';
import { chart, type DataVisualizationBlock } from './chart.ts';

export interface SlackMessage {
  readonly text: string;
  readonly mrkdwn: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  readonly blocks?: (AnyBlock | DataVisualizationBlock)[];
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
export const formatSlack = (event: RelayEvent, voice: Voice, telling?: Telling): SlackMessage =>
  fit(readEvent(event, voice, telling), whole, slackPlain, slackLimits);

/** The sentence and the first link as bare text, for a Slack that refuses the blocks. */
export const formatSlackPlain = (event: RelayEvent, voice: Voice, telling?: Telling): SlackMessage =>
  slackPlain(readEvent(event, voice, telling));

const slackPlain = (reading: Reading): SlackMessage => {
  const { text, ...rest } = frame(trim(reading));
  return { ...rest, text: [text, ...reading.actions.slice(0, 1).map(({ url }) => slackEscaped(url))].join('\n') };
};

const whole = (reading: Reading): SlackMessage => ({
  ...frame(reading),
  blocks: [headline(reading), ...(reading.charts ?? []).map(chart)],
  attachments: [
    {
      color: COLOR[reading.tone],
      fallback: slackNotification(reading.sentence),
      blocks: [
        ...(reading.facts.length + reading.more > 0 ? [facts(reading)] : []),
        ...(reading.list ? [list(reading.list, reading.moreItems)] : []),
        ...(reading.body ? [body(reading.body)] : []),
        ...(reading.actions.length > 0 ? [buttons(reading.actions)] : []),
        origin(reading),
      ],
    },
  ],
});

const frame = (reading: Reading) =>
  ({ text: slackNotification(reading.sentence), mrkdwn: false, unfurl_links: false, unfurl_media: false }) as const;

export const slackMessage = {
  format: formatSlack,
  plain: formatSlackPlain,
  limits: slackLimits,
} satisfies Message;
