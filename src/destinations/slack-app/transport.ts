import type { Answer } from '../answer.ts';
import { confirmed } from '../confirmed.ts';
import type { Post, Transport } from '../transport.ts';
import type { SlackCall } from './living.ts';
import { pageOf, reduced } from './reply.ts';

/**
 * Calls a method of Slack's Web API with Slack's own client, once: `chat.postMessage` with a message, or the call that a payload is.
 * The channel is the receiver's where a call names none, and the token goes in a header.
 */
export function webApi(post: Post): Transport {
  let client: Promise<typeof import('@slack/web-api')> | undefined;
  return async ({ url, proxy, secrets: [token = ''] = [], room }, payload) => {
    client ??= import('@slack/web-api');
    const { WebClient } = await client;
    const { method, message, channel = room?.channel ?? '', ...rest } = callOf(payload);
    const isQuestion = method.startsWith('conversations.');
    let answer: Answer = { kind: 'unanswered', reason: 'connection' };
    // By itself the client reads answers of any size, connects to any address, waits without end, and takes a lost answer for none.
    const ours: typeof fetch = async (address, init) => {
      const headers = Object.fromEntries(new Headers(init?.headers));
      const letter = { url: String(address), headers, body: String(init?.body), proxy };
      const came = await (isQuestion ? post(letter, pageOf) : confirmed(post, letter, pageOf));
      answer =
        came.kind === 'answered' ? { ...came, body: reduced(came.body, isQuestion ? channel : undefined) } : came;
      return Response.json({ ok: true });
    };
    const api = new WebClient(token, {
      slackApiUrl: url,
      fetch: ours,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger: SILENT,
    });
    // What the client makes of the answer says less than the answer.
    await api.apiCall(method, { channel, ...rest, ...message }).catch(() => undefined);
    return answer;
  };
}

function callOf(payload: unknown): SlackCall {
  return isCall(payload) ? payload : { method: 'chat.postMessage', message: { ...Object(payload) } };
}

const isCall = (payload: unknown): payload is SlackCall =>
  typeof payload === 'object' && payload !== null && 'method' in payload;

/** The client would write to the console, some of it from answers. */
const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => 'error' as never,
};
