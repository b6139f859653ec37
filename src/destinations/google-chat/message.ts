import type { RelayEvent } from '../../event/event.ts';
import { threadKeyOf } from '../../event/thread.ts';
import { fit, type Limits } from '../../message/fit.ts';
import { readEvent } from '../../message/reading.ts';
import type { Mention, Reading, Telling, Voice } from '../../message/slots.ts';
import { trim } from '../../message/trim.ts';
import type { Message } from '../destination.ts';
import { type CardWithId, cardOf } from './card.ts';
import { literal } from './markup.ts';

/** What an incoming webhook takes: https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages#Message */
export interface GoogleChatMessage {
  /** Above the card, and in notifications. */
  readonly text: string;
  /** What is said where cards are not shown. */
  readonly fallbackText?: string;
  readonly cardsV2?: readonly [CardWithId];
  readonly thread?: { readonly threadKey: string };
}

// A message takes 32,000 bytes, cards included: https://developers.google.com/workspace/chat/create-messages
export const googleChatLimits: Limits<GoogleChatMessage> = {
  size: (message) => Buffer.byteLength(JSON.stringify(message)),
  most: 28_000,
};

/** A Google Chat message: the sentence in `text`, which is searched and notified of, and one card with the details. */
export const formatGoogleChat = (event: RelayEvent, voice: Voice, telling?: Telling): GoogleChatMessage => {
  const thread = threadOf(event);
  return fit(
    readEvent(event, voice, telling),
    (reading) => ({ ...whole(reading), ...thread }),
    (reading) => ({ ...bare(reading), ...thread }),
    googleChatLimits,
  );
};

/** The sentence and the first link, for a space that refuses the card. */
export const formatGoogleChatPlain = (event: RelayEvent, voice: Voice, telling?: Telling): GoogleChatMessage => ({
  ...bare(trim(readEvent(event, voice, telling))),
  ...threadOf(event),
});

const whole = (reading: Reading): GoogleChatMessage => ({
  text: [literal(reading.sentence), ...reading.mentions.flatMap(called)].join(' '),
  fallbackText: literal(reading.sentence),
  cardsV2: [cardOf(reading)],
});

// A bare address is a link in every language that `text` may be in.
const bare = ({ sentence, actions }: Reading): GoogleChatMessage => ({
  text: [literal(sentence), ...actions.slice(0, 1).map(({ url }) => url)].join('\n'),
});

/** https://developers.google.com/workspace/chat/format-messages#messages-@mention */
const called = ({ type, id }: Mention): readonly string[] =>
  // There are no groups to be called, which lint says.
  type === 'group' ? [] : [`<users/${type === 'all' ? 'all' : id}>`];

function threadOf(event: RelayEvent): Pick<GoogleChatMessage, 'thread'> {
  const threadKey = threadKeyOf(event);
  return threadKey === undefined ? {} : { thread: { threadKey } };
}

export const googleChatMessage = {
  format: formatGoogleChat,
  plain: formatGoogleChatPlain,
  limits: googleChatLimits,
} satisfies Message;
