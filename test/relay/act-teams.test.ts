import { describe, expect, it } from 'vitest';
import { acting } from '../../src/config/buttons.ts';
import { tokenFor } from '../../src/event/act-token.ts';
import { identity } from '../../src/event/identity.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { referencesIn } from '../../src/relay/teams-references.ts';
import type { ActRules } from '../../src/routing/acts.ts';
import { chatOf } from '../support/act-chat.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';

const KEY = 'k'.repeat(32);
const RULES: ActRules = { keys: [KEY], url: 'https://relay.example.com', morning: '07:00', links: true, may: {} };
const KIM = '99999999-2222-4333-8444-555555555555';
const bot = { appId: '11111111-2222-4333-8444-555555555555', tenant: '22222222-2222-4333-8444-555555555555' };
const ROOM = '19:0ps@thread.tacv2';

// As in https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#example-of-an-adaptivecardaction
const PRESSED = {
  type: 'invoke',
  name: 'adaptiveCard/action',
  id: 'f:1234-abcd',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:1', name: 'Kim Min-ji', aadObjectId: KIM },
  recipient: { id: `28:${bot.appId}`, name: 'Relay' },
  conversation: { id: `${ROOM};messageid=1481567603816`, tenantId: bot.tenant },
  channelData: { tenant: { id: bot.tenant } },
  replyToId: '1481567603816',
};

async function alerted(rules: ActRules = RULES) {
  const ports = memoryPorts();
  const chat = chatOf();
  // By webhooks: how a bot's messages live on is not of interest here.
  const receivers = [
    { ...receiverAt('teams', 'https://smba.trafficmanager.net/teams', 'team'), bot },
    receiverAt('slack', 'http://127.0.0.1:1', 'plain'),
  ];
  const relay = createRelay({
    receivers,
    routes: [{ to: ['team', 'plain'] }],
    ports: {
      ...ports,
      transports: chat.transports,
      calledByTeams: async (_receiver, token, service) => token === 'good' && service === PRESSED.serviceUrl,
    },
    actions: acting(rules),
  });
  ports.time.now = Date.parse(examples.alert.occurredAt) + 1_000;
  const acceptedAt = new Date(ports.time.now).toISOString();
  await ports.deliveries.send({
    version: 1,
    event: examples.alert,
    receivers: ['team', 'plain'],
    attempt: 0,
    acceptedAt,
  });
  await drain(relay, ports);
  const call = (body: object, authorization = 'Bearer good') =>
    relay.teams({
      method: 'POST',
      headers: new Headers({ 'content-type': 'application/json', ...(authorization && { authorization }) }),
      params: {},
      query: new URLSearchParams(),
      body: (async function* () {
        yield Buffer.from(JSON.stringify(body));
      })(),
    });
  const press = (action: object, more: object = {}, authorization?: string) =>
    call({ ...PRESSED, ...more, value: { action: { type: 'Action.Execute', ...action } } }, authorization);
  const [, verb = '', token = ''] =
    /"verb":"(relay:acknowledge)","data":\{"token":"([\w-]+)"/.exec(JSON.stringify(chat.of('team'))) ?? [];
  return { relay, ports, chat, call, press, button: { verb, data: { token } } };
}

const queued = (sent: readonly { readonly message: object }[]): number =>
  sent.filter(({ message }) => 'act' in message).length;

const heardIn = ({ jsonBody }: { readonly jsonBody: unknown }): unknown =>
  typeof jsonBody === 'object' && jsonBody !== null && 'value' in jsonBody ? jsonBody.value : undefined;

describe('a button in Teams', () => {
  it('is answered at once, as a message to whoever pressed, and told to all who were told', async () => {
    const { relay, ports, chat, press, button } = await alerted();
    const answer = await press(button);
    await drain(relay, ports);

    expect(answer).toStrictEqual({
      status: 200,
      jsonBody: {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: 'Done: everybody who was told of it hears so.',
      },
    });
    expect(chat.textsOf('plain').some((text) => text.startsWith('Acknowledged by Kim Min-ji'))).toBe(true);
    expect(heardIn(await press(button))).toBe('Somebody has done that already.');
  });

  it('does nothing for whom it is not meant', async () => {
    const other = await alerted({ ...RULES, may: { acknowledge: ['someone-else'] } });
    const own = await alerted({ ...RULES, may: { acknowledge: [KIM] } });

    expect(heardIn(await other.press(other.button))).toMatch(/^You are not allowed/);
    expect(queued(other.ports.deliveries.sent)).toBe(0);
    await own.press(own.button);
    expect(queued(own.ports.deliveries.sent)).toBe(1);
  });

  it.each<[string, object, string | undefined]>([
    ['of no token', {}, ''],
    ['of another token', {}, 'Bearer bad'],
    ['by another way', {}, 'Basic good'],
    ['to another bot', { recipient: { id: `28:${KIM}` } }, undefined],
    ['from another tenant', { channelData: { tenant: { id: KIM } } }, undefined],
    ['from a service of somebody else', { serviceUrl: 'https://example.com/' }, undefined],
    ['from a service that its token does not name', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }, undefined],
  ])('is refused %s', async (_what, more, authorization) => {
    const { ports, press, button } = await alerted();

    expect((await press(button, more, authorization)).status).toBe(401);
    expect(queued(ports.deliveries.sent)).toBe(0);
  });

  it('of another key, receiver or verb, and where buttons are off, says that it is not known', async () => {
    const { ports, press } = await alerted();
    const permit = {
      button: 'acknowledge',
      receiver: 'team',
      event: identity(examples.alert.id),
      expires: 9_999_999_999,
    } as const;
    const tokens = [tokenFor(permit, 'o'.repeat(32)), tokenFor({ ...permit, receiver: 'plain' }, KEY), '', 'x'];
    const answers = [
      ...(await Promise.all(tokens.map((token) => press({ verb: 'relay:acknowledge', data: { token } })))),
      await press({ verb: 'relay:replay', data: { token: tokenFor(permit, KEY) } }),
      await press({ verb: 'relay:acknowledge' }),
    ];

    expect(answers.map(({ status }) => status)).toStrictEqual(answers.map(() => 200));
    for (const answer of answers) expect(heardIn(answer)).toMatch(/^The relay does not know/);
    expect(queued(ports.deliveries.sent)).toBe(0);
  });

  it('notes where the bot is let in, and takes the rest in silence', async () => {
    const { ports, call } = await alerted();
    const channelData = {
      ...PRESSED.channelData,
      team: { name: 'Shop' },
      settings: { selectedChannel: { id: ROOM, name: 'Ops' } },
    };
    const answers = [
      await call({ ...PRESSED, type: 'installationUpdate', action: 'add', channelData }),
      await call({ ...PRESSED, type: 'message', text: 'hello' }),
      await call({ ...PRESSED, type: 'invoke', name: 'task/fetch' }),
    ];

    expect(answers).toStrictEqual(answers.map(() => ({ status: 200, jsonBody: undefined, body: '' })));
    expect(await referencesIn(ports.ledger)).toMatchObject([{ room: ROOM, team: 'Shop', channel: 'Ops' }]);
    expect(queued(ports.deliveries.sent)).toBe(0);
  });

  it.each(['not json', '[]', '"x"', 'null'])('is refused where it is no message: %s', async (text) => {
    const { relay } = await alerted();
    const { status } = await relay.teams({
      method: 'POST',
      headers: new Headers({ authorization: 'Bearer good' }),
      params: {},
      query: new URLSearchParams(),
      body: (async function* () {
        yield Buffer.from(text);
      })(),
    });

    expect(status).toBe(401);
  });
});
