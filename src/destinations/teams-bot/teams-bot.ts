import type { Destination } from '../destination.ts';
import { markedAt } from '../event-mark.ts';
import { GATHER } from '../rate.ts';
import { whenNeeded } from '../when-needed.ts';
import { teamsBotAnswers } from './answers.ts';
import { serviceProblem } from './places.ts';

const MARK = ['attachments', 0, 'content', 'body', 0, 'id'] as const;

/** Teams by a bot of one's own, whose messages can be changed and answered. */
export const teamsBot = {
  readers: 'people',
  charts: true,
  // Within its limit are 40 KB in UTF-16 as well, which is what a bot may say at least:
  // https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
  message: async () => (await import('../teams/message.ts')).teamsMessage,
  eventIn: (payload) => markedAt(payload, ...MARK) ?? markedAt(payload, 'activity', ...MARK),
  transport: {
    name: 'teams-bot-connector',
    over: (post) => whenNeeded(async () => (await import('./transport.ts')).botConnector(post)),
  },
  living: async () => (await import('./living.ts')).teamsBotLiving,
  isSigned: false,
  home: 'https://smba.trafficmanager.net/teams',
  answers: teamsBotAnswers,
  // Of each bot and conversation, 7 in a second, 8 in two, 60 in thirty and 1,800 in an hour, and an event may be two: a change and an
  // answer. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
  rate: { perSecond: 0.9, burst: 2, perHour: 900, gather: GATHER },
  hosts: { fit: /^smba\./, beginning: 'https://smba.trafficmanager.net/' },
  addressProblem: serviceProblem,
} as const satisfies Destination;
