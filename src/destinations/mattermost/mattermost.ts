import type { Destination } from '../destination.ts';
import { markedAt } from '../event-mark.ts';
import { postJson } from '../post-json.ts';
import { GATHER } from '../rate.ts';
import { mattermostAnswers } from './answers.ts';

export const mattermost = {
  readers: 'people',
  message: async () => (await import('./message.ts')).mattermostMessage,
  eventIn: (payload) => markedAt(payload, 'props', 'event'),
  transport: { name: 'mattermost-webhook', over: postJson },
  isSigned: false,
  answers: mattermostAnswers,
  // A server limits no webhook unless its owner says so, to 10 requests a second: https://docs.mattermost.com/configure/rate-limiting-configuration-settings.html
  rate: { perSecond: 1, burst: 5, gather: GATHER },
  // Whoever uses it runs it, at a host of their own.
  hosts: 'public',
} as const satisfies Destination;
