import type { Destination } from '../destination.ts';
import { markedAt } from '../event-mark.ts';
import { GATHER } from '../rate.ts';
import { googleChatAnswers } from './answers.ts';
import { googleChatWebhook } from './transport.ts';

export const googleChat = {
  readers: 'people',
  message: async () => (await import('./message.ts')).googleChatMessage,
  eventIn: (payload) => markedAt(payload, 'cardsV2', 0, 'cardId'),
  transport: { name: 'google-chat-webhook', over: googleChatWebhook },
  isSigned: false,
  answers: googleChatAnswers,
  // A space takes one write a second, of all that post there: https://developers.google.com/workspace/chat/limits
  rate: { perSecond: 1, gather: GATHER },
  hosts: { fit: /^chat\.googleapis\.com$/, beginning: 'https://chat.googleapis.com/' },
} as const satisfies Destination;
