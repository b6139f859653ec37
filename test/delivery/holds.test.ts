import { describe, expect, it } from 'vitest';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entriesOf, entryOf, OK, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { listen, type Reply } from '../support/server.ts';

/** Ten events, one a second, for a chat that answers the first of them so. */
async function heldBy(first: Reply, rate: { readonly perSecond?: number } = { perSecond: 1 }) {
  const ports = memoryPorts();
  const begun = ports.time.now;
  await using chat = await chatAt(ports, (_at, before) => (before === 0 ? first : undefined));
  const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate }], ports);
  for (let second = 0; second < 10; second += 1) {
    await ports.deliveries.send(deliveryTo(['slack'], { event: scaleOf(`set-${second}`, 1, 2, second) }), second);
  }
  const reports = await drain(relay, ports);
  return { times: chat.times.map((time) => (time - begun) / 1_000), reports, ports };
}

const busy = (retryAfter?: string): Reply => ({
  status: 429,
  ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
});

describe('Retry-After', () => {
  it.each([
    ['1', 1],
    ['30', 30],
    ['Fri, 20 Nov 2026 14:05:29 GMT', 20],
    ['1000000000000', 3_600],
  ])('(%s) holds the whole receiver, and not a moment longer', async (retryAfter, seconds) => {
    const { times, ports } = await heldBy(busy(retryAfter));

    expect(times[0]).toBe(0);
    expect(times[1]).toBe(seconds);
    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(10).fill('sent'));
  });

  it.each([['soon'], ['-5'], ['1e12'], ['Fri, 20 Nov 2026 14:05:08 GMT'], [undefined]])(
    'that says %s makes the receiver wait as after any failure, about 5 s',
    async (retryAfter) => {
      const { times, ports } = await heldBy(busy(retryAfter));

      expect(times[1]).toBe(5);
      expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(10).fill('sent'));
    },
  );

  it('that comes again and again costs no event its tries', async () => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    await using chat = await chatAt(ports, (at) => (at < begun + 60_000 ? busy('1') : undefined));
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
    await ports.deliveries.send(deliveryTo(['slack']));

    await drain(relay, ports);

    expect(entryOf(ports.ledger, 'slack').state).toBe('sent');
    expect((chat.times.at(-1) ?? 0) - begun).toBe(60_000);
  });

  it('that never ends is given up after a day', async () => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    await using chat = await chatAt(ports, () => busy('600'));
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
    await ports.deliveries.send(deliveryTo(['slack']));

    await drain(relay, ports);

    expect(entryOf(ports.ledger, 'slack').state).toBe('dead');
    expect((chat.times.at(-1) ?? 0) - begun).toBeGreaterThan(86_400_000 - 1);
    expect((chat.times.at(-1) ?? 0) - begun).toBeLessThan(86_400_000 + 2 * 3_600_000);
  });

  it('holds a receiver without a rate as well', async () => {
    const { times } = await heldBy(busy('30'), {});

    expect(times.slice(0, 2)).toStrictEqual([0, 30]);
  });

  it('holds the receiver in another relay, too', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) => (before === 0 ? busy('30') : undefined));
    const receivers = [{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }];
    const [one, other] = [relayWith(receivers, ports).relay, relayWith(receivers, ports).relay];

    await one.deliver(deliveryTo(['slack'], { event: scaleOf('a', 1, 2) }), 'm1');
    ports.time.now += 10_000;

    expect(await other.deliver(deliveryTo(['slack'], { event: scaleOf('b', 1, 2) }), 'm2')).toMatchObject([
      { outcome: 'parked', delay: 20 },
    ]);
  });

  it('is not forgotten because a message that was under way before it goes through', async () => {
    const ports = memoryPorts();
    await using server = await listen((_request, before) => (before === 0 ? { ...OK.slack, after: 100 } : busy('30')));
    const { relay } = relayWith([receiverAt('slack', server.url)], ports);

    await Promise.all(
      ['a', 'b'].map((name) => relay.deliver(deliveryTo(['slack'], { event: scaleOf(name, 1, 2) }), name)),
    );

    expect(stateOf(ports.ledger, 'slack').heldUntil).toBe(ports.time.now + 30_000);
    expect(await relay.deliver(deliveryTo(['slack'], { event: scaleOf('c', 1, 2) }), 'c')).toMatchObject([
      { outcome: 'parked' },
    ]);
  });
});

describe('a receiver that fails', () => {
  it('is left alone for longer and longer, however many events wait, and they leave together', async () => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    await using chat = await chatAt(ports, (_at, before) => (before < 4 ? { status: 503 } : undefined));
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    for (let second = 0; second < 100; second += 1) {
      await ports.deliveries.send(deliveryTo(['slack'], { event: scaleOf(`set-${second}`, 1, 2, second) }), second);
    }

    await drain(relay, ports);

    expect(chat.times.map((time) => (time - begun) / 1_000)).toStrictEqual([0, 5, 35, 155, 275]);
    expect(entriesOf(ports.ledger, 'slack').filter(({ state }) => state === 'sent')).toHaveLength(100);
  });

  it('for a second is written to at once after the first message went through', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) => (before === 0 ? { status: 503 } : undefined));
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await ports.deliveries.send(deliveryTo(['slack']));
    await drain(relay, ports);

    const [report] = await relay.deliver(deliveryTo(['slack'], { event: scaleOf('b', 1, 2) }));

    expect(report).toMatchObject({ outcome: 'sent' });
    expect(stateOf(ports.ledger, 'slack').failures).toBe(0);
  });

  it('counts as failing once, where ten messages were under way', async () => {
    const ports = memoryPorts();
    await using server = await listen({ status: 503, after: 50 });
    const { relay } = relayWith([receiverAt('slack', server.url)], ports);

    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        relay.deliver(deliveryTo(['slack'], { event: scaleOf(`set-${index}`, 1, 2) }), `m${index}`),
      ),
    );

    expect(stateOf(ports.ledger, 'slack')).toMatchObject({ failures: 1, heldUntil: ports.time.now + 5_000 });
  });

  it('twice, with a day of silence in between, is not broken: the second event has all its tries', async () => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    const hours = (at: number) => (at - begun) / 3_600_000;
    await using chat = await chatAt(ports, (at) =>
      hours(at) < 12 || (hours(at) >= 30 && hours(at) < 30.001) ? { status: 503 } : undefined,
    );
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
    const [first, second] = [scaleOf('first', 1, 2), scaleOf('second', 1, 2)];
    await ports.deliveries.send(deliveryTo(['slack'], { event: first }));
    await ports.deliveries.send(deliveryTo(['slack'], { event: second }), 30 * 3_600);

    await drain(relay, ports);

    expect(entryOf(ports.ledger, 'slack', first.id)).toMatchObject({ state: 'dead', reason: 'status-503' });
    expect(entryOf(ports.ledger, 'slack', second.id)).toMatchObject({ state: 'sent' });
    expect(stateOf(ports.ledger, 'slack').noticed).toStrictEqual({});
  });

  it('for a day is broken: what waits becomes dead letters', async () => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    await using chat = await chatAt(ports, () => ({ status: 503 }));
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    for (let hour = 0; hour < 30; hour += 1) {
      await ports.deliveries.send(deliveryTo(['slack'], { event: scaleOf(`set-${hour}`, 1, 2) }), hour * 3_600);
    }

    await drain(relay, ports);

    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(30).fill('dead'));
    expect(stateOf(ports.ledger, 'slack').broken).toMatchObject({ reason: 'failing-for-a-day' });
    expect((stateOf(ports.ledger, 'slack').broken?.since ?? 0) - begun).toBeGreaterThan(86_400_000);
    expect(ports.ledger.rows('slack', 'parked:')).toStrictEqual([]);
  });
});

describe('a connection that fails quickly', () => {
  it('is tried once more at once', async () => {
    await using server = await listen((_request, before) => (before === 0 ? { status: 200, reset: true } : OK.slack));
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    expect(await relay.deliver(deliveryTo(['slack']))).toMatchObject([{ outcome: 'sent' }]);
    expect(server.received).toHaveLength(2);
    expect(entryOf(ports.ledger, 'slack').attempts).toHaveLength(1);
  });

  it('is not tried at once where it took a second to fail', async () => {
    const ports = memoryPorts();
    await using server = await listen(() => {
      ports.time.now += 1_000;
      return { status: 200, reset: true };
    });
    const { relay } = relayWith([receiverAt('slack', server.url)], ports);

    expect(await relay.deliver(deliveryTo(['slack']))).toMatchObject([{ outcome: 'retry', reason: 'connection' }]);
    expect(server.received).toHaveLength(1);
  });
});

describe('one receiver that is down for ten minutes', () => {
  it('does not make the other one late', async () => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    await using down = await chatAt(ports, (at) => (at < begun + 600_000 ? { status: 503 } : undefined));
    await using up = await chatAt(ports);
    const { relay } = relayWith([receiverAt('slack', down.url, 'down'), receiverAt('slack', up.url, 'up')], ports);
    for (let second = 0; second < 700; second += 7) {
      const event = scaleOf(`set-${second}`, 1, 2, second);
      await ports.deliveries.send(deliveryTo(['down', 'up'], { event }), second);
    }

    await drain(relay, ports);

    expect(up.times.map((time) => (time - begun) / 1_000)).toStrictEqual(
      Array.from({ length: 100 }, (_, index) => index * 7),
    );
    expect(entriesOf(ports.ledger, 'down').filter(({ state }) => state === 'sent')).toHaveLength(100);
    expect((down.times.findLast((time) => time < begun + 600_000) ?? 0) - begun).toBeGreaterThan(480_000);
    expect((down.times.find((time) => time >= begun + 600_000) ?? 0) - begun).toBeLessThanOrEqual(720_000);
  });
});
