import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { acting } from '../../src/config/buttons.ts';
import type { Letter } from '../../src/destinations/transport.ts';
import { tokenFor } from '../../src/event/act-token.ts';
import { identity } from '../../src/event/identity.ts';
import { createRelay } from '../../src/relay/relay.ts';
import type { ActRules } from '../../src/routing/acts.ts';
import { chatOf } from '../support/act-chat.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';

const KEY = 'k'.repeat(32);
const RULES: ActRules = { keys: [KEY], url: 'https://relay.example.com', morning: '07:00', links: true, may: {} };
const SECRET = 's'.repeat(32);
const PROXY = 'http://proxy.example.com:3128';

interface Sent {
  readonly secret?: string;
  /** Seconds that the signature is older than now. */
  readonly age?: number;
  readonly signature?: string;
}

async function alerted(rules: Partial<ActRules> = {}) {
  const ports = memoryPorts();
  const chat = chatOf();
  const answers: Letter[] = [];
  // A webhook that is given a secret to check as an app is: how its messages live on is not of interest here.
  const app = {
    ...receiverAt('slack', 'http://127.0.0.1:1', 'app'),
    signingSecrets: ['n'.repeat(32), SECRET],
    proxy: PROXY,
  };
  const relay = createRelay({
    receivers: [app, receiverAt('slack', 'http://127.0.0.1:1', 'plain')],
    routes: [{ to: ['app', 'plain'] }],
    ports: {
      ...ports,
      transports: chat.transports,
      answer: async (letter) => {
        answers.push(letter);
        return { kind: 'answered', status: 200, body: 'ok', retryAfter: undefined };
      },
    },
    actions: acting({ ...RULES, ...rules }),
  });
  ports.time.now = Date.parse(examples.alert.occurredAt) + 1_000;
  const acceptedAt = new Date(ports.time.now).toISOString();
  await ports.deliveries.send({
    version: 1,
    event: examples.alert,
    receivers: ['app', 'plain'],
    attempt: 0,
    acceptedAt,
  });
  await drain(relay, ports);
  const send = (text: string, { secret = SECRET, age = 0, signature }: Sent = {}) => {
    const at = `${Math.floor(ports.time.now / 1_000) - age}`;
    const made = `v0=${createHmac('sha256', secret).update(`v0:${at}:${text}`).digest('hex')}`;
    return relay.slack({
      method: 'POST',
      headers: new Headers({
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': at,
        ...(signature !== '' && { 'x-slack-signature': signature ?? made }),
      }),
      params: {},
      query: new URLSearchParams(),
      body: (async function* () {
        yield Buffer.from(text);
      })(),
    });
  };
  const press = (action: object, more: Sent & { readonly payload?: object } = {}) =>
    send(
      new URLSearchParams({ payload: JSON.stringify({ ...PAYLOAD, actions: [action], ...more.payload }) }).toString(),
      more,
    );
  const [button] =
    JSON.stringify(chat.of('app')).match(/\{[^{}]*"action_id":"relay:acknowledge"[^{}]*\{[^{}]*\}[^{}]*\}/) ?? [];
  return { relay, ports, chat, answers, send, press, acknowledge: JSON.parse(button ?? '{}') as object };
}

// As in https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
const PAYLOAD = {
  type: 'block_actions',
  user: { id: 'U061F7AUR', username: 'anna', name: 'anna', team_id: 'T0' },
  api_app_id: 'A0',
  token: 'old',
  trigger_id: '1.2.3',
  response_url: 'https://hooks.slack.com/actions/T0/1/x',
};

const queued = (sent: readonly { readonly message: object }[]): number =>
  sent.filter(({ message }) => 'act' in message).length;

describe('a button in Slack', () => {
  it('is one of the app alone, with its token and no address', async () => {
    const { acknowledge, chat } = await alerted();

    expect(acknowledge).toMatchObject({ action_id: 'relay:acknowledge', value: expect.stringMatching(/^[\w-]+$/) });
    expect(acknowledge).not.toHaveProperty('url');
    expect(JSON.stringify(chat.of('plain'))).not.toContain('relay:acknowledge');
    expect(chat.buttonsOf('plain')).toHaveLength(3);
  });

  it('is answered with nothing, and told to all who were told', async () => {
    const { relay, ports, chat, answers, press, acknowledge } = await alerted();
    const answer = await press(acknowledge);
    await drain(relay, ports);

    expect(answer).toStrictEqual({ status: 200, jsonBody: undefined, body: '' });
    expect(chat.textsOf('plain').some((text) => text.startsWith('Acknowledged by anna'))).toBe(true);
    expect(chat.textsOf('app').some((text) => text.startsWith('Acknowledged by anna'))).toBe(true);
    expect(answers).toStrictEqual([]);
  });

  it('pressed again says to whoever pressed that it is done', async () => {
    const { relay, ports, answers, press, acknowledge } = await alerted();
    await press(acknowledge);
    await drain(relay, ports);
    await press(acknowledge);

    expect(answers).toHaveLength(1);
    expect(answers[0]?.proxy).toBe(PROXY);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'Somebody has done that already.',
    });
    expect(queued(ports.deliveries.sent)).toBe(1);
  });

  it('is no link where links are off', async () => {
    const { relay, ports, acknowledge } = await alerted({ links: false });
    const { status } = await relay.act({
      method: 'POST',
      headers: new Headers(),
      params: { token: 'value' in acknowledge ? String(acknowledge.value) : '' },
      query: new URLSearchParams(),
      body: null,
    });

    expect(status).toBe(404);
    expect(queued(ports.deliveries.sent)).toBe(0);
  });

  it('is done as well for whoever has a name of nothing that people see', async () => {
    const { relay, ports, chat, press, acknowledge } = await alerted();
    await press(acknowledge, { payload: { user: { id: 'U061F7AUR', name: '\u200b', username: '\u2800' } } });
    await drain(relay, ports);

    expect(chat.textsOf('plain').some((text) => text.startsWith('Acknowledged by U061F7AUR'))).toBe(true);
  });

  it('does nothing for whom it is not meant, and says so', async () => {
    const { ports, answers, press, acknowledge } = await alerted({ may: { acknowledge: ['U0OTHER'] } });
    await press(acknowledge);

    expect(queued(ports.deliveries.sent)).toBe(0);
    expect(answers[0]?.body).toContain('You are not allowed');
    const allowed = await alerted({ may: { acknowledge: ['U061F7AUR'] } });
    await allowed.press(allowed.acknowledge);
    expect(queued(allowed.ports.deliveries.sent)).toBe(1);
  });

  it.each<[string, Sent]>([
    ['six minutes old', { age: 360 }],
    ['of six minutes from now', { age: -360 }],
    ['of another app', { secret: 'x'.repeat(32) }],
    ['none', { signature: '' }],
    ['another text', { signature: 'v0=00' }],
  ])('is refused where its signature is %s', async (_what, how) => {
    const { ports, press, acknowledge } = await alerted();

    expect((await press(acknowledge, how)).status).toBe(401);
    expect(queued(ports.deliveries.sent)).toBe(0);
  });

  it('of a message of another key, receiver or app does nothing', async () => {
    const { ports, press, answers } = await alerted();
    const permit = {
      button: 'acknowledge',
      receiver: 'app',
      event: identity(examples.alert.id),
      expires: 9_999_999_999,
    } as const;
    const values = [tokenFor(permit, 'o'.repeat(32)), tokenFor({ ...permit, receiver: 'plain' }, KEY), 'anything', ''];
    for (const value of values) expect((await press({ action_id: 'relay:acknowledge', value })).status).toBe(200);
    // Ours, and another button than it says.
    await press({ action_id: 'relay:silenceHour', value: tokenFor(permit, KEY) });

    expect(queued(ports.deliveries.sent)).toBe(0);
    expect(answers).toHaveLength(5);
    expect(new Set(answers.map(({ url }) => new URL(url).hostname))).toStrictEqual(new Set(['hooks.slack.com']));
  });

  it('answers nobody but Slack', async () => {
    const { press, answers } = await alerted();
    for (const url of [
      'https://evil.example.com/x',
      'http://hooks.slack.com/x',
      'https://hooks.slack.com.evil.com/',
      'https://hooks.slack.com@evil.example.com/',
      'https://hooks.slack.com:8443/x',
      'x',
    ]) {
      await press({ action_id: 'relay:acknowledge', value: 'x' }, { payload: { response_url: url } });
    }

    expect(answers).toStrictEqual([]);
  });

  it('that only opens a page, and whatever else Slack sends, is taken in silence', async () => {
    const { ports, answers, press, send } = await alerted();
    const all = [
      await press({ action_id: 'open-0' }),
      await press({ action_id: 'x' }, { payload: { type: 'view_submission' } }),
      await send('ssl_check=1&token=x'),
      await send('payload=%7B'),
      await send(''),
      await send('{"type":"event_callback"}'),
    ];

    expect(all.map(({ status }) => status)).toStrictEqual(all.map(() => 200));
    expect(queued(ports.deliveries.sent)).toBe(0);
    expect(answers).toStrictEqual([]);
    expect((await send('{"type":"url_verification","challenge":"abc"}')).jsonBody).toStrictEqual({ challenge: 'abc' });
  });

  it.each(['ssl_check=1', '{"type":"url_verification","challenge":"abc"}'])('is refused unsigned: %s', async (text) => {
    const { send } = await alerted();

    expect((await send(text, { signature: '' })).status).toBe(401);
  });
});
