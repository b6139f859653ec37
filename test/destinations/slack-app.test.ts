import { afterEach, describe, expect, it, vi } from 'vitest';
import { SlackWorkspace, type Workspace } from '../../dev/emulators/slack-app.ts';
import { type Answer, judge } from '../../src/destinations/answer.ts';
import { gone, slackAppAnswers } from '../../src/destinations/slack-app/answers.ts';
import { slackAppLiving as living } from '../../src/destinations/slack-app/living.ts';
import { slackApp } from '../../src/destinations/slack-app/slack-app.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { examples } from '../support/examples.ts';
import { payloadOf, slackPayload } from '../support/payloads.ts';
import { listen } from '../support/server.ts';

const TOKEN = 'xoxb-very-hidden-token';
const CHANNEL = 'C0123456789';
const OTHER = 'C0987654321';
const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const mark = { conversation: 'c'.repeat(32), event: 'abcdef' };
const next = { ...mark, event: '012345' };
const message = slackPayload(examples.alert);
const changed = slackPayload({ ...examples.alert, state: 'resolved' });

/** The real client, over real HTTP, to a workspace. */
async function slackAt(set: Workspace = {}) {
  const workspace = new SlackWorkspace({ now: () => NOW, ...set });
  const server = await listen(({ path, headers, body }) =>
    workspace.answer({ contentType: headers['content-type'], headers, body, path }),
  );
  const room = { channel: CHANNEL, stories: 'both', broadcast: false } as const;
  const to = { url: `${server.url}/api/`, secrets: [TOKEN], room };
  const send = (payload: unknown, more = {}): Promise<Answer> =>
    transportsWithin('local')['slack-web-api']({ ...to, ...more }, payload, 'event-1');
  return {
    workspace,
    received: server.received,
    send,
    verdict: async (payload: unknown) => judge(await send(payload), slackAppAnswers),
    /** Posts, and says where it stands. */
    async placed(payload: unknown) {
      const place = living.placeIn(bodyOf(await send(payload)));
      expect(place).toBeDefined();
      return place ?? { channel: '', id: '' };
    },
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

const bodyOf = (answer: Answer): string => (answer.kind === 'answered' ? answer.body : '');
const since = new Date(NOW - 60_000).toISOString();

describe('a story in Slack', () => {
  it('is posted with the token in a header alone, and with what finds it again', async () => {
    await using slack = await slackAt();

    const place = await slack.placed(living.begin(message, mark));

    expect(place).toStrictEqual({ channel: CHANNEL, id: expect.stringMatching(/^\d+\.\d{6}$/) });
    const [request] = slack.received;
    const form = new URLSearchParams(request?.body);
    expect(request?.path).toBe('/api/chat.postMessage');
    expect(request?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(request?.body).not.toContain('hidden');
    expect(form.get('channel')).toBe(CHANNEL);
    expect(form.get('unfurl_links')).toBe('false');
    expect(JSON.parse(form.get('blocks') ?? '')).toStrictEqual(message.blocks);
    expect(JSON.parse(form.get('metadata') ?? '')).toStrictEqual({
      event_type: 'autoscale_relay_story',
      event_payload: mark,
    });
  });

  it('is changed where it stands, also to its plain form', async () => {
    await using slack = await slackAt();
    const root = await slack.placed(living.begin(message, mark));

    expect(await slack.placed(living.update(changed, mark, root))).toStrictEqual(root);
    expect(slack.workspace.messages(CHANNEL)).toMatchObject([{ content: { blocks: changed.blocks } }]);

    await slack.placed(living.update(slackPayload(examples.alert, { form: 'plain' }), mark, root));
    const [{ content } = { content: {} }] = slack.workspace.messages(CHANNEL);
    expect(content).toMatchObject({ blocks: [], attachments: [], parse: 'none' });
  });

  it.each([false, true])('is answered in its thread (in the channel as well: %s)', async (loud) => {
    await using slack = await slackAt();
    const root = await slack.placed(living.begin(message, mark));

    const reply = await slack.placed(living.reply(changed, next, root, loud));

    expect(slack.workspace.messages(CHANNEL, root.id).map(({ ts }) => ts)).toStrictEqual([root.id, reply.id]);
    expect(slack.workspace.messages(CHANNEL)).toHaveLength(loud ? 2 : 1);
    expect(new URLSearchParams(slack.received[1]?.body).get('thread_ts')).toBe(root.id);
  });

  it('stays where it began when its receiver is given another channel', async () => {
    await using slack = await slackAt();
    const root = await slack.placed(living.begin(message, mark));
    const room = { channel: OTHER, stories: 'both', broadcast: false } as const;

    await slack.send(living.reply(changed, next, root, false), { room });

    expect(slack.workspace.messages(CHANNEL, root.id)).toHaveLength(2);
    expect(slack.workspace.messages(OTHER)).toHaveLength(0);
  });

  it('is found again by its mark alone, in the channel and in its thread', async () => {
    await using slack = await slackAt();
    const root = await slack.placed(living.begin(message, mark));
    const reply = await slack.placed(living.reply(changed, next, root, false));
    slack.workspace.writeAsOther(CHANNEL, { text: JSON.stringify(mark) });
    slack.workspace.writeAsOther(CHANNEL, { text: 'x', metadata: { event_type: 'other', event_payload: mark } });
    const found = async (which: typeof mark, ...asked: Parameters<NonNullable<typeof living.find>>) =>
      living.foundIn?.(bodyOf(await slack.send(living.find?.(...asked))), which);

    expect(await found(mark, since)).toStrictEqual(root);
    expect(await found(next, since, root)).toStrictEqual(reply);
    expect(await found(next, since)).toBeUndefined();
    expect(await found(mark, new Date(NOW + 60_000).toISOString())).toBeUndefined();
  });

  it.each(['ratelimited', 'token_revoked', 'message_not_found'])(
    'is found beside a message whose data reads like the answer %s',
    async (error) => {
      await using slack = await slackAt();
      const root = await slack.placed(living.begin(message, mark));
      slack.workspace.writeAsOther(CHANNEL, {
        text: 'x',
        metadata: { event_type: 'other', event_payload: { ok: false, error } },
      });

      expect(await slack.verdict(living.find?.(since))).toStrictEqual({ kind: 'sent' });
      expect(living.foundIn?.(bodyOf(await slack.send(living.find?.(since))), mark)).toStrictEqual(root);
    },
  );

  it('is found as the first one where there are two, in a channel with long messages', async () => {
    await using slack = await slackAt();
    const root = await slack.placed(living.begin(message, mark));
    await slack.send(living.begin(message, mark));
    for (let count = 0; count < 60; count += 1) slack.workspace.writeAsOther(CHANNEL, { text: 'x'.repeat(10_000) });

    expect(living.foundIn?.(bodyOf(await slack.send(living.find?.(since))), mark)).toStrictEqual(root);
  });

  it('that is another app’s message is nobody’s place', () => {
    for (const body of ['', 'null', '[]', '{"ok":true}', '{"ok":true,"channel":"C1","ts":1.5}', '{"ok":false}']) {
      expect(living.placeIn(body)).toBeUndefined();
      expect(living.foundIn?.(body, mark)).toBeUndefined();
    }
  });

  it.each([
    ['', '1.000001'],
    ['C1/../C2', '1.000001'],
    ['C'.repeat(10_000), '1.000001'],
    ['C1', '1.000001 '],
    ['C1', '9'.repeat(10_000)],
  ])('stands at no place that Slack would not name', (channel, ts) => {
    const body = JSON.stringify({ ok: true, channel, ts });
    const metadata = { event_type: 'autoscale_relay_story', event_payload: mark };

    expect(living.placeIn(body)).toBeUndefined();
    expect(living.foundIn?.(JSON.stringify({ ok: true, channel, messages: [{ ts, metadata }] }), mark)).toBeUndefined();
  });

  it('has no page as long as a message', () => {
    const page = slackPage;
    const body = (permalink: string) => JSON.stringify({ ok: true, permalink });

    expect(page?.(body('https://acme.slack.com/archives/C1/p1'))).toBe('https://acme.slack.com/archives/C1/p1');
    expect(page?.(body(`https://acme.slack.com/archives/${'C'.repeat(10_000)}`))).toBeUndefined();
    expect(page?.(body('https://acme.slack.com.evil.example.com/archives/C1/p1'))).toBeUndefined();
    expect(page?.(body('https://acme.slack.com/archives/C1/p1\n<!channel>'))).toBeUndefined();
  });
});

describe('what Slack says', () => {
  const withRoot = async (set: Workspace) => {
    const slack = await slackAt();
    const root = await slack.placed(living.begin(message, mark));
    Object.assign(slack.workspace.set, set);
    return { slack, root };
  };

  it.each([
    ['a token of nobody', { tokens: {} }, 'broken', 'invalid_auth'],
    ['a token that was revoked', { tokens: { [TOKEN]: 'token_revoked' } }, 'broken', 'token_revoked'],
    ['an app without a scope', { tokens: { [TOKEN]: ['channels:history'] } }, 'broken', 'missing_scope'],
    ['no such channel', { channels: {} }, 'broken', 'channel_not_found'],
    ['a channel without the bot', { channels: { [CHANNEL]: { isMember: false } } }, 'broken', 'not_in_channel'],
    ['an archived channel', { channels: { [CHANNEL]: { isArchived: true } } }, 'broken', 'is_archived'],
  ] as const)('of %s', async (_what, set, kind, reason) => {
    await using slack = await slackAt(set);

    expect(await slack.verdict(living.begin(message, mark))).toMatchObject({ kind, reason });
  });

  it('of too many calls, with the time to wait, and no word of the client', async () => {
    await using slack = await slackAt({ limits: { 'chat.postMessage': { calls: 1, within: 60_000, retryAfter: 7 } } });
    await slack.send(living.begin(message, mark));

    expect(await slack.verdict(living.begin(message, mark))).toMatchObject({
      ...{ kind: 'retry', reason: 'ratelimited', retryAfter: '7' },
    });
    expect(slack.received).toHaveLength(2);
  });

  it.each([
    [
      'of a message that somebody deleted',
      'message_not_found',
      (slack: SlackWorkspace, root: typeof ROOT) => slack.delete(root),
    ],
    [
      'of one that is too old',
      'edit_window_closed',
      (slack: SlackWorkspace) => Object.assign(slack.set, { editWindow: -1 }),
    ],
  ])('%s begins the story anew', async (_what, reason, change) => {
    const { slack, root } = await withRoot({});
    await using _ = slack;
    change(slack.workspace, root);

    const verdict = await slack.verdict(living.update(changed, mark, root));

    expect(verdict).toMatchObject({ reason });
    expect(gone.has(reason)).toBe(true);
  });

  it('of a thread whose message is gone begins the story anew', async () => {
    const { slack, root } = await withRoot({});
    await using _ = slack;
    slack.workspace.delete(root);

    const verdict = await slack.verdict(living.reply(changed, next, root, false));

    expect(gone.has(verdict.kind === 'sent' ? '' : verdict.reason)).toBe(true);
  });

  it('of words in a message that comes back is nothing', async () => {
    await using slack = await slackAt();
    const hostile = { ...message, text: '"error":"invalid_auth" channel_not_found {"ok":false}' };

    expect(await slack.verdict(living.begin(hostile, mark))).toStrictEqual({ kind: 'sent' });
  });
});

const slackPage = living.page !== undefined && 'read' in living.page ? living.page.read : undefined;

const ROOT = { channel: CHANNEL, id: '1.000000' };

describe('a call of Slack', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const alone = async (reply: Parameters<typeof listen>[0]) => {
    const server = await listen(reply);
    const to = { url: `${server.url}/api/`, secrets: [TOKEN] };
    return {
      received: server.received,
      send: (payload: unknown) => transportsWithin('local')['slack-web-api'](to, payload, 'event-1'),
      [Symbol.asyncDispose]: server[Symbol.asyncDispose],
    };
  };

  it.each([
    ['a page', { status: 200, body: '<html>' }, 'broken', 'unexpected-answer'],
    ['nothing', { status: 200, body: '' }, 'retry', 'unknown-success'],
    ['null', { status: 200, body: 'null' }, 'retry', 'unknown-success'],
    ['an unknown word', { status: 200, body: '{"ok":false,"error":"unheard_of"}' }, 'retry', 'unexpected-answer'],
    [
      'a word that is none',
      { status: 200, body: '{"ok":false,"error":"<b> invalid_auth"}' },
      'retry',
      'unexpected-answer',
    ],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'broken', 'status-302'],
    ['a fault', { status: 503, body: '' }, 'retry', 'status-503'],
    ['429 without a time', { status: 429, body: '' }, 'retry', 'rate-limited'],
    [
      '429 with a date',
      { status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 14:05:09 GMT' } },
      'retry',
      'rate-limited',
    ],
    ['too much to do, with 200', { status: 200, body: '{"ok":false,"error":"ratelimited"}' }, 'retry', 'ratelimited'],
  ] as const)('is made once, and nothing is printed, where %s comes back', async (_what, reply, kind, reason) => {
    const printed = ['log', 'info', 'warn', 'error', 'debug'] as const;
    const spies = printed.map((name) => vi.spyOn(console, name).mockImplementation(() => undefined));
    await using slack = await alone(reply);

    const answer = await slack.send(payloadOf('slack-app', examples.scale));

    expect(judge(answer, slackAppAnswers)).toMatchObject({ kind, reason });
    expect(slack.received).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toContain('hidden');
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  it('whose answer is lost on its way has an outcome that nobody knows', async () => {
    await using slack = await alone({
      status: 200,
      body: '{"ok":true',
      headers: { 'content-length': '1000', connection: 'close' },
    });

    expect(await slack.send(living.begin(message, mark))).toStrictEqual({ kind: 'unanswered', reason: 'unconfirmed' });
    expect(await slack.send(living.find?.(since))).toStrictEqual({ kind: 'unanswered', reason: 'connection' });
  });

  it('is told of no event but the one that its message tells', () => {
    const begun = living.begin(message, mark);

    expect(slackApp.eventIn(begun)).toBe(slackApp.eventIn(message));
    expect(slackApp.eventIn(living.find?.(since))).toBeUndefined();
  });
});
