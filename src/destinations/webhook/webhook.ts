import { shortId } from '../../event/identity.ts';
import type { Destination } from '../destination.ts';
import { textAt } from '../event-mark.ts';
import { webhookAnswers } from './answers.ts';
import { signedWebhook } from './transport.ts';

export const webhook = {
  readers: 'programs',
  message: async () => (await import('./payload.ts')).webhookMessage,
  eventIn: (payload) => {
    const id = textAt(payload, 'specversion') && textAt(payload, 'data', 'id');
    return id && shortId(id);
  },
  transport: { name: 'signed-webhook', over: signedWebhook },
  isSigned: true,
  answers: webhookAnswers,
  rate: { perSecond: 20, burst: 20 },
  hosts: 'public',
} as const satisfies Destination;
