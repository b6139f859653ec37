import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { acting } from '../../src/config/buttons.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import { permitIn } from '../../src/event/act-token.ts';
import { jsonIn } from '../../src/event/json.ts';
import type { HttpAnswer, HttpRequest } from '../../src/relay/http.ts';
import type { ActRules } from '../../src/routing/acts.ts';

/** What a run does with buttons that has no configuration of its own; its address is the run's. */
export const localActions = (url: string) =>
  acting({
    // Good on this machine alone, whose relay nobody else reaches.
    keys: ['of the local run, which is no secret to anybody'],
    ...{ url, morning: '07:00', links: true, may: {} },
  });

/** The same rules, with the run's own address where the configuration names none. */
export const actionsAt = (url: string, rules: ActRules | undefined) =>
  rules && acting({ ...rules, url: rules.url.startsWith('http://localhost:') ? url : rules.url });

const pressed = z.object({ action: z.string().max(100), value: z.string().max(2_000) });

interface Pressing {
  readonly rules: ActRules | undefined;
  readonly receivers: readonly Receiver[];
  /** The function that Slack calls, and the one behind links. */
  readonly slack: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly act: (request: HttpRequest) => Promise<HttpAnswer>;
}

/**
 * Presses a button of a message in the inbox as Slack would: with a request that the app's secret has signed. Nobody here can sign for
 * Teams: its buttons go the way of links, which have the same token.
 */
export const pressing =
  ({ rules, receivers, slack, act }: Pressing) =>
  async (body: string): Promise<HttpAnswer> => {
    const { data } = pressed.safeParse(jsonIn(body));
    const name = permitIn(data?.value ?? '', rules?.keys ?? [])?.receiver;
    const { bot, signingSecrets: [secret] = [] } = receivers.find((each) => each.name === name) ?? {};
    if (data !== undefined && bot !== undefined) return act(linked(data.value));
    if (data === undefined || secret === undefined) {
      return { status: 404, jsonBody: { title: 'The relay does not know this button' } };
    }
    const { status } = await slack(signed(payloadOf(data), secret));
    return { status: status === 200 ? 200 : 502, jsonBody: { status } };
  };

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const payloadOf = ({ action, value }: z.infer<typeof pressed>): string =>
  JSON.stringify({
    type: 'block_actions',
    user: { id: 'U0INBOX', username: 'you', name: 'you' },
    actions: [{ type: 'button', block_id: 'actions', action_id: action, value }],
  });

/** As the page of a link posts its form. */
const linked = (token: string): HttpRequest => ({
  method: 'POST',
  headers: new Headers({ 'content-type': 'application/x-www-form-urlencoded' }),
  params: { token },
  query: new URLSearchParams(),
  body: (async function* () {
    yield Buffer.from('by=you');
  })(),
});

function signed(payload: string, secret: string): HttpRequest {
  const text = new URLSearchParams({ payload }).toString();
  const at = `${Math.floor(Date.now() / 1_000)}`;
  const signature = createHmac('sha256', secret).update(`v0:${at}:${text}`).digest('hex');
  return {
    method: 'POST',
    headers: new Headers({
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    }),
    params: {},
    query: new URLSearchParams(),
    body: (async function* () {
      yield Buffer.from(text);
    })(),
  };
}
