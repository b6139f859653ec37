import { describe, expect, it } from 'vitest';
import { inboundIn, referenceIn } from '../../src/destinations/teams-bot/inbound.ts';
import { serviceProblem } from '../../src/destinations/teams-bot/places.ts';

const bot = { appId: '11111111-2222-4333-8444-555555555555', tenant: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' };
const ROOM = '19:c0ffee_1-a@thread.tacv2';
const KIM = '7faf8ab2-3d56-4244-b585-20c8a42ed2b8';

const pressed = {
  type: 'invoke',
  name: 'adaptiveCard/action',
  id: 'f:1234-abcd',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:1XJKJMvc5GBtc2JwZq0oj8', name: 'Kim Min-ji', aadObjectId: KIM },
  recipient: { id: `28:${bot.appId}`, name: 'Relay' },
  conversation: { id: `${ROOM};messageid=1481567603816`, tenantId: bot.tenant, conversationType: 'channel' },
  channelData: { tenant: { id: bot.tenant }, channel: { id: ROOM }, team: { id: ROOM } },
  replyToId: '1481567603816',
  value: { action: { type: 'Action.Execute', verb: 'ack' } },
};

const read = (activity: unknown, development = false) => inboundIn(activity, bot, development);

describe('what Teams sends to the bot', () => {
  it('is who pressed what, and where', () => {
    expect(read(pressed)).toStrictEqual({
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: 'f:1234-abcd',
      service: 'https://smba.trafficmanager.net/emea/',
      conversation: `${ROOM};messageid=1481567603816`,
      room: ROOM,
      replyTo: '1481567603816',
      user: { id: KIM, name: 'Kim Min-ji' },
      value: pressed.value,
    });
  });

  it.each<[string, object]>([
    ['another channel', { channelId: 'email' }],
    ['another bot', { recipient: { id: '28:99999999-2222-4333-8444-555555555555' } }],
    ['another tenant', { channelData: { tenant: { id: KIM } } }],
    ['no tenant', { channelData: {}, conversation: { id: ROOM } }],
    ['a service of somebody else', { serviceUrl: 'https://smba.trafficmanager.net.example.com/emea/' }],
    ['a service in clear', { serviceUrl: 'http://smba.trafficmanager.net/emea/' }],
    ['a service at a port', { serviceUrl: 'https://smba.trafficmanager.net:8443/emea/' }],
    ['a service with a user', { serviceUrl: 'https://x@smba.trafficmanager.net/emea/' }],
    ['another path', { serviceUrl: 'https://smba.trafficmanager.net/emea/../v3/x/' }],
    ['this machine', { serviceUrl: 'http://127.0.0.1:7071/inbox/teams-bot' }],
    ['a made-up conversation', { conversation: { id: '19:x@thread.tacv2/../../x' } }],
    ['a conversation that is none', { conversation: { id: 'C0123456789' } }],
    ['no conversation', { conversation: null }],
    ['no type', { type: 7 }],
  ])('is nothing from %s', (_what, other) => {
    expect(read({ ...pressed, ...other })).toBeUndefined();
  });

  it.each([undefined, null, 7, 'x', [], {}, [pressed]])('is nothing where it is no message: %j', (body) => {
    expect(read(body)).toBeUndefined();
  });

  it.each(['x/../y', '..', '', 7])('has no ids that would lead elsewhere: %j', (id) => {
    expect(read({ ...pressed, id, replyToId: id })).toMatchObject({ id: undefined, replyTo: undefined });
  });

  it('may come from this machine in a local run', () => {
    const serviceUrl = 'http://127.0.0.1:7071/inbox/teams-bot';

    expect(read({ ...pressed, serviceUrl }, true)).toBeDefined();
    expect(serviceProblem(serviceUrl, true)).toBeUndefined();
    expect(serviceProblem(serviceUrl, false)).toMatch(/no|not/);
  });

  it.each([
    'https://smba.trafficmanager.net/teams',
    `https://smba.trafficmanager.net/amer/${bot.tenant}/`,
    'https://smba.infra.gcc.teams.microsoft.com/gcc',
    'https://smba.infra.gov.teams.microsoft.us/gcch',
    'https://smba.infra.dod.teams.microsoft.us/teams',
  ])('may come from %s', (serviceUrl) => {
    expect(read({ ...pressed, serviceUrl })?.service).toBe(serviceUrl);
    expect(serviceProblem(serviceUrl, false)).toBeUndefined();
  });
});

describe('where the bot was let in', () => {
  const member = [{ id: `28:${bot.appId}` }];
  const channelData = {
    tenant: { id: bot.tenant },
    team: { id: ROOM, name: 'Shop' },
    settings: { selectedChannel: { id: '19:0ps@thread.tacv2', name: 'Ops' } },
  };
  const installed = { ...pressed, type: 'installationUpdate', action: 'add', conversation: { id: ROOM }, channelData };
  const told = (activity: object) => referenceIn({ ...pressed, ...activity }, bot, false);

  it('is the channel that was chosen', () => {
    expect(told(installed)).toStrictEqual({
      service: pressed.serviceUrl,
      tenant: bot.tenant,
      room: '19:0ps@thread.tacv2',
      team: 'Shop',
      channel: 'Ops',
      added: true,
    });
  });

  it.each<[string, object, boolean | undefined]>([
    ['removed with its app', { ...installed, action: 'remove' }, false],
    ['upgraded', { ...installed, action: 'add-upgrade' }, true],
    ['added as a member', { type: 'conversationUpdate', membersAdded: member }, true],
    ['removed as a member', { type: 'conversationUpdate', membersRemoved: member }, false],
    ['somebody else added', { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }] }, undefined],
    ['a channel renamed', { type: 'conversationUpdate' }, undefined],
    ['a button pressed', {}, undefined],
  ])('%s', (_what, activity, added) => {
    expect(told(activity)?.added).toBe(added);
  });

  it('is the chat, where it is one', () => {
    const conversation = { id: 'a:1pL6i0oY3C0K8oAj8', tenantId: bot.tenant };

    expect(told({ type: 'installationUpdate', action: 'add', conversation, channelData: {} })).toStrictEqual({
      service: pressed.serviceUrl,
      tenant: bot.tenant,
      room: 'a:1pL6i0oY3C0K8oAj8',
      added: true,
    });
  });
});
