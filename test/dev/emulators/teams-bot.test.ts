import { describe, expect, it } from 'vitest';
import type { AppRequest } from '../../../dev/emulators/answer.ts';
import { TEAMS_LIMITS, TeamsBotTenant } from '../../../dev/emulators/teams-bot.ts';
import { judge } from '../../../src/destinations/answer.ts';
import type { MessageRef } from '../../../src/destinations/living.ts';
import { gone, teamsBotAnswers } from '../../../src/destinations/teams-bot/answers.ts';
import { teamsBotLiving } from '../../../src/destinations/teams-bot/living.ts';
import { transportsWithin } from '../../../src/outbound/http/transports.ts';
import { examples } from '../../support/examples.ts';
import { payloadOf } from '../../support/payloads.ts';
import { listen } from '../../support/server.ts';

const bot = { appId: '11111111-2222-4333-8444-555555555555', tenant: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' };
const CHANNEL = '19:c0ffee_1-a@thread.tacv2';
const CHAT = 'a:1pL6i0oY3C0K8oAj8';
const SECRET = 'secret~of+the/bot';
const MARK = { conversation: '0'.repeat(32), event: 'abcdef' };
const [fired, resolved] = [examples.alert, { ...examples.alert, state: 'resolved' } as const].map((event) =>
  payloadOf('teams-bot', event),
);

/** A tenant behind HTTP, and the relay's own way there. */
async function stand(set: TeamsBotTenant['set'] = {}, apps?: Readonly<Record<string, string>>) {
  const teams = new TeamsBotTenant(set);
  teams.tokens.apps = apps;
  let calls = 0;
  const server = await listen(({ path, headers, body }) => {
    calls += 1;
    return teams.answer({ ...asked(path, body), contentType: headers['content-type'], headers });
  });
  const send = transportsWithin('local')['teams-bot-connector'];
  const to = (channel: string) => ({
    url: server.url,
    bot,
    secrets: [SECRET],
    room: { channel, stories: 'both', broadcast: false } as const,
  });
  const call = async (payload: unknown, channel = CHANNEL) => {
    const answer = await send(to(channel), payload, 'event-1');
    const place = answer.kind === 'answered' ? teamsBotLiving.placeIn(answer.body) : undefined;
    return { verdict: judge(answer, teamsBotAnswers), place };
  };
  const root = async (channel?: string): Promise<MessageRef> => {
    const { place } = await call(teamsBotLiving.begin(fired, MARK), channel);
    if (place === undefined) throw new Error('nothing stands there');
    return place;
  };
  return { teams, call, root, calls: () => calls, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** The server of the tests keeps no methods: what has a message at its end is a change. */
const asked = (path: string, body: string) => ({
  path,
  body,
  method: /\/activities\/[^/]+$/.test(path) ? 'PUT' : 'POST',
});

describe('a story', () => {
  it('is one message, with its history in the thread', async () => {
    await using stage = await stand();

    const root = await stage.root();
    const reply = await stage.call(teamsBotLiving.reply(resolved, MARK, root, true));
    const update = await stage.call(teamsBotLiving.update(resolved, MARK, root));

    expect([reply.verdict, update.verdict]).toStrictEqual([{ kind: 'sent' }, { kind: 'sent' }]);
    expect(update.place).toStrictEqual(root);
    expect(stage.teams.conversations()).toStrictEqual([`${CHANNEL};messageid=${root.id}`]);
    expect(stage.teams.messages(root.channel).map(({ id, message }) => [id, summaryOf(message)])).toStrictEqual([
      [root.id, summaryOf(resolved)],
      [reply.place?.id, summaryOf(resolved)],
    ]);
    // A token, and one call for each.
    expect(stage.calls()).toBe(4);
  });

  it('goes on in a chat by messages of their own', async () => {
    await using stage = await stand();

    const root = await stage.root(CHAT);
    await stage.call(teamsBotLiving.reply(resolved, MARK, root, false), CHAT);
    await stage.call(teamsBotLiving.update(resolved, MARK, root), CHAT);

    expect(stage.teams.messages(CHAT)).toHaveLength(2);
    expect(summaryOf(stage.teams.messages(CHAT)[0]?.message)).toBe(summaryOf(resolved));
  });

  it('begins anew where somebody has deleted its message, and nowhere else', async () => {
    await using stage = await stand();
    const root = await stage.root();
    const other = { channel: root.channel, id: '7' };
    const elsewhere = { channel: `${CHANNEL};messageid=7`, id: '7' };
    stage.teams.delete(root);

    for (const payload of [
      teamsBotLiving.update(resolved, MARK, root),
      teamsBotLiving.update(resolved, MARK, other),
      teamsBotLiving.reply(resolved, MARK, elsewhere, false),
    ]) {
      const { verdict } = await stage.call(payload);
      expect(verdict.kind !== 'sent' && gone.has(verdict.reason)).toBe(true);
    }
  });

  it('is known again after a restart', async () => {
    await using stage = await stand();
    const place = { channel: `${CHANNEL};messageid=99`, id: '99' };
    stage.teams.restore(place, fired);

    expect((await stage.call(teamsBotLiving.update(resolved, MARK, place))).verdict.kind).toBe('sent');
    stage.teams.clear();
    expect((await stage.call(teamsBotLiving.update(resolved, MARK, place))).verdict.kind).toBe('refused');
  });
});

const summaryOf = (message: unknown): unknown => Object(message).summary;

describe('the double refuses', () => {
  it.each<[string, TeamsBotTenant['set'], string, string]>([
    ['a channel that is not there', { rooms: {} }, 'broken', 'ConversationNotFound'],
    ['one without the app', { rooms: { [CHANNEL]: { isMember: false } } }, 'broken', 'BotNotInConversationRoster'],
    ['one that is blocked', { rooms: { [CHANNEL]: { isBlocked: true } } }, 'broken', 'MessageWritesBlocked'],
  ])('%s', async (_what, set, kind, reason) => {
    await using stage = await stand(set);

    expect((await stage.call(fired)).verdict).toMatchObject({ kind, reason });
  });

  it('what comes too often, as documented, and says when to come again', async () => {
    await using stage = await stand({ limits: TEAMS_LIMITS, now: () => 1_795_183_509_000 });

    const verdicts = [];
    for (let count = 0; count < 8; count += 1) verdicts.push((await stage.call(fired)).verdict);

    expect(verdicts.slice(0, 7)).toStrictEqual(Array(7).fill({ kind: 'sent' }));
    expect(verdicts[7]).toMatchObject({ kind: 'retry', reason: 'rate-limited', retryAfter: '1' });
  });

  it.each([{ [bot.appId]: 'another' }, {}])('an app that it does not know: %j', async (apps) => {
    await using stage = await stand({}, apps);

    expect((await stage.call(fired)).verdict).toMatchObject({ reason: 'NoAppToken', waits: true });
  });

  it('a token that was taken back, and gives another', async () => {
    await using stage = await stand();
    await stage.root();
    stage.teams.tokens.revoke();

    expect((await stage.call(fired)).verdict).toMatchObject({ kind: 'broken', reason: 'status-401' });
    expect((await stage.call(fired)).verdict).toStrictEqual({ kind: 'sent' });
  });

  const of = (more: Partial<AppRequest>, message: object = {}) => {
    const activity = { ...Object(fired), ...message };
    return new TeamsBotTenant().answer({ contentType: 'application/json', body: JSON.stringify(activity), ...more });
  };

  it.each<[string, Partial<AppRequest>, object, number]>([
    ['what is no JSON', { body: '{' }, {}, 400],
    ['another type', { contentType: 'text/plain' }, {}, 415],
    ['no card', {}, { attachments: [] }, 400],
    ['what it does not know', {}, { blocks: [] }, 400],
    ['a message of another conversation', {}, { conversation: { id: CHAT } }, 400],
    ['a card that is none', {}, { attachments: [card({ type: 'AdaptiveCard', version: '1.4', body: [{}] })] }, 400],
    ['a message that is too big', {}, { summary: 'x'.repeat(21_000) }, 413],
    ['a call without a token', { path: `/v3/conversations/${CHANNEL}/activities` }, {}, 401],
  ])('%s', (_what, more, message, status) => {
    expect(of(more, message)).toMatchObject({ status, reason: expect.any(String) });
  });
});

const card = (content: object) => ({ contentType: 'application/vnd.microsoft.card.adaptive', content });

describe('a tag', () => {
  const id = btoa('2432b57b-0abd-43db-aa7b-16eadd115d34##7d883d8b-a179-4dd7-93b3-a8d3de1a212e##tacoUJ3vDi');
  const mention = { type: 'group', id, name: 'On call' } as const;

  it('is called as one in a channel, where it is no person', async () => {
    await using stage = await stand();
    const { channel } = await stage.root();
    await stage.call(teamsBotLiving.begin(payloadOf('teams-bot', examples.alert, { mention }), MARK));

    const [, tagged = ''] = stage.teams.conversations();
    expect(channel).not.toBe(tagged);
    expect(JSON.stringify(stage.teams.messages(tagged))).toContain(`{"id":"${id}","name":"On call","type":"tag"}`);
  });

  it('is refused in a chat, where nobody has any', async () => {
    await using stage = await stand();
    const { verdict } = await stage.call(payloadOf('teams-bot', examples.alert, { mention }), CHAT);

    expect(verdict).toMatchObject({ kind: 'refused', reason: 'status-400' });
  });
});
