import type { IncomingWebhookSendArguments } from '@slack/webhook';
import type { Answer } from '../delivery/answer.ts';
import type { Transport } from '../ports.ts';
import { startOf, TIMEOUT, unanswered } from './exchange.ts';

/** Posts to a Slack incoming webhook with Slack's own client, once. */
export const slackWebhook: Transport = async ({ url }, payload) => {
  const { IncomingWebhook } = await import('@slack/webhook');
  let answer: Answer | undefined;
  // The client hides Retry-After and reads answers of any size, so the answer is taken down here.
  const observing: typeof fetch = async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'manual' });
    const body = response.body === null ? '' : await startOf(response.body);
    const retryAfter = response.headers.get('retry-after') ?? undefined;
    answer = { kind: 'answered', status: response.status, body, retryAfter };
    return new Response(response.status === 204 || response.status === 304 ? null : body, {
      status: statusFor(response),
    });
  };
  const webhook = new IncomingWebhook(url, { fetch: observing, timeout: TIMEOUT, retryConfig: { retries: 0 } });
  try {
    await webhook.send(payload as IncomingWebhookSendArguments);
  } catch (error) {
    if (answer === undefined) return unanswered(error);
  }
  return answer ?? { kind: 'unanswered', reason: 'connection' };
};

// A Response cannot be made with a status below 200, and the client only needs to see that it was no success.
const statusFor = ({ status }: Response): number => (status >= 200 && status < 600 ? status : 502);
