import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../src/event/event.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entriesOf, OK, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import {
  oddAnswers as answers,
  type Meaning,
  answering as of,
  type AnsweringType as Type,
} from '../support/odd-answers.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import type { Reply } from '../support/server.ts';
import { Stack } from '../support/stack.ts';
import { part } from '../support/sweep.ts';

const types: readonly Type[] = ['slack', 'slack-app', 'teams', 'mattermost', 'google-chat', 'pagerduty', 'webhook'];
const cases = (...meanings: readonly Meaning[]) =>
  Object.entries(answers).flatMap(([name, [reply, means]]) =>
    types.filter((type) => meanings.includes(means[type])).map((type) => [name, type, reply] as const),
  );

/** What says the same is said by many: a part of it, of each type, is enough for every time. */
const some = (...meanings: readonly Meaning[]) => part(cases(...meanings), 0, 7);

const MINUTE = 60_000;

/** A receiver that answers so, maybe one that gets its events instead, and one that is told. */
async function world(type: Type, reply: (at: number, before: number) => Reply | undefined, fallback = false) {
  const stack = new Stack();
  const ports = memoryPorts();
  const begun = ports.time.now;
  const chat = stack.use(await chatAt(ports, (at, before) => reply(at - begun, before) ?? OK[type]));
  const second = stack.use(await chatAt(ports));
  const admin = stack.use(await chatAt(ports));
  const { relay } = relayWith(
    [
      { ...receiverAt(type, chat.url, 'main'), ...(fallback && { fallback: 'second' }) },
      receiverAt('slack', second.url, 'second'),
      receiverAt('slack', admin.url, 'admin'),
    ],
    ports,
    { notices: ['admin'] },
  );
  const send = async (name: string, seconds: number, more: Partial<EventOf<'scale'>> = {}) => {
    const event = { ...scaleOf(name, 1, 2, seconds), ...more };
    await ports.deliveries.send(deliveryTo(['main'], { event }), seconds);
    return event;
  };
  return {
    ...{ ports, relay, chat, second, admin, send, begun },
    entries: () => entriesOf(ports.ledger, 'main'),
    dead: () => entriesOf(ports.ledger, 'main', 'dead:'),
    run: (minutes = Number.POSITIVE_INFINITY) => drain(relay, ports, begun + minutes * MINUTE),
    notices: (text: string) => admin.received.filter(({ body }) => body.includes(text)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

type World = Awaited<ReturnType<typeof world>>;

/** Whether every event is in a message that the receiver took. */
function arrived({ chat, entries, send: _ }: World, events: readonly { readonly id: string }[]): void {
  const told = chat.received.map(({ body }) => body).join('\n');
  expect(entries().map(({ state }) => state)).toStrictEqual(Array(events.length).fill('sent'));
  for (const { event } of entries()) expect(told).toContain(event.resource.name);
}

const states = ({ entries }: World) => [...new Set(entries().map(({ state }) => state))];

it('the table has at least 33 odd answers', () => {
  expect(Object.keys(answers).length).toBeGreaterThanOrEqual(33);
});

describe('one odd answer, and then the receiver is well', () => {
  it.each(part(cases('taken', 'later', 'message', 'unknown', 'hopeless'), 0, 2))(
    '(%s, %s): every event arrives, none is dead, nobody is told of it',
    async (_name, type, reply) => {
      await using there = await world(type, (_at, before) => (before === 0 ? reply : undefined));
      const events = [];
      for (let second = 0; second < 4; second += 1) events.push(await there.send(`set-${second}`, second));

      await there.run();

      arrived(there, events);
      expect(there.dead()).toStrictEqual([]);
      expect(there.notices('')).toStrictEqual([]);
      expect(stateOf(there.ports.ledger, 'main')).toMatchObject({ failures: 0 });
      expect(stateOf(there.ports.ledger, 'main').refusals).toBeUndefined();
    },
  );
});

describe('an answer that says that the receiver takes no message at all, again and again', () => {
  it.each(some('hopeless'))(
    '(%s, %s): broken after three over a minute, and no dead letter before; the fallback gets each once, the notice comes once',
    async (_name, type, reply) => {
      await using there = await world(type, (at) => (at < 20 * MINUTE ? reply : undefined), true);
      for (let second = 0; second < 120; second += 20) await there.send(`set-${second}`, second);
      await there.run(1);
      expect(there.dead()).toStrictEqual([]);
      expect(there.second.received).toStrictEqual([]);

      await there.run(15);

      const { broken } = stateOf(there.ports.ledger, 'main');
      expect((broken?.since ?? 0) - there.begun).toBeGreaterThanOrEqual(MINUTE);
      expect(there.chat.times.filter((time) => time <= (broken?.since ?? 0)).length).toBeGreaterThanOrEqual(3);
      expect(states(there)).toStrictEqual(['dead']);
      expect(entriesOf(there.ports.ledger, 'second').map(({ state }) => state)).toStrictEqual(Array(6).fill('sent'));
      expect(there.notices('Receiver not working')).toHaveLength(1);

      // What the fallback got is not repeated.
      const before = there.chat.received.length;
      await there.send('after', 21 * 60);
      await there.run();
      expect(there.chat.received.length - before).toBe(1);
      expect(there.notices('Receiver working again')).toHaveLength(1);
      expect(there.dead()).toHaveLength(6);
    },
  );

  it.each(some('hopeless'))(
    '(%s, %s): without a fallback, what is dead arrives once when the receiver works again, and one notice says how many',
    async (_name, type, reply) => {
      await using there = await world(type, (at) => (at < 20 * MINUTE ? reply : undefined));
      const events = [];
      for (let second = 0; second < 120; second += 20) events.push(await there.send(`set-${second}`, second));
      await there.run(20);
      expect(there.dead()).toHaveLength(6);
      const before = there.chat.received.length;

      events.push(await there.send('after', 60));
      await there.run();

      arrived(there, events);
      expect(there.dead()).toStrictEqual([]);
      const after = there.chat.received.slice(before).map(({ body }) => body);
      for (const { resource } of events) {
        expect(after.filter((body) => body.includes(`${resource.name}`)).length).toBeGreaterThan(0);
      }
      expect(after).toHaveLength(7);
      expect(there.notices('Receiver working again')).toHaveLength(1);
      expect(there.notices('6\u00a0events')).toHaveLength(1);
      expect(stateOf(there.ports.ledger, 'main').back).toBeUndefined();
    },
  );
});

describe('a success that nobody knows, again and again', () => {
  it.each(cases('unknown'))(
    '(%s, %s): each event is tried twice, and is dead with the reason',
    async (_name, type, reply) => {
      await using there = await world(type, () => reply, true);
      for (let minute = 0; minute < 3; minute += 1) await there.send(`set-${minute}`, minute * 10 * 60);

      await there.run(60);

      for (const { attempts, reason } of there.dead()) {
        expect(attempts).toHaveLength(2);
        expect(reason).toBe('unknown-success');
      }
      expect(there.dead()).toHaveLength(3);
      expect(there.chat.received).toHaveLength(6);
      expect(entriesOf(there.ports.ledger, 'second')).toHaveLength(3);
    },
  );

  it('of events that leave together, counts for each of them', async () => {
    await using there = await world('slack', (_at, before) => (before === 0 ? { status: 503 } : of(200, 'Thank you')));
    for (let second = 0; second < 4; second += 1) await there.send(`set-${second}`, second);

    await there.run();

    expect(there.dead()).toHaveLength(4);
    for (const { attempts } of there.dead()) {
      expect(attempts.filter(({ reason }) => reason === 'unknown-success')).toHaveLength(2);
    }
  });
});

describe('an answer that asks for another try, again and again', () => {
  it.each(some('later'))('(%s, %s): an hour later nothing is dead and nobody is told', async (_name, type, reply) => {
    await using there = await world(type, () => reply);
    for (let minute = 0; minute < 3; minute += 1) await there.send(`set-${minute}`, minute);

    await there.run(60);

    expect(there.dead()).toStrictEqual([]);
    expect(there.entries()).toHaveLength(3);
    expect(stateOf(there.ports.ledger, 'main').broken).toBeUndefined();
    expect(there.admin.received).toStrictEqual([]);
  });
});

describe('what is sent again once a receiver works again', () => {
  /** So many dead letters, the last ones critical, of a receiver that worked again after 20 minutes. */
  async function broken(count: number, critical = 0) {
    const there = await world('webhook', (at) => (at < 20 * MINUTE ? of(404) : undefined));
    for (let index = 0; index < count; index += 1) {
      await there.send(`set-${index}`, index, index >= count - critical ? { severity: 'critical' } : {});
    }
    await there.run(20);
    expect(there.dead()).toHaveLength(count);
    return there;
  }

  it('is two hundred at most, the worst first', async () => {
    await using there = await broken(210, 5);
    const before = there.chat.received.length;
    await there.send('after', 60);

    await there.run();

    const sent = there.chat.received.slice(before).map(({ body }) => JSON.parse(body).data.severity);
    expect(sent).toHaveLength(201);
    expect(sent.slice(1, 6)).toStrictEqual(Array(5).fill('critical'));
    expect(there.dead()).toHaveLength(10);
    expect(there.notices('200\u00a0events')).toHaveLength(1);
  });

  it('is of the last day', async () => {
    await using there = await broken(3);
    there.ports.time.now += 25 * 60 * MINUTE;
    await there.send('after', 0);

    await there.run();

    expect(there.dead()).toHaveLength(3);
    expect(there.notices('Receiver working again')).toHaveLength(1);
  });

  it('is nothing that died for a reason of its own', async () => {
    const refused = of(422);
    await using there = await world('webhook', (at) => (at < 1_000 ? refused : at < 20 * MINUTE ? of(404) : undefined));
    await there.send('own', 0);
    for (let second = 10; second < 120; second += 20) await there.send(`set-${second}`, second);
    await there.run(20);
    await there.send('after', 60);

    await there.run();

    expect(there.dead()).toMatchObject([{ reason: 'status-422' }]);
  });

  it('is what the fallback did not get either', async () => {
    const stack = new Stack();
    await using _all = stack;
    const ports = memoryPorts();
    const begun = ports.time.now;
    const gone = (minutes: number) => (at: number) => (at < begun + minutes * MINUTE ? of(404) : undefined);
    const main = stack.use(await chatAt(ports, gone(20)));
    const second = stack.use(await chatAt(ports, gone(60)));
    const { relay } = relayWith(
      [
        { ...receiverAt('slack', main.url, 'main'), fallback: 'second' },
        { ...receiverAt('slack', second.url, 'second'), fallback: 'main' },
      ],
      ports,
    );
    await ports.deliveries.send(deliveryTo(['main'], { event: scaleOf('lost', 1, 2) }));
    await ports.deliveries.send(deliveryTo(['main'], { event: scaleOf('probe', 1, 2) }), 25 * 60);

    await drain(relay, ports);

    expect(
      entriesOf(ports.ledger, 'main')
        .filter(({ event }) => event.kind === 'scale')
        .map(({ state }) => state),
    ).toStrictEqual(['sent', 'sent']);
  });
});
