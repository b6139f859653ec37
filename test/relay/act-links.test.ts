import { describe, expect, it } from 'vitest';
import { acting } from '../../src/config/buttons.ts';
import type { Delivery, QueueMessage } from '../../src/delivery/rules/delivery.ts';
import { permitIn, tokenFor } from '../../src/event/act-token.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import type { HttpRequest } from '../../src/relay/http.ts';
import { createRelay } from '../../src/relay/relay.ts';
import type { ActRules } from '../../src/routing/acts.ts';
import { chatOf } from '../support/act-chat.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';

const KEY = 'k'.repeat(32);

const RULES: ActRules = { keys: [KEY], url: 'https://relay.example.com', morning: '07:00', links: true, may: {} };

const DAY = 24 * 3_600_000;

/** A relay whose receivers take everything, and what each got. */
async function alerted(rules: ActRules | 'off' = RULES, event: RelayEvent = examples.alert) {
  const ports = memoryPorts();
  const chat = chatOf();
  const receivers = ['one', 'two'].map((name) => receiverAt('slack', 'http://127.0.0.1:1', name));
  const pager = receiverAt('pagerduty', 'http://127.0.0.1:1', 'pager');
  const relay = createRelay({
    receivers: [...receivers, pager, receiverAt('slack', 'http://127.0.0.1:1', 'untold')],
    routes: [{ to: ['one', 'two', 'pager'] }],
    ports: { ...ports, transports: chat.transports },
    actions: rules === 'off' ? undefined : acting(rules),
  });
  ports.time.now = Date.parse(event.occurredAt) + 1_000;
  const acceptedAt = new Date(ports.time.now).toISOString();
  const told: Delivery = { version: 1, event, receivers: ['one', 'two', 'pager'], attempt: 0, acceptedAt };
  await ports.deliveries.send(told);
  await drain(relay, ports);
  const press = (token: string, method = 'POST', by = '') => relay.act(requestOf(token, method, by));
  return { relay, ports, chat, press };
}

const requestOf = (token: string, method: string, by: string): HttpRequest => ({
  method,
  headers: new Headers({ 'content-type': 'application/x-www-form-urlencoded' }),
  params: { token },
  query: new URLSearchParams(),
  body: (async function* () {
    if (method === 'POST') yield Buffer.from(new URLSearchParams({ by }).toString());
  })(),
});

const acts = (messages: readonly { readonly message: QueueMessage }[]): number =>
  messages.filter(({ message }) => 'act' in message).length;

describe('a message', () => {
  it('has buttons where they are switched on, and none without', async () => {
    const [on, off] = [await alerted(), await alerted('off')];

    expect(on.chat.buttonsOf('one').map(({ text }) => text)).toStrictEqual([
      'Acknowledge',
      'Silence 1 hour',
      'Until morning',
    ]);
    expect(off.chat.buttonsOf('one')).toStrictEqual([]);
    expect(on.chat.buttonsOf('one')[0]?.url).toMatch(/^https:\/\/relay\.example\.com\/api\/act\/[\w-]{100,250}$/);
  });

  it('has no silence where it is told all the same, and nothing where it is over', async () => {
    const critical = await alerted(RULES, { ...examples.alert, severity: 'critical' });
    const over = await alerted(RULES, { ...examples.alert, state: 'resolved' });

    expect(critical.chat.buttonsOf('one').map(({ text }) => text)).toStrictEqual(['Acknowledge']);
    expect(over.chat.buttonsOf('one')).toStrictEqual([]);
  });

  it('offers by link nothing that only some people may do', async () => {
    const { chat } = await alerted({ ...RULES, may: { silence: ['U1'] } });

    expect(chat.buttonsOf('one').map(({ text }) => text)).toStrictEqual(['Acknowledge']);
    expect((await alerted({ ...RULES, links: false })).chat.buttonsOf('one')).toStrictEqual([]);
  });

  it('has no buttons in a preview, whoever asks for one', async () => {
    const { relay } = await alerted();
    const body = JSON.stringify({
      kind: 'alert',
      state: 'fired',
      rule: 'cpu',
      severity: 'error',
      resource: { name: 'a' },
    });
    const { jsonBody } = await relay.preview({
      method: 'POST',
      headers: new Headers({ 'content-type': 'application/json' }),
      params: { source: 'custom' },
      query: new URLSearchParams(),
      body: (async function* () {
        yield Buffer.from(body);
      })(),
    });

    expect(JSON.stringify(jsonBody)).toContain('cpu');
    expect(JSON.stringify(jsonBody)).not.toContain('/api/act/');
  });
});

describe('a signed link', () => {
  it('does nothing when somebody looks at it, however often', async () => {
    const { ports, chat, press } = await alerted();
    const [link] = chat.tokensOf('one');
    const before = ports.deliveries.sent.length;
    for (const method of ['GET', 'HEAD', 'GET']) {
      const { status, body = '', headers = {} } = await press(link ?? '', method);

      expect(status).toBe(200);
      expect(body).toMatch(/<form method="post">/);
      expect(body).not.toMatch(/<script|src=|href=/);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(ports.deliveries.sent.length).toBe(before);
  });

  it('is told to everybody who was told, once, and acknowledges at the pager', async () => {
    const { relay, ports, chat, press } = await alerted();
    const [link = ''] = chat.tokensOf('one');
    const answers = [await press(link, 'POST', 'Kim'), await press(link, 'POST', 'Jana')];
    await drain(relay, ports);
    const again = await press(link);

    expect(answers.map(({ status }) => status)).toStrictEqual([200, 200]);
    expect(again.body).toContain('Somebody has done that already.');
    expect(chat.textsOf('one').filter((text) => text.includes('Acknowledged by Kim'))).toHaveLength(1);
    expect(chat.textsOf('two').filter((text) => text.includes('Acknowledged by Kim'))).toHaveLength(1);
    expect(chat.textsOf('untold')).toStrictEqual([]);
    expect(JSON.stringify(chat.of('pager'))).toContain('"event_action":"acknowledge"');
    expect(JSON.stringify(chat)).not.toContain('Jana');
  });

  it('pressed in two chats at once is told once', async () => {
    const { relay, ports, chat, press } = await alerted();
    await Promise.all([press(chat.tokensOf('one')[0] ?? ''), press(chat.tokensOf('two')[0] ?? '')]);
    await drain(relay, ports);

    expect(chat.textsOf('one').filter((text) => text.startsWith('Acknowledged'))).toHaveLength(1);
    expect(chat.textsOf('two').filter((text) => text.startsWith('Acknowledged'))).toHaveLength(1);
  });

  it('of a silence keeps the same alert back for an hour, and nothing else', async () => {
    const { relay, ports, chat, press } = await alerted();
    await press(chat.tokensOf('one')[1] ?? '', 'POST', 'Kim');
    await drain(relay, ports);
    const again = async (change: object, id: string) => {
      const event = { ...examples.alert, story: id, id: identity(id), ...change } as RelayEvent;
      const acceptedAt = new Date(ports.time.now).toISOString();
      await ports.deliveries.send({ version: 1, event, receivers: ['one'], attempt: 0, acceptedAt });
      return (await drain(relay, ports)).map(({ outcome }) => outcome);
    };

    expect(chat.textsOf('two').some((text) => /^Silenced until .* by Kim/.test(text))).toBe(true);
    expect(await again({}, 'a')).toContain('quiet');
    expect(await again({ rule: 'another rule' }, 'b')).not.toContain('quiet');
    ports.time.now += 3_700_000;
    expect(await again({}, 'c')).not.toContain('quiet');
  });

  it('of a silence keeps back nothing else, whatever a sender calls things', async () => {
    const { relay, ports, chat, press } = await alerted(RULES, {
      ...examples.alert,
      rule: '*',
      resource: { name: '*' },
    });
    await press(chat.tokensOf('one')[1] ?? '', 'POST', 'Kim');
    await drain(relay, ports);
    const event: RelayEvent = { ...examples.alert, story: 'b', id: identity('b'), resource: { name: 'orders' } };
    const acceptedAt = new Date(ports.time.now).toISOString();
    await ports.deliveries.send({ version: 1, event, receivers: ['one'], attempt: 0, acceptedAt });

    expect(chat.textsOf('two').some((text) => /^Silenced until .* by Kim/.test(text))).toBe(true);
    expect((await drain(relay, ports)).map(({ outcome }) => outcome)).toStrictEqual(['sent']);
  });

  it.each([
    ['nothing that people see', '\u200b\u2060', 'one'],
    ['an empty Braille cell', '\u2800', 'one'],
    ['ten thousand letters', 'x'.repeat(10_000), 'one'],
    ['a line and what turns it round', ' Kim\n\u202eMin-ji ', 'Kim Min-ji'],
  ])('under a name of %s is done all the same', async (_what, name, by) => {
    for (const [button, done] of [
      [0, 'Acknowledged'],
      [1, 'Silenced'],
    ] as const) {
      const { relay, ports, chat, press } = await alerted();
      await press(chat.tokensOf('one')[button] ?? '', 'POST', name);
      await drain(relay, ports);
      const [text = ''] = chat.textsOf('two').filter((each) => each.startsWith(done));

      expect(text).toContain(` by ${by}:`);
    }
  });

  it('of a story that begins again is told again', async () => {
    // Not every sender says since when an alert fires.
    const { firedAt: _, ...alert } = examples.alert;
    const { relay, ports, chat, press } = await alerted(RULES, alert);
    await press(chat.tokensOf('one')[0] ?? '', 'POST', 'Kim');
    await drain(relay, ports);
    for (const [id, state] of [
      ['end', 'resolved'],
      ['again', 'fired'],
    ] as const) {
      ports.time.now += DAY;
      const at = new Date(ports.time.now).toISOString();
      const event: RelayEvent = { ...alert, id: identity(id), state, occurredAt: at };
      await ports.deliveries.send({ version: 1, event, receivers: ['one', 'two'], attempt: 0, acceptedAt: at });
      await drain(relay, ports);
    }
    await press(chat.tokensOf('one')[3] ?? '', 'POST', 'Jana');
    await drain(relay, ports);

    expect(chat.textsOf('two').filter((text) => text.startsWith('Acknowledged by Jana'))).toHaveLength(1);
  });

  it('does nothing after the end of what it is about', async () => {
    const { relay, ports, chat, press } = await alerted();
    const [link = ''] = chat.tokensOf('one');
    ports.time.now += 60_000;
    const at = new Date(ports.time.now).toISOString();
    const event: RelayEvent = { ...examples.alert, id: identity('end'), state: 'resolved', occurredAt: at };
    await ports.deliveries.send({ version: 1, event, receivers: ['one', 'two'], attempt: 0, acceptedAt: at });
    await drain(relay, ports);
    const { body } = await press(link);

    expect(body).toContain('It is over');
    expect(acts(ports.deliveries.sent)).toBe(0);
  });

  it('ends after seven days, and is unknown where the ledger has forgotten', async () => {
    const { ports, chat, press } = await alerted();
    const [link = ''] = chat.tokensOf('one');
    ports.time.now += 8 * DAY;

    expect((await press(link)).status).toBe(410);
    const other = tokenFor(
      { button: 'acknowledge', receiver: 'one', event: identity('x'), expires: 9_999_999_999 },
      KEY,
    );
    expect((await press(other)).status).toBe(404);
    expect(acts(ports.deliveries.sent)).toBe(0);
  });

  it.each([
    ['another key', (token: string) => token, ['other'.repeat(8)]],
    [
      'one letter changed',
      (token: string) => `${token.slice(0, 5)}${token[5] === 'A' ? 'B' : 'A'}${token.slice(6)}`,
      [KEY],
    ],
    ['its end cut', (token: string) => token.slice(0, -1), [KEY]],
    ['nothing', () => '', [KEY]],
    ['much', () => 'A'.repeat(10_000), [KEY]],
    ['no token', () => '../../x', [KEY]],
  ])('of %s is refused', async (_what, change, keys) => {
    const { chat } = await alerted();
    const [link = ''] = chat.tokensOf('one');

    expect(permitIn(change(link), keys)).toBeUndefined();
    const { press, ports } = await alerted({ ...RULES, keys });
    expect((await press(change(link))).status).toBe(404);
    expect(acts(ports.deliveries.sent)).toBe(0);
  });

  it('holds while its key is rotated', async () => {
    const { chat } = await alerted();
    const [link = ''] = chat.tokensOf('one');

    expect(permitIn(link, ['n'.repeat(32), KEY])).toMatchObject({ button: 'acknowledge', receiver: 'one' });
  });

  it('comes back after a crash, and is done the same', async () => {
    const { relay, ports, chat, press } = await alerted();
    await press(chat.tokensOf('one')[1] ?? '');
    const message = ports.deliveries.sent.at(-1)?.message;
    await relay.deliver(message, 'same');
    await relay.deliver(message, 'same');
    // As one that the platform had given up, and the sweep has queued again.
    await relay.deliver(message, 'another');
    const later = message !== undefined && 'act' in message ? { ...message, act: { ...message.act, by: 'Jana' } } : {};
    const [report] = await relay.deliver(later, 'yet another');
    await drain(relay, ports);

    expect(report?.reason).toBe('act-done');
    expect(chat.textsOf('two').filter((text) => text.startsWith('Silenced'))).toHaveLength(1);
  });

  it('is off without the configuration', async () => {
    const { press } = await alerted('off');

    expect((await press('x')).status).toBe(404);
  });

  it('shows hostile text as text', async () => {
    const { chat, press } = await alerted(RULES, { ...examples.alert, rule: '<script>alert(1)</script>"\'' });
    const { body = '' } = await press(chat.tokensOf('one')[0] ?? '', 'GET');

    expect(body).toContain('&lt;script&gt;');
    expect(body).not.toContain('<script');
  });
});
