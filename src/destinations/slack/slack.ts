import type { Destination } from '../destination.ts';
import { markedAt } from '../event-mark.ts';
import { GATHER } from '../rate.ts';
import { slackAnswers } from './answers.ts';
import { slackWebhook } from './transport.ts';

export const slack = {
  readers: 'people',
  charts: true,
  message: async () => (await import('./message.ts')).slackMessage,
  eventIn: (payload) => markedAt(payload, 'blocks', 0, 'block_id'),
  transport: { name: 'slack-webhook', over: slackWebhook },
  isSigned: false,
  answers: slackAnswers,
  // https://docs.slack.dev/apis/web-api/rate-limits: one message a second and webhook, with short bursts beyond it.
  rate: { perSecond: 1, burst: 5, gather: GATHER },
  hosts: { fit: /^hooks\.slack(-gov)?\.com$/, beginning: 'https://hooks.slack.com/' },
} as const satisfies Destination;
