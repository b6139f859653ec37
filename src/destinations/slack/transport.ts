import type { IncomingWebhookSendArguments } from '@slack/webhook';
import type { Answer } from '../answer.ts';
import type { Post, Transport } from '../transport.ts';

/** Posts to a Slack incoming webhook with Slack's own client, once. */
export function slackWebhook(post: Post): Transport {
  let client: Promise<typeof import('@slack/webhook')> | undefined;
  return async ({ url, proxy }, payload) => {
    client ??= import('@slack/webhook');
    const { IncomingWebhook } = await client;
    let answer: Answer = { kind: 'unanswered', reason: 'connection' };
    // By itself the client hides Retry-After, reads answers of any size, and connects to any address.
    const ours: typeof fetch = async (_url, init) => {
      const headers = Object.fromEntries(new Headers(init?.headers));
      answer = await post({ url, headers, body: String(init?.body), proxy });
      return new Response(null, { status: answer.kind === 'answered' && answer.status < 300 ? 200 : 502 });
    };
    const webhook = new IncomingWebhook(url, { fetch: ours, retryConfig: { retries: 0 } });
    // What the client makes of the answer says less than the answer.
    await webhook.send(payload as IncomingWebhookSendArguments).catch(() => undefined);
    return answer;
  };
}
