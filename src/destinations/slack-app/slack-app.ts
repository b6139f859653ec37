import type { Destination } from '../destination.ts';
import { markedAt } from '../event-mark.ts';
import { GATHER } from '../rate.ts';
import { whenNeeded } from '../when-needed.ts';
import { slackAppAnswers } from './answers.ts';

/** Slack by a bot of one's own, whose messages can be changed and answered. */
export const slackApp = {
  readers: 'people',
  charts: true,
  message: async () => (await import('../slack/message.ts')).slackMessage,
  eventIn: (payload) =>
    markedAt(payload, 'blocks', 0, 'block_id') ?? markedAt(payload, 'message', 'blocks', 0, 'block_id'),
  transport: {
    name: 'slack-web-api',
    over: (post) => whenNeeded(async () => (await import('./transport.ts')).webApi(post)),
  },
  living: async () => (await import('./living.ts')).slackAppLiving,
  isSigned: false,
  home: 'https://slack.com/api/',
  answers: slackAppAnswers,
  // https://docs.slack.dev/apis/web-api/rate-limits: one chat.postMessage a second and channel, with short bursts beyond it; a change
  // (chat.update, 50 and more a minute in the whole workspace) is within that.
  rate: { perSecond: 1, burst: 5, gather: GATHER },
  hosts: { fit: /^slack(?:-gov)?\.com$/, beginning: 'https://slack.com/api/' },
} as const satisfies Destination;
