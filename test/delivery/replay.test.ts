import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { RelayEvent } from '../../src/event/event.ts';
import { shortId } from '../../src/event/identity.ts';
import type { HttpAnswer } from '../../src/relay/http.ts';
import type { Relay } from '../../src/relay/relay.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, doubted, entriesOf, entryOf, scaleOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, receiverAt, relayWith, requestOf } from '../support/relay.ts';
import type { Reply } from '../support/server.ts';

const GONE = { status: 404, body: 'no_service' } as const;

/** It does not like the message, and takes others. */
const REFUSED = { status: 400, body: 'invalid_payload' } as const;

/** A chat that is broken for the first `minutes`, or answers so; the relay that writes to it. */
async function world(minutes: number, rate = {}, answer: Reply = GONE) {
  const ports = memoryPorts();
  await doubted(ports, 'slack');
  const begun = ports.time.now;
  const chat = await chatAt(ports, (at) => (at < begun + minutes * 60_000 ? answer : undefined));
  const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate }], ports);
  const send = async (name: string) => {
    const event = scaleOf(name, 1, 2);
    await ports.deliveries.send(deliveryTo(['slack'], { event }));
    await drain(relay, ports);
    return event;
  };
  const at = (minute: number) => {
    ports.time.now = begun + minute * 60_000;
  };
  return { ports, relay, chat, send, at, [Symbol.asyncDispose]: chat[Symbol.asyncDispose] };
}

const replayed = async (relay: Relay, wish: unknown) => {
  const { status, jsonBody } = await relay.replay(post(wish));
  expect(status).toBe(200);
  return z.object({ replayed: z.array(z.unknown()) }).parse(jsonBody).replayed;
};

const listed = async (ask: (request: ReturnType<typeof requestOf>) => Promise<HttpAnswer>, query = '') => {
  const { jsonBody } = await ask(requestOf('', { method: 'GET', query }));
  return z.object({ deliveries: z.array(z.looseObject({ state: z.string(), updatedAt: z.string() })) }).parse(jsonBody)
    .deliveries;
};

describe('a replay of a dead letter', () => {
  it('sends it, and it is a dead letter no more', async () => {
    await using there = await world(1);
    const { id } = await there.send('web');
    expect(await listed(there.relay.deadLetters)).toMatchObject([{ state: 'dead', reason: 'no_service' }]);
    there.at(10);

    expect(await replayed(there.relay, { id })).toStrictEqual([
      { receiver: 'slack', eventId: id, short: shortId(id), outcome: 'queued' },
    ]);
    await drain(there.relay, there.ports);

    expect(entryOf(there.ports.ledger, 'slack', id)).toMatchObject({
      state: 'sent',
      attempts: [{ outcome: 'broken' }, { outcome: 'sent' }],
    });
    expect(await listed(there.relay.deadLetters)).toStrictEqual([]);
    expect(await listed(there.relay.deliveries)).toMatchObject([{ state: 'sent' }]);
  });

  it('asked for twenty times sends one message', async () => {
    await using there = await world(1);
    const { id } = await there.send('web');
    there.at(10);

    for (let times = 0; times < 20; times += 1) await replayed(there.relay, { id });
    await drain(there.relay, there.ports);

    expect(there.chat.received).toHaveLength(2);
  });

  it('is sent at once to a receiver that is broken, so that people see whether it works', async () => {
    await using there = await world(1);
    const { id } = await there.send('web');
    there.at(2);

    await replayed(there.relay, { id });
    await drain(there.relay, there.ports);

    expect(entryOf(there.ports.ledger, 'slack', id).state).toBe('sent');
    // And so it is mended for all.
    expect((await there.send('other')).id).toBeDefined();
    expect(there.chat.received).toHaveLength(3);
  });

  it('that fails again is one dead letter, not two', async () => {
    await using there = await world(60);
    const { id } = await there.send('web');
    there.at(10);

    await replayed(there.relay, { id });
    await drain(there.relay, there.ports);

    expect(entriesOf(there.ports.ledger, 'slack', 'dead:')).toMatchObject([
      { state: 'dead', attempts: [{ outcome: 'broken' }, { outcome: 'broken' }] },
    ]);
  });

  it('keeps trying as a new message does, where the receiver is busy', async () => {
    const ports = memoryPorts();
    await doubted(ports, 'slack');
    await using chat = await chatAt(ports, (_at, before) => [GONE, { status: 503 }, { status: 503 }][before]);
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await ports.deliveries.send(deliveryTo(['slack']));
    await drain(relay, ports);

    await replayed(relay, {});
    await drain(relay, ports);

    expect(entryOf(ports.ledger, 'slack').state).toBe('sent');
    expect(chat.received).toHaveLength(4);
  });
});

describe('a replay of all dead letters', () => {
  it('sends them as the rate allows, and each is accounted for', async () => {
    await using there = await world(1, { perSecond: 1 });
    for (let index = 0; index < 50; index += 1) await there.send(`set-${index}`);
    there.at(30);
    const before = there.chat.received.length;

    expect(await replayed(there.relay, {})).toHaveLength(50);
    await drain(there.relay, there.ports);

    expect(there.chat.received.length - before).toBeLessThanOrEqual(3);
    expect(entriesOf(there.ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(50).fill('sent'));
    expect(entriesOf(there.ports.ledger, 'slack', 'dead:')).toStrictEqual([]);
  });

  it('since a time takes those that died after it', async () => {
    await using there = await world(60);
    await there.send('early');
    there.at(20);
    const { id } = await there.send('late');

    for (const since of ['15m', '2026-11-20T14:10:00Z']) {
      there.at(30);
      expect(await replayed(there.relay, { since })).toStrictEqual([
        { receiver: 'slack', eventId: id, short: shortId(id), outcome: 'queued' },
      ]);
    }
  });
});

describe('a replay of what was sent', () => {
  it('is refused', async () => {
    await using there = await world(0);
    const { id } = await there.send('web');

    expect(await replayed(there.relay, { id })).toMatchObject([{ outcome: 'sent-already' }]);
    await drain(there.relay, there.ports);

    expect(there.chat.received).toHaveLength(1);
  });

  it('is sent once more where it is forced, once for each wish', async () => {
    await using there = await world(0);
    const { id } = await there.send('web');

    expect(await replayed(there.relay, { id, force: true })).toMatchObject([{ outcome: 'queued' }]);
    const message = there.ports.deliveries.waiting[0];
    await drain(there.relay, there.ports);
    // The queue may bring the same message twice.
    await there.relay.deliver(message?.message, message?.id);

    expect(there.chat.received).toHaveLength(2);
  });
});

describe('a replay', () => {
  it('does not touch what is under way', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, () => ({ status: 503 }));
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await relay.deliver(deliveryTo(['slack']), 'm1');

    expect(await replayed(relay, { id: examples.scale.id, force: true })).toMatchObject([{ outcome: 'under-way' }]);
  });

  it('that is forced sends what has waited for longer than any wait: its message is lost', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_request, before) =>
      before === 0 ? { status: 503 } : { status: 200, body: 'ok' },
    );
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await relay.deliver(deliveryTo(['slack']), 'm1');
    ports.deliveries.waiting.splice(0);
    ports.time.now += 9 * 3_600_000;

    expect(await replayed(relay, { id: examples.scale.id })).toMatchObject([{ outcome: 'under-way' }]);
    expect(await replayed(relay, { id: examples.scale.id, force: true })).toMatchObject([{ outcome: 'queued' }]);
    await drain(relay, ports);
    expect(chat.received).toHaveLength(2);
  });

  it('of an event that was overtaken sends it', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    const ended = { ...examples.alert, id: 'end', state: 'resolved' as const };
    for (const event of [ended, examples.alert]) await relay.deliver(deliveryTo(['slack'], { event }));
    expect(chat.received).toHaveLength(1);

    await replayed(relay, { id: examples.alert.id });
    await drain(relay, ports);

    expect(chat.received).toHaveLength(2);
    expect(entryOf(ports.ledger, 'slack', examples.alert.id).state).toBe('sent');
  });

  it('of what nobody knows finds nothing', async () => {
    await using there = await world(0);

    expect(await replayed(there.relay, { id: 'nothing' })).toStrictEqual([]);
  });

  it.each([[{ id: '' }], [{ since: 'yesterday' }], [{ receiver: 'no name' }], [{ all: true }], ['hello']])(
    'refuses %j',
    async (wish) => {
      await using there = await world(0);

      expect((await there.relay.replay(post(wish))).status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('a receiver that is no longer configured', () => {
  const renamed = async () => {
    const there = await world(60);
    const { id } = await there.send('web');
    const { relay } = relayWith([receiverAt('teams', there.chat.url)], there.ports);
    return { ...there, relay, id };
  };

  it('still has its dead letters, for whoever names it', async () => {
    await using there = await renamed();

    expect(await listed(there.relay.deadLetters, 'receiver=slack')).toMatchObject([{ reason: 'no_service' }]);
    expect(await listed(there.relay.deliveries, 'receiver=slack')).toMatchObject([{ state: 'dead' }]);
    expect(await listed(there.relay.deadLetters)).toStrictEqual([]);
  });

  it('is sent nothing again: a replay says so', async () => {
    await using there = await renamed();
    const { id } = there;

    for (const wish of [{ receiver: 'slack' }, { receiver: 'slack', id, force: true }]) {
      expect(await replayed(there.relay, wish)).toStrictEqual([
        { receiver: 'slack', eventId: id, short: shortId(id), outcome: 'no-such-receiver' },
      ]);
    }
    expect(there.ports.deliveries.waiting).toStrictEqual([]);
  });

  it('is sent everything again once it is back', async () => {
    await using there = await renamed();
    const { relay } = relayWith([receiverAt('slack', there.chat.url)], there.ports);

    expect(await replayed(relay, { receiver: 'slack' })).toMatchObject([{ outcome: 'queued' }]);
  });
});

describe('a query', () => {
  it.each([
    ['receiver=no%20name', 'receiver: expected letters, digits, - and _'],
    ['most=5000', 'most: expected at most 1000'],
    ['state=lost', 'state: expected one of sending, waiting, parked, sent, dead, overtaken, quiet'],
    ['since=yesterday', 'since: expected a time such as 90s, 30m, 1h or 7d, or an ISO date with its zone'],
  ])('that asks for what cannot be is told so (%s)', async (query, what) => {
    await using there = await world(0);

    const answer = await there.relay.deliveries(requestOf('', { method: 'GET', query }));

    expect(answer).toMatchObject({ status: 422, jsonBody: { detail: `the query cannot be used: ${what}` } });
  });
});

describe('a replay of what a window keeps back', () => {
  it('sends it, and says what it overrides', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const quiet = compileMutes({ windows: [{ name: 'always' }] }, 'UTC');
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports, { quiet });
    const event = scaleOf('web', 1, 2);
    await ports.deliveries.send(deliveryTo(['slack'], { event }));
    await drain(relay, ports);
    expect(chat.received).toHaveLength(0);

    const done = await replayed(relay, { id: event.id });
    await drain(relay, ports);

    expect(done).toMatchObject([{ outcome: 'queued', despite: 'window always' }]);
    expect(chat.received).toHaveLength(1);
  });
});

describe('the list of deliveries', () => {
  it('has the newest first, can be narrowed down, and tells no owner', async () => {
    await using there = await world(1, {}, REFUSED);
    await there.send('dead');
    there.at(10);
    const { id } = await there.send('sent');

    expect((await listed(there.relay.deliveries)).map(({ state }) => state)).toStrictEqual(['sent', 'dead']);
    expect(await listed(there.relay.deliveries, 'state=sent')).toMatchObject([{ event: { id } }]);
    expect(await listed(there.relay.deliveries, 'since=5m')).toHaveLength(1);
    expect(await listed(there.relay.deliveries, 'most=1')).toHaveLength(1);
    expect(await listed(there.relay.deliveries, 'until=5m')).toMatchObject([{ state: 'dead' }]);
    expect(JSON.stringify(await listed(there.relay.deliveries))).not.toMatch(/owner|leaseUntil/);
  });

  it.each(['deliveries', 'deadLetters'] as const)(
    'says that there are %s before those that it has, and how to get them',
    async (list) => {
      await using there = await world(60, {}, REFUSED);
      for (const minute of [0, 10, 20]) {
        there.at(minute);
        await there.send(`dead ${minute}`);
      }
      const page = async (query: string) => (await there.relay[list](requestOf('', { method: 'GET', query }))).jsonBody;

      const first = await page('most=2');
      const { next } = first as { next: string };
      const last = await page(`most=2&until=${next}`);

      expect(first).toMatchObject({ more: true, deliveries: [{}, { updatedAt: next }] });
      expect(last).toMatchObject({ deliveries: [{}] });
      expect(last).not.toHaveProperty('more');
      expect(last).not.toHaveProperty('next');
      expect(await page('most=3')).not.toHaveProperty('more');
    },
  );

  it('shows together what changed in the same moment, so that nothing falls between two pages', async () => {
    await using there = await world(1, {}, REFUSED);
    await there.send('dead');
    await there.send('dead as well');
    there.at(10);
    await there.send('sent');

    const [first] = await listed(there.relay.deliveries, 'most=1');
    const next = await listed(there.relay.deliveries, `most=1&until=${first?.updatedAt}`);

    expect([first?.state, ...next.map(({ state }) => state)]).toStrictEqual(['sent', 'dead', 'dead']);
  });
});

describe('a replay of an alert', () => {
  const minutes = (count: number) => new Date(Date.parse(examples.alert.occurredAt) + count * 60_000).toISOString();
  const alert = (state: 'fired' | 'resolved', minute: number, story = 'alert-1') => ({
    ...examples.alert,
    ...{ id: `${story}-${state}`, story, state, rule: story, occurredAt: minutes(minute) },
  });

  /** A chat that got these alerts, and then `ids` once more, an hour later; the push texts of these. */
  async function again(events: readonly RelayEvent[], ids: readonly string[], rate = {}) {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate }], ports);
    for (const event of events) await ports.deliveries.send(deliveryTo(['slack'], { event }));
    await drain(relay, ports);
    const before = chat.received.length;
    ports.time.now = Date.parse(minutes(60));
    for (const id of ids) await replayed(relay, { id, force: true });
    await drain(relay, ports);
    const messages = chat.received.slice(before).map(({ body }) => body);
    return { messages, texts: messages.map((body) => z.object({ text: z.string() }).parse(JSON.parse(body)).text) };
  }

  it('says so first, and when it happened', async () => {
    const { texts } = await again([alert('fired', 0)], ['alert-1-fired']);

    expect(texts).toStrictEqual([expect.stringMatching(/^Replayed, 14:05 UTC · Alert fired/)]);
  });

  it('whose end was told says since when it is over', async () => {
    const { texts } = await again([alert('fired', 0), alert('resolved', 10)], ['alert-1-fired']);

    expect(texts).toStrictEqual([expect.stringMatching(/^Replayed, 14:05 UTC, over since 14:15 UTC · Alert fired/)]);
  });

  it('that no chat has got is late, and not told again', async () => {
    const ports = memoryPorts();
    let isWell = false;
    await using chat = await chatAt(ports, () => (isWell ? undefined : { status: 400, body: 'invalid_payload' }));
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await ports.deliveries.send(deliveryTo(['slack'], { event: alert('fired', 0) }));
    await drain(relay, ports);
    const before = chat.received.length;
    isWell = true;
    ports.time.now = Date.parse(minutes(60));
    await replayed(relay, { id: 'alert-1-fired' });
    await drain(relay, ports);

    const texts = chat.received
      .slice(before)
      .map(({ body }) => z.object({ text: z.string() }).parse(JSON.parse(body)).text);
    expect(texts).toStrictEqual([expect.stringMatching(/^Late, 14:05 UTC · Alert fired/)]);
  });

  it('that is its end says no more than that', async () => {
    const { texts } = await again([alert('fired', 0), alert('resolved', 10)], ['alert-1-resolved']);

    expect(texts).toStrictEqual([expect.stringMatching(/^Replayed, 14:15 UTC · Alert resolved/)]);
  });

  it('that waits for its turn says so too, when it leaves: alone, and among others', async () => {
    const stories = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const events = stories.flatMap((story) => [alert('fired', 0, story), alert('resolved', 10, story)]);
    const { messages } = await again(
      events.map((event) => ({ ...event, severity: 'warning' as const })),
      stories.map((story) => `${story}-fired`),
      { perSecond: 1, burst: 1 },
    );

    expect(messages.length).toBeLessThan(stories.length);
    for (const message of messages) expect(message).toMatch(/"text":"Replayed, 14:05 UTC, over since 14:15 UTC · /);
  });
});
