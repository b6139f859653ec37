import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../src/delivery/rules/expected.ts';
import type { EventOf } from '../../src/event/event.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { OK } from '../support/deliveries.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';
import { listen } from '../support/server.ts';
import { Stack } from '../support/stack.ts';

const EVENT = { kind: 'custom', title: 'Alive', severity: 'info', resource: { name: 'watchdog' } };
const MINUTE = 60_000;
const RULES: readonly Expectation[] = [{ source: 'custom', every: 5 * MINUTE }];
const SOURCES = { custom: { credentials: { secrets: [], tokens: ['right'] }, include: [] } };
const START = Date.parse('2026-11-20T14:00:15.000Z');

/** Two instances of a relay on one storage, which look in turn every minute, and what their Slack got. */
async function world(expects = RULES, notices: readonly string[] = ['slack']) {
  const stack = new Stack();
  const slack = stack.use(await listen(OK.slack));
  const ports = memoryPorts();
  ports.time.now = START;
  const receivers = [receiverAt('slack', slack.url), receiverAt('slack', slack.url, 'other')];
  const made = () => createRelay({ receivers, routes: [], expects, notices, sources: SOURCES, ports });
  const relays = [made(), made()] as const;
  const send = (token = 'right') => answerTo(relays[0], post(EVENT, 'custom', { 'x-relay-token': token }));
  const minutes = async (count: number, each: (minute: number) => Promise<unknown> = async () => undefined) => {
    for (let at = 0; at < count; at += 1) {
      ports.time.now += MINUTE;
      await each(at);
      await relays[0].senders(post({}));
      await relays[at % 2]?.checkSenders();
    }
  };
  const queued = () =>
    ports.deliveries.sent.flatMap(({ message }) =>
      'event' in message && message.event.kind === 'notice'
        ? [{ event: message.event as EventOf<'notice'>, receivers: message.receivers }]
        : [],
    );
  const deliver = async () => {
    for (const { message } of ports.deliveries.sent.splice(0)) await relays[1].deliver(message);
  };
  const shown = async () => ((await relays[0].senders(post({}))).jsonBody as { senders: object[] }).senders;
  const texts = () => slack.received.map(({ body }) => (JSON.parse(body) as { text: string }).text);
  return {
    ...{ ports, relays, send, minutes, queued, deliver, shown, texts },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

describe('a sender that is expected', () => {
  it('is told to be silent with what was refused of it, and to be back, once each, in a chat', async () => {
    await using there = await world();
    expect((await there.send()).status).toBe(202);
    await there.minutes(4, () => there.send());
    await there.minutes(30, async (at) => {
      if (at < 9) await there.send('wrong');
      await there.deliver();
    });
    await there.send();
    await there.minutes(4);
    await there.deliver();

    const texts = there.texts().map((text) => text.replaceAll('\u00a0', ' '));
    expect(texts).toStrictEqual([
      'Sender is silent: custom, 6 min; what it sends is refused: give it the token or secret that is configured here.',
      'Sender is back: custom, 30 min; it sends again: look at what it may have left out meanwhile.',
    ]);
  });

  it('is never told to be silent while it sends', async () => {
    await using there = await world();
    await there.minutes(60, async (at) => (at % 4 === 0 ? there.send() : undefined));

    expect(there.queued()).toStrictEqual([]);
  });

  it('is one message where two look at once, and where one dies before it has written down what it told', async () => {
    await using there = await world();
    await there.send();
    await there.minutes(6);
    const before = await there.ports.ledger.read('~senders', 'expected');
    there.ports.time.now += MINUTE;
    await Promise.all(there.relays.map((relay) => relay.checkSenders()));
    await there.ports.ledger.write('~senders', [{ kind: 'put', key: 'expected', value: before?.value }]);
    await there.minutes(3);

    expect(there.queued().length).toBeGreaterThanOrEqual(2);
    expect(new Set(there.queued().map(({ event }) => event.id)).size).toBe(1);
    await there.deliver();
    expect(there.texts()).toHaveLength(1);
  });

  it('is told to whom its rule names', async () => {
    await using there = await world([{ ...RULES[0], source: 'flux', every: 5 * MINUTE, to: ['other'] }]);
    await there.minutes(10);

    expect(there.queued()).toMatchObject([{ receivers: ['other'], event: { topic: 'silent', about: 'flux' } }]);
  });

  it('costs nothing where nobody is expected', async () => {
    await using there = await world([]);
    const { ledger } = there.ports;
    ledger.read = () => Promise.reject(new Error('storage was asked'));
    ledger.write = () => Promise.reject(new Error('storage was asked'));

    expect(await there.relays[0].checkSenders()).toBe(0);
  });

  it('is told anew where its row cannot be read, and where a later release wrote more', async () => {
    await using there = await world();
    await there.ports.ledger.write('~senders', [{ kind: 'put', key: 'expected', value: { at: 'soon' } }]);
    await there.minutes(1);
    const row = await there.ports.ledger.read('~senders', 'expected');
    await there.ports.ledger.write('~senders', [
      { kind: 'put', key: 'expected', value: { ...(row?.value as object), later: true } },
    ]);
    await there.minutes(9);

    expect(there.queued()).toHaveLength(1);
  });

  it('stands among the senders with when it is due, also before it ever came', async () => {
    await using there = await world();
    await there.minutes(1);
    expect(await there.shown()).toMatchObject([
      { source: 'custom', count24h: 0, expected: { every: 300, due: '2026-11-20T14:06:15.000Z' } },
    ]);
    await there.send();
    expect(await there.shown()).toMatchObject([{ last: '2026-11-20T14:01:15.000Z', count24h: 1 }]);
    await there.minutes(7);

    expect(await there.shown()).toMatchObject([
      { expected: { due: '2026-11-20T14:06:15.000Z', silentSince: '2026-11-20T14:01:15.000Z' } },
    ]);
  });
});
