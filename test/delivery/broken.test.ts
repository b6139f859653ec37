import { describe, expect, it } from 'vitest';
import { shownId } from '../../src/event/identity.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, doubted, entriesOf, entryOf, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { Stack } from '../support/stack.ts';

const GONE = { status: 404, body: 'no_service' } as const;
const MINUTE = 60_000;

/** A receiver that is broken, from the first message on, until so many minutes have passed, its fallback, and the one that is told. */
async function world(brokenFor: number, fallback = true) {
  const stack = new Stack();
  const ports = memoryPorts();
  await doubted(ports, 'main');
  const begun = ports.time.now;
  const chat = stack.use(await chatAt(ports, (at) => (at < begun + brokenFor * MINUTE ? GONE : undefined)));
  const second = stack.use(await chatAt(ports));
  const admin = stack.use(await chatAt(ports));
  const { relay } = relayWith(
    [
      { ...receiverAt('slack', chat.url, 'main'), ...(fallback && { fallback: 'second' }) },
      receiverAt('slack', second.url, 'second'),
      receiverAt('slack', admin.url, 'admin'),
    ],
    ports,
    { notices: ['admin'] },
  );
  const send = async (name: string, minutes: number) => {
    const event = scaleOf(name, 1, 2, minutes * 60);
    await ports.deliveries.send(deliveryTo(['main'], { event }), minutes * 60);
    return event;
  };
  const minutes = (times: readonly number[]) => times.map((time) => (time - begun) / MINUTE);
  return {
    ...{ ports, relay, chat, second, admin, send, minutes },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const topics = (bodies: readonly { readonly body: string }[]) =>
  bodies.map(({ body }) => (body.includes('Receiver not working') ? 'broken' : 'back'));

describe('what a fallback gets instead', () => {
  it.each([
    ['at once', 0],
    ['after it was parked', 1],
  ])('was accepted when it was accepted, also where it is given up %s', async (_what, before) => {
    const ports = memoryPorts();
    await using broken = await chatAt(ports, (_at, calls) => (calls >= before ? GONE : undefined));
    const receivers = [
      { ...receiverAt('slack', broken.url, 'main'), rate: { perSecond: 1 }, fallback: 'second' },
      receiverAt('slack', 'http://127.0.0.1:1', 'second'),
    ];
    const { relay } = relayWith(receivers, ports);
    ports.time.now += 60_000;
    await doubted(ports, 'main');
    for (let index = 0; index <= before; index += 1) {
      const message = deliveryTo(['main'], { event: scaleOf(`set-${index}`, 1, 2) });
      await relay.deliver(message, `m${index}`);
    }
    ports.time.now += 1_000;
    if (before > 0) await doubted(ports, 'main');
    if (before > 0) await relay.deliver({ version: 1, flush: 'main' }, 'f');

    const toSecond = ports.deliveries.sent.find(
      ({ message }) => 'event' in message && message.event.kind === 'scale' && message.receivers.includes('second'),
    );
    expect(toSecond?.message).toMatchObject({ acceptedAt: '2026-11-20T14:05:08.000Z' });
  });
});

describe('what a fallback is told', () => {
  /** Two receivers that are broken, and the fallback of both, all with a rate that parks what is over it. */
  async function told(to: readonly string[]) {
    const ports = memoryPorts();
    await doubted(ports, 'main', 'second');
    await using broken = await chatAt(ports, () => GONE);
    await using third = await chatAt(ports);
    const rate = { perSecond: 1 };
    const receivers = [
      { ...receiverAt('slack', broken.url, 'main'), rate, fallback: 'second' },
      { ...receiverAt('slack', broken.url, 'second'), rate, fallback: 'third' },
      { ...receiverAt('slack', third.url, 'third'), rate },
    ];
    const { relay } = relayWith(receivers, ports, { notices: ['nobody'] });
    for (const [index, name] of to.entries()) {
      await ports.deliveries.send(deliveryTo([name], { event: scaleOf(`set-${index}`, 1, 2) }));
    }
    await drain(relay, ports);
    return third.received.map(({ body }) => /"text":"((?:Partly in|In) place of .*?) · /.exec(body)?.[1]);
  }

  it('says for whom it was first, by way of other fallbacks too', async () => {
    expect(await told(['main'])).toStrictEqual(['In place of main']);
  });

  it('says so of a digest, and whether all of it was', async () => {
    expect(await told(['third', 'main', 'second'])).toStrictEqual([undefined, 'In place of main and second']);
    expect(await told(['third', 'third', 'main'])).toStrictEqual([undefined, 'Partly in place of main']);
  });

  it('says nothing of the kind of its own', async () => {
    expect(await told(['third'])).toStrictEqual([undefined]);
  });
});

describe('a receiver that is listed twice for notices', () => {
  it('is told once', async () => {
    const ports = memoryPorts();
    await using broken = await chatAt(ports, () => ({ status: 404, body: 'no_service' }));
    await using admin = await chatAt(ports);
    const receivers = [receiverAt('slack', broken.url, 'main'), receiverAt('slack', admin.url, 'admin')];
    const { relay } = relayWith(receivers, ports, { notices: ['admin', 'admin'] });
    await ports.deliveries.send(deliveryTo(['main']));

    await drain(relay, ports);

    expect(admin.received).toHaveLength(1);
  });
});

describe('a broken receiver', () => {
  it('gets no more than one message in five minutes, and its events go to its fallback, each once', async () => {
    await using there = await world(60);
    const events = [];
    for (let minute = 0; minute < 21; minute += 1) events.push(await there.send(`set-${minute}`, minute));

    await drain(there.relay, there.ports);

    expect(there.minutes(there.chat.times)).toStrictEqual([0, 5, 10, 15, 20]);
    expect(there.minutes(there.second.times)).toStrictEqual(Array.from({ length: 21 }, (_, minute) => minute));
    const entries = entriesOf(there.ports.ledger, 'main');
    for (const entry of entries)
      expect(entry).toMatchObject({ state: 'dead', reason: 'no_service', fallback: 'second' });
    expect(entries).toHaveLength(events.length);
    expect(entriesOf(there.ports.ledger, 'main', 'dead:')).toHaveLength(events.length);
    expect(entriesOf(there.ports.ledger, 'second').map(({ state }) => state)).toStrictEqual(Array(21).fill('sent'));
  });

  it('is told of once when it breaks and once when it is back', async () => {
    await using there = await world(12);
    for (let minute = 0; minute < 30; minute += 1) await there.send(`set-${minute}`, minute);

    await drain(there.relay, there.ports);

    expect(there.minutes(there.admin.times)).toStrictEqual([0, 15]);
    expect(topics(there.admin.received)).toStrictEqual(['broken', 'back']);
    expect(there.minutes(there.chat.times)).toStrictEqual([
      0,
      5,
      10,
      ...Array.from({ length: 15 }, (_, at) => at + 15),
    ]);
  });

  it('is told of to its fallback where nobody else is to be told, and never to itself', async () => {
    const ports = memoryPorts();
    await doubted(ports, 'main');
    await using chat = await chatAt(ports, () => GONE);
    await using second = await chatAt(ports);
    const receivers = [
      { ...receiverAt('slack', chat.url, 'main'), fallback: 'second' },
      receiverAt('slack', second.url, 'second'),
    ];
    for (const notices of [[], ['main']]) {
      const { relay } = relayWith(receivers, { ...memoryPorts(), ...ports }, { notices });
      await ports.deliveries.send(deliveryTo(['main'], { event: scaleOf(`set-${notices.length}`, 1, 2) }));
      await drain(relay, ports);
    }

    expect(topics(second.received).filter((topic) => topic === 'broken')).toHaveLength(1);
    expect(chat.received).toHaveLength(1);
  });

  it('is told of with who gets its events instead and their ids, and these are not told as undelivered', async () => {
    await using there = await world(60);
    const event = await there.send('set', 0);
    await drain(there.relay, there.ports);

    expect(JSON.parse(there.admin.received[0]?.body ?? '').text).toContain(
      'main, 1\u00a0event: set (prod); second gets them instead; ',
    );
    expect(there.admin.received[0]?.body).toContain(`id ${shownId(event)}`);
    there.ports.time.now += 60 * MINUTE;
    expect(await there.relay.watch()).toMatchObject({ deadLetters: 0 });
    await drain(there.relay, there.ports);
    expect(there.admin.received).toHaveLength(1);
  });

  it('whose fallback takes nothing either is told of as undelivered', async () => {
    const ports = memoryPorts();
    await doubted(ports, 'main');
    await using chat = await chatAt(ports, () => GONE);
    await using admin = await chatAt(ports);
    const main = { ...receiverAt('slack', chat.url, 'main'), fallback: 'second' };
    const receivers = [main, receiverAt('slack', chat.url, 'second'), receiverAt('slack', admin.url, 'admin')];
    const { relay } = relayWith(receivers, ports, { notices: ['admin'] });
    await ports.deliveries.send(deliveryTo(['main']));
    await drain(relay, ports);

    expect(await relay.watch()).toMatchObject({ deadLetters: 1 });
  });

  it('without a fallback keeps its events as dead letters', async () => {
    await using there = await world(60, false);
    for (let minute = 0; minute < 3; minute += 1) await there.send(`set-${minute}`, minute);

    await drain(there.relay, there.ports);

    expect(there.second.received).toHaveLength(0);
    expect(entriesOf(there.ports.ledger, 'main', 'dead:')).toHaveLength(3);
  });

  it('is told of again when it breaks after an hour, and not before', async () => {
    const ports = memoryPorts();
    await doubted(ports, 'main');
    const begun = ports.time.now;
    const isBroken = (minute: number) => minute < 7 || (minute > 20 && minute < 27) || minute > 70;
    await using chat = await chatAt(ports, (at) => (isBroken((at - begun) / MINUTE) ? GONE : undefined));
    await using admin = await chatAt(ports);
    const { relay } = relayWith(
      [receiverAt('slack', chat.url, 'main'), receiverAt('slack', admin.url, 'admin')],
      ports,
      {
        notices: ['admin'],
      },
    );
    for (let minute = 0; minute < 90; minute += 1) {
      await ports.deliveries.send(deliveryTo(['main'], { event: scaleOf(`set-${minute}`, 1, 2) }), minute * 60);
    }

    await drain(relay, ports);

    expect(admin.times.map((time) => (time - begun) / MINUTE)).toStrictEqual([0, 10, 71 + 65 / 60]);
    expect(topics(admin.received)).toStrictEqual(['broken', 'back', 'broken']);
  });

  it('whose events were parked gives them up at the next flush', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) => (before === 0 ? undefined : GONE));
    await using second = await chatAt(ports);
    const { relay } = relayWith(
      [
        { ...receiverAt('slack', chat.url, 'main'), rate: { perSecond: 1 }, fallback: 'second' },
        receiverAt('slack', second.url, 'second'),
      ],
      ports,
    );
    for (let index = 0; index < 50; index += 1) {
      const event = scaleOf(`set-${index}`, 1, 2);
      await ports.deliveries.send(deliveryTo(['main'], { event }), index / 10);
    }

    await drain(relay, ports);

    const states = entriesOf(ports.ledger, 'main').map(({ state }) => state);
    expect(states.filter((state) => state === 'sent')).toHaveLength(1);
    expect(states.filter((state) => state === 'dead')).toHaveLength(49);
    expect(ports.ledger.rows('main', 'parked:')).toStrictEqual([]);
    expect(entriesOf(ports.ledger, 'second').filter(({ event }) => event.kind === 'scale')).toHaveLength(49);
    // Three times: one that says so is not taken at its word.
    expect(chat.received).toHaveLength(4);
  });

  it('and its fallback that is broken, too, lose nothing: both keep a dead letter', async () => {
    const ports = memoryPorts();
    await using one = await chatAt(ports, () => GONE);
    await using two = await chatAt(ports, () => GONE);
    const { relay } = relayWith(
      [
        { ...receiverAt('slack', one.url, 'one'), fallback: 'two' },
        { ...receiverAt('slack', two.url, 'two'), fallback: 'one' },
      ],
      ports,
    );
    await ports.deliveries.send(deliveryTo(['one']));

    await drain(relay, ports);

    for (const name of ['one', 'two']) expect(entryOf(ports.ledger, name)).toMatchObject({ state: 'dead' });
    expect(ports.deliveries.waiting).toStrictEqual([]);
  });
});

describe('a receiver that refuses one message', () => {
  it('is not broken by it', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) =>
      before < 2 ? { status: 400, body: 'invalid_blocks' } : undefined,
    );
    await using second = await chatAt(ports);
    const { relay } = relayWith(
      [{ ...receiverAt('slack', chat.url, 'main'), fallback: 'second' }, receiverAt('slack', second.url, 'second')],
      ports,
    );
    for (const name of ['a', 'b']) {
      await ports.deliveries.send(deliveryTo(['main'], { event: scaleOf(name, 1, 2) }));
    }

    const reports = await drain(relay, ports);

    expect(reports.map(({ outcome, receiver }) => [outcome, receiver])).toStrictEqual([
      ['dead', 'main'],
      ['sent', 'main'],
      ['sent', 'second'],
    ]);
    expect(stateOf(ports.ledger, 'main').broken).toBeUndefined();
  });
});
