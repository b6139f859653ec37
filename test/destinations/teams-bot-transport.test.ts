import { describe, expect, it } from 'vitest';
import { judge } from '../../src/destinations/answer.ts';
import type { MessageRef } from '../../src/destinations/living.ts';
import { gone, teamsBotAnswers } from '../../src/destinations/teams-bot/answers.ts';
import { teamsBotLiving } from '../../src/destinations/teams-bot/living.ts';
import { botConnector } from '../../src/destinations/teams-bot/transport.ts';
import { poster } from '../../src/outbound/http/post.ts';
import { signedIn, signInAs } from '../../src/outbound/sign-in/signed-in.ts';
import { listen, type ReceivedRequest, type Reply } from '../support/server.ts';

const bot = { appId: '11111111-2222-4333-8444-555555555555', tenant: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' };
const CHANNEL = '19:c0ffee_1-a@thread.tacv2';
const CHAT = 'a:1pL6i0oY3C0K8oAj8';
const THREAD = `${CHANNEL};messageid=1481567603816`;
const SECRET = 'S3cret~of+the/app with=everything&more';
const MARK = { conversation: '0'.repeat(32), event: 'abcdef' };
const MESSAGE = {
  type: 'message',
  summary: 'x',
  attachments: [{ content: { text: 'a "code": "ConversationNotFound"' } }],
};

const isToken = ({ path }: ReceivedRequest): boolean => path.endsWith('/oauth2/v2.0/token');

/** Teams that answers as it is told, and gives a new token each time it is asked. */
async function stand(reply: Reply | ((request: ReceivedRequest, before: number) => Reply), token?: Reply) {
  let [asked, calls] = [0, 0];
  const server = await listen((request) => {
    if (!isToken(request)) {
      calls += 1;
      return typeof reply === 'function' ? reply(request, calls - 1) : reply;
    }
    asked += 1;
    const body = JSON.stringify({ token_type: 'Bearer', expires_in: 3_599, access_token: `t0ken.${asked}` });
    return token ?? { status: 200, body };
  });
  const post = poster('local');
  const send = botConnector(signedIn(post, signInAs({ kind: 'managed' }, post)));
  const to = (channel: string) => ({
    url: `${server.url}/teams/`,
    bot,
    secrets: [SECRET],
    room: { channel, stories: 'both', broadcast: false } as const,
  });
  return {
    send: (payload: unknown, channel = CHANNEL) => send(to(channel), payload, 'event-1'),
    tokens: () => server.received.filter(isToken),
    calls: () => server.received.filter((each) => !isToken(each)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const created = { status: 201, body: JSON.stringify({ id: THREAD, activityId: '1481567603816' }) };
const answered = { status: 201, body: JSON.stringify({ id: '1481567609999' }) };
const root: MessageRef = { channel: THREAD, id: '1481567603816' };
const said = (answer: Awaited<ReturnType<Awaited<ReturnType<typeof stand>>['send']>>) =>
  answer.kind === 'answered' ? teamsBotLiving.placeIn(answer.body) : undefined;

describe('a call of the Bot Connector', () => {
  it('begins a thread in a channel', async () => {
    await using teams = await stand(created);

    const answer = await teams.send(teamsBotLiving.begin(MESSAGE, MARK));

    const [call] = teams.calls();
    expect(call?.path).toBe('/teams/v3/conversations');
    expect(JSON.parse(call?.body ?? '')).toStrictEqual({
      isGroup: true,
      bot: { id: `28:${bot.appId}` },
      tenantId: bot.tenant,
      channelData: { channel: { id: CHANNEL }, tenant: { id: bot.tenant } },
      activity: { ...MESSAGE, from: { id: `28:${bot.appId}` } },
    });
    expect(said(answer)).toStrictEqual(root);
    expect(judge(answer, teamsBotAnswers)).toStrictEqual({ kind: 'sent' });
  });

  it('begins with a message that is not said to live on', async () => {
    await using teams = await stand(created);

    expect(said(await teams.send(MESSAGE))).toStrictEqual(root);
    expect(JSON.parse(teams.calls()[0]?.body ?? '')).toMatchObject({ activity: MESSAGE });
  });

  it('goes on in a chat', async () => {
    await using teams = await stand({ status: 200, body: '{"id":"1:abc-9"}' });

    const answer = await teams.send(teamsBotLiving.begin(MESSAGE, MARK), CHAT);

    expect(teams.calls()[0]?.path).toBe('/teams/v3/conversations/a%3A1pL6i0oY3C0K8oAj8/activities');
    expect(JSON.parse(teams.calls()[0]?.body ?? '')).toMatchObject({ ...MESSAGE, conversation: { id: CHAT } });
    expect(said(answer)).toStrictEqual({ channel: CHAT, id: '1:abc-9' });
  });

  it('answers in the thread, and changes the message', async () => {
    await using teams = await stand((_request, before) =>
      before === 0 ? answered : { status: 200, body: '{"id":"x"}' },
    );

    const reply = await teams.send(teamsBotLiving.reply(MESSAGE, MARK, root, true));
    const update = await teams.send(teamsBotLiving.update(MESSAGE, MARK, root));

    const path = '/teams/v3/conversations/19%3Ac0ffee_1-a%40thread.tacv2%3Bmessageid%3D1481567603816/activities';
    expect(teams.calls().map((each) => each.path)).toStrictEqual([path, `${path}/1481567603816`]);
    expect(JSON.parse(teams.calls()[1]?.body ?? '')).toMatchObject({ id: root.id, conversation: { id: THREAD } });
    expect(said(reply)).toStrictEqual({ channel: THREAD, id: '1481567609999' });
    expect(said(update)).toStrictEqual(root);
  });

  it.each<[string, MessageRef]>([
    ['a thread', { channel: `${THREAD}/../../x`, id: '1' }],
    ['a thread without a message', { channel: `${CHANNEL};messageid=`, id: '1' }],
    ['a message', { channel: THREAD, id: '../x' }],
    ['no message', { channel: THREAD, id: '..' }],
  ])('is not made to a place that would lead elsewhere: %s', async (_what, at) => {
    await using teams = await stand(answered);

    for (const payload of [teamsBotLiving.reply(MESSAGE, MARK, at, false), teamsBotLiving.update(MESSAGE, MARK, at)]) {
      expect(judge(await teams.send(payload), teamsBotAnswers)).toStrictEqual({
        kind: 'refused',
        reason: 'BadSyntax',
        retryAfter: undefined,
      });
    }
    expect(await teams.send(MESSAGE, 'general')).toMatchObject({ status: 400 });
    expect(teams.calls()).toStrictEqual([]);
  });
});

describe('the token', () => {
  it('is fetched once for all calls, and never told', async () => {
    await using teams = await stand(answered);

    const answers = await Promise.all(Array.from({ length: 5 }, () => teams.send(MESSAGE, CHAT)));

    expect(teams.tokens()).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(teams.tokens()[0]?.body))).toStrictEqual({
      grant_type: 'client_credentials',
      client_id: bot.appId,
      client_secret: SECRET,
      scope: 'https://api.botframework.com/.default',
    });
    expect(teams.calls().map(({ headers }) => headers.authorization)).toStrictEqual(Array(5).fill('Bearer t0ken.1'));
    expect(JSON.stringify([answers, teams.calls()])).not.toContain(SECRET);
  });

  it('that is refused is fetched anew for the next call', async () => {
    await using teams = await stand((_request, before) => (before === 0 ? { status: 401 } : answered));

    expect(judge(await teams.send(MESSAGE, CHAT), teamsBotAnswers)).toMatchObject({ kind: 'broken' });
    expect(judge(await teams.send(MESSAGE, CHAT), teamsBotAnswers)).toStrictEqual({ kind: 'sent' });

    expect(teams.calls().map(({ headers }) => headers.authorization)).toStrictEqual([
      'Bearer t0ken.1',
      'Bearer t0ken.2',
    ]);
  });

  it.each<[string, Reply]>([
    ['is refused', { status: 401, body: '{"error":"invalid_client","error_description":"AADSTS7000215"}' }],
    ['is none', { status: 200, body: '{"token_type":"Bearer"}' }],
    ['has no end', { status: 200, body: '{"access_token":"t0ken"}' }],
    ['holds what no header may', { status: 200, body: '{"access_token":"t0\\r\\nken","expires_in":99}' }],
    ['is a page', { status: 200, body: '<html>t0ken</html>' }],
    ['is late', { status: 503 }],
    ['never comes', { status: 200, reset: true }],
    ['is elsewhere', { status: 302, headers: { location: 'https://example.com/' } }],
  ])('keeps messages waiting where it %s', async (_what, reply) => {
    await using teams = await stand(answered, reply);

    const answer = await teams.send(MESSAGE, CHAT);

    expect(answer).toStrictEqual({ kind: 'unanswered', reason: 'NoAppToken' });
    expect(judge(answer, teamsBotAnswers)).toMatchObject({ kind: 'retry', waits: true });
    expect(teams.calls()).toStrictEqual([]);
  });
});

describe('an answer of the Bot Connector', () => {
  const error = (code: string) => JSON.stringify({ error: { code, message: 'x' } });
  const blocked = JSON.stringify({
    errorCode: 209,
    message: '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "x"\r\n}',
  });

  it.each<[number, string, string, string | undefined]>([
    [200, '{"id":"1"}', 'sent', undefined],
    [201, '{"id":"1"}', 'sent', undefined],
    [202, '{"id":"1"}', 'sent', undefined],
    [
      201,
      JSON.stringify({ ...MESSAGE, text: '"code": "BotNotRegistered"', code: 'BotNotRegistered', id: '1' }),
      'sent',
      undefined,
    ],
    [202, '', 'retry', 'unknown-success'],
    [200, '{}', 'retry', 'unknown-success'],
    [200, '{"id":""}', 'retry', 'unknown-success'],
    [200, '{"id":7}', 'retry', 'unknown-success'],
    [200, '<html>', 'broken', 'unexpected-answer'],
    [302, '', 'broken', 'status-302'],
    [400, error('BadSyntax'), 'refused', 'BadSyntax'],
    [400, error('Bad Argument'), 'refused', 'status-400'],
    [401, error('BotNotRegistered'), 'broken', 'BotNotRegistered'],
    [403, error('BotNotInConversationRoster'), 'broken', 'BotNotInConversationRoster'],
    [403, error('ForbiddenOperationException'), 'broken', 'ForbiddenOperationException'],
    [403, blocked, 'broken', 'MessageWritesBlocked'],
    [403, error('ServiceError'), 'broken', 'status-403'],
    [404, error('ConversationNotFound'), 'broken', 'ConversationNotFound'],
    [404, error('ActivityNotFoundInConversation'), 'refused', 'ActivityNotFoundInConversation'],
    [412, error('PreconditionFailed'), 'retry', 'PreconditionFailed'],
    [413, error('MessageSizeTooBig'), 'refused', 'MessageSizeTooBig'],
    [413, '', 'refused', 'status-413'],
    [429, error('Throttled'), 'retry', 'rate-limited'],
    [500, error('ServiceError'), 'retry', 'status-500'],
    [502, error('ServiceError'), 'retry', 'status-502'],
    [503, '<html>', 'retry', 'status-503'],
  ])('%i %s: %s %s', async (status, body, kind, reason) => {
    await using teams = await stand({ status, body });

    const verdict = judge(await teams.send(MESSAGE, CHAT), teamsBotAnswers);

    expect(verdict).toMatchObject({ kind, ...(reason !== undefined && { reason }) });
  });

  it('says when to come again', async () => {
    await using teams = await stand({ status: 429, body: error('Throttled'), headers: { 'retry-after': '7' } });

    expect(judge(await teams.send(MESSAGE, CHAT), teamsBotAnswers)).toMatchObject({ retryAfter: '7' });
  });

  it('of a thread may have its id in two places', async () => {
    const answers = [
      { id: CHANNEL, activityId: '1481567603816' },
      { id: THREAD },
      { id: THREAD, activityId: '1481567603816' },
    ];
    for (const body of answers) {
      await using teams = await stand({ status: 201, body: JSON.stringify(body) });
      expect(said(await teams.send(MESSAGE))).toStrictEqual(root);
    }
  });

  it.each([{ activityId: '1' }, { id: CHANNEL }, { id: 'x/y', activityId: 'x/y' }])(
    'of a thread that has none is unknown: %j',
    async (body) => {
      await using teams = await stand({ status: 201, body: JSON.stringify(body) });

      expect(judge(await teams.send(MESSAGE), teamsBotAnswers)).toMatchObject({ reason: 'unknown-success', most: 2 });
    },
  );

  it('to a change of a message that was deleted begins a new one', async () => {
    for (const code of ['ServiceError', 'ActivityNotFoundInConversation']) {
      await using teams = await stand({ status: code === 'ServiceError' ? 403 : 404, body: error(code) });
      const verdict = judge(await teams.send(teamsBotLiving.update(MESSAGE, MARK, root)), teamsBotAnswers);

      expect(verdict).toMatchObject({ kind: 'refused', reason: 'ActivityNotFoundInConversation' });
      expect(verdict.kind !== 'sent' && gone.has(verdict.reason)).toBe(true);
    }
  });

  it('that is lost on its way may mean that the message stands there', async () => {
    await using teams = await stand({ status: 201, body: '{"id":', headers: { 'content-length': '99' } });

    expect(await teams.send(MESSAGE, CHAT)).toStrictEqual({ kind: 'unanswered', reason: 'unconfirmed' });
  }, 15_000);

  it('that is elsewhere is not followed', async () => {
    await using elsewhere = await listen(answered);
    await using teams = await stand({ status: 307, headers: { location: elsewhere.url } });

    expect(await teams.send(MESSAGE, CHAT)).toMatchObject({ status: 307 });
    expect(elsewhere.received).toStrictEqual([]);
  });
});
