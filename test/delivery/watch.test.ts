import { describe, expect, it } from 'vitest';
import { eventKey } from '../../src/delivery/rules/keys.ts';
import { StorageError } from '../../src/problems/errors.ts';
import type { Relay } from '../../src/relay/relay.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entriesOf, entryOf, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith, requestOf } from '../support/relay.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A receiver with ten events parked, for which no flush will come. */
async function stuck() {
  const ports = memoryPorts();
  const chat = await chatAt(ports);
  const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
  for (let index = 0; index < 11; index += 1) {
    await relay.deliver(deliveryTo(['slack'], { event: scaleOf(`set-${index}`, 1, 2) }), `m${index}`);
  }
  ports.deliveries.waiting.length = 0;
  return { ports, chat, relay, [Symbol.asyncDispose]: chat[Symbol.asyncDispose] };
}

describe('a flush that was lost', () => {
  it('is woken by the watch', async () => {
    await using there = await stuck();
    there.ports.time.now += HOUR;

    expect(await there.relay.watch()).toMatchObject({ flushes: 1, deadLetters: 0 });
    await drain(there.relay, there.ports);

    expect(entriesOf(there.ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(11).fill('sent'));
    expect(await there.relay.watch()).toMatchObject({ flushes: 0, deadLetters: 0 });
  });

  it('is not woken while it may still come', async () => {
    await using there = await stuck();
    there.ports.time.now += MINUTE;

    expect(await there.relay.watch()).toMatchObject({ flushes: 0 });
  });

  it('is called for again by the next event, once it is long overdue', async () => {
    await using there = await stuck();
    there.ports.time.now += 10 * MINUTE;
    await there.ports.deliveries.send(deliveryTo(['slack'], { event: scaleOf('next', 1, 2) }));

    await drain(there.relay, there.ports);

    expect(entriesOf(there.ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(12).fill('sent'));
  });

  it('is woken where the state of the receiver was lost, too', async () => {
    await using there = await stuck();
    await there.ports.ledger.write('slack', [{ kind: 'put', key: 'state', value: { version: 0 } }]);

    const { relay } = relayWith([receiverAt('slack', there.chat.url)], there.ports);
    expect(await relay.watch()).toMatchObject({ flushes: 1 });
    await drain(relay, there.ports);

    expect(there.ports.ledger.rows('slack', 'parked:')).toStrictEqual([]);
  });
});

describe('a flush that nobody awaits', () => {
  it('does nothing, and takes no share of the rate', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perHour: 1 } }], ports);

    expect(await relay.deliver({ version: 1, flush: 'slack' })).toStrictEqual([
      { outcome: 'nothing', receiver: 'slack' },
    ]);
    expect(await relay.deliver(deliveryTo(['slack']))).toMatchObject([{ outcome: 'sent' }]);
  });

  it('for a receiver that is no more does nothing', async () => {
    const { relay } = relayWith([]);

    expect(await relay.deliver({ version: 1, flush: 'gone' })).toStrictEqual([
      { outcome: 'nothing', receiver: 'gone' },
    ]);
  });
});

describe('what is parked for a receiver that is no more', () => {
  it('becomes dead letters', async () => {
    await using there = await stuck();
    const { relay } = relayWith([], there.ports);
    there.ports.time.now += MINUTE;

    expect(await relay.deliver({ version: 1, flush: 'slack' })).toMatchObject([
      { outcome: 'dead', reason: 'no-such-receiver', events: 10 },
    ]);
    expect(entriesOf(there.ports.ledger, 'slack', 'dead:')).toHaveLength(10);
  });
});

describe('dead letters', () => {
  it('are told of once an hour, those that have come since', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, () => ({ status: 400, body: 'invalid_blocks' }));
    await using admin = await chatAt(ports);
    const { relay } = relayWith(
      [receiverAt('slack', chat.url, 'main'), receiverAt('slack', admin.url, 'admin')],
      ports,
      {
        notices: ['admin'],
      },
    );
    const die = async (name: string) => relay.deliver(deliveryTo(['main'], { event: scaleOf(name, 1, 2) }), name);
    const counts: number[] = [];
    // The timer comes a little early, and a little late.
    for (const [hour, names, jitter] of [
      [0, ['a', 'b'], 0],
      [1, ['c'], 300],
      [2, [], 0],
      [3, ['d', 'e', 'f'], -150],
      [4, ['g'], 20],
    ] as const) {
      for (const name of names) await die(name);
      ports.time.now = Date.parse('2026-11-20T15:17:00.200Z') + hour * HOUR + jitter;
      counts.push((await relay.watch()).deadLetters);
      await drain(relay, ports, ports.time.now);
    }

    expect(counts).toStrictEqual([2, 1, 0, 3, 1]);
    expect(admin.received).toHaveLength(4);
  });

  it('are told of nobody where nobody is to be told', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, () => ({ status: 400, body: 'invalid_blocks' }));
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await relay.deliver(deliveryTo(['slack']));

    expect(await relay.watch()).toMatchObject({ flushes: 0, deadLetters: 1 });
    expect(ports.deliveries.sent).toStrictEqual([]);
  });
});

describe('a message that the platform gave up', () => {
  const buried = async (message: unknown, ports = memoryPorts()) => {
    const { relay } = relayWith(
      [
        { ...receiverAt('slack', 'http://127.0.0.1:1', 'main'), fallback: 'second' },
        receiverAt('slack', 'http://127.0.0.1:1', 'second'),
      ],
      ports,
    );
    ports.poison.give(message);
    return { reports: await relay.sweep(), ports };
  };

  it('and that nobody ever began to send is queued again: its receiver never failed', async () => {
    const { reports, ports } = await buried(deliveryTo(['main', 'second']));

    expect(reports).toMatchObject([
      { outcome: 'postponed', receiver: 'main', delay: 60 },
      { outcome: 'postponed', receiver: 'second', delay: 60 },
    ]);
    expect(ports.deliveries.sent).toStrictEqual([
      { message: deliveryTo(['main']), delay: 60 },
      { message: deliveryTo(['second']), delay: 60 },
    ]);
    expect(ports.ledger.rows('main')).toStrictEqual([]);
  });

  it.each([
    ['waits', { state: 'waiting', attempt: 3 }],
    ['was left at the one before', { state: 'sending', attempt: 2 }],
  ])('is queued again as the try that it is, where that one %s', async (_what, change) => {
    const ports = memoryPorts();
    await ports.ledger.write('main', [
      { kind: 'insert', key: eventKey(examples.scale.id), value: { ...entry, ...change } },
    ]);

    const { reports } = await buried(deliveryTo(['main'], { attempt: 3 }), ports);

    expect(reports).toMatchObject([{ outcome: 'postponed' }]);
    expect(ports.deliveries.sent).toMatchObject([{ message: { attempt: 3 }, delay: 60 }]);
  });

  it('because storage was away for hours is sent once that is back', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await ports.deliveries.send(deliveryTo(['slack']));
    ports.ledger.down = true;
    await expect(drain(relay, ports)).rejects.toThrow(StorageError);
    ports.time.now += 5 * HOUR;

    ports.ledger.down = false;
    ports.poison.give(deliveryTo(['slack']));
    await relay.sweep();
    await drain(relay, ports);

    expect(entryOf(ports.ledger, 'slack').state).toBe('sent');
  });

  it.each([
    ['was begun', {}, true],
    ['nobody began for a week', { acceptedAt: '2026-11-13T14:05:09.000Z' }, false],
  ])('and that %s is a dead letter with the reason, and its fallback is told', async (_what, more, isBegun) => {
    const known = memoryPorts();
    const row = { kind: 'insert', key: eventKey(examples.scale.id), value: entry } as const;
    if (isBegun) await known.ledger.write('main', [row]);
    const { reports, ports } = await buried(deliveryTo(['main'], more), known);

    expect(reports).toStrictEqual([
      {
        outcome: 'dead',
        receiver: 'main',
        eventId: examples.scale.id,
        attempt: 0,
        reason: 'failed-too-often',
        fallback: 'second',
      },
    ]);
    expect(entriesOf(ports.ledger, 'main', 'dead:')).toMatchObject([{ reason: 'failed-too-often' }]);
    expect(ports.deliveries.sent).toMatchObject([{ message: { receivers: ['second'], attempt: 0 } }]);
  });

  it.each(['sent', 'dead', 'parked', 'overtaken', 'quiet'] as const)(
    'is nothing new where the event is %s',
    async (state) => {
      const ports = memoryPorts();
      await ports.ledger.write('main', [
        { kind: 'insert', key: eventKey(examples.scale.id), value: { ...entry, state } },
      ]);

      const { reports } = await buried(deliveryTo(['main']), ports);

      expect(reports).toMatchObject([{ outcome: 'duplicate', reason: state }]);
      expect(entryOf(ports.ledger, 'main').state).toBe(state);
    },
  );

  it('is nothing new where a later try is under way', async () => {
    const ports = memoryPorts();
    await ports.ledger.write('main', [
      { kind: 'insert', key: eventKey(examples.scale.id), value: { ...entry, attempt: 1 } },
    ]);

    expect((await buried(deliveryTo(['main']), ports)).reports).toMatchObject([{ outcome: 'duplicate' }]);
  });

  it('and that nobody can read is kept', async () => {
    expect((await buried('hello')).reports).toStrictEqual([{ outcome: 'dead', reason: 'unreadable' }]);
  });

  it('and that is a flush comes again', async () => {
    const { reports, ports } = await buried({ version: 1, flush: 'main' });

    expect(reports).toMatchObject([{ outcome: 'postponed', delay: 60 }]);
    expect(ports.deliveries.sent).toStrictEqual([{ message: { version: 1, flush: 'main' }, delay: 60 }]);
  });

  it('is left in the queue while storage is down', async () => {
    const ports = memoryPorts();
    ports.ledger.down = true;

    await expect(buried(deliveryTo(['main']), ports)).rejects.toThrow(StorageError);
  });
});

const entry = {
  event: examples.scale,
  receiver: 'main',
  state: 'sending',
  attempt: 0,
  owner: 'm0',
  leaseUntil: '2026-11-20T14:05:00.000Z',
  updatedAt: '2026-11-20T14:05:00.000Z',
  attempts: [],
} as const;

describe('the ledger', () => {
  it('forgets what is older than thirty days, and neither what waits nor the state', async () => {
    await using there = await stuck();
    const { ledger, time } = there.ports;
    // What is urgent goes all the same.
    await there.relay.deliver(deliveryTo(['slack'], { event: examples.alert }), 'alert');
    time.now += 29 * 24 * HOUR;
    expect(await there.relay.clean()).toMatchObject({ deliveries: 0 });

    time.now += 2 * 24 * HOUR;
    expect((await there.relay.clean()).deliveries).toBe(24);

    expect(ledger.rows('slack').map(({ key }) => key.split(':')[0])).toStrictEqual([
      ...Array(10).fill('parked'),
      'state',
    ]);
  });

  it('forgets dead letters as well', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, () => ({ status: 400, body: 'invalid_blocks' }));
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await relay.deliver(deliveryTo(['slack']));
    ports.time.now += 31 * 24 * HOUR;

    expect((await relay.clean()).deliveries).toBe(3);
    expect(ports.ledger.rows('slack')).toStrictEqual([]);
  });
});

describe('a clock that jumps', () => {
  it.each([
    ['a year ahead and back', [365 * 24 * HOUR, 0]],
    ['an hour back and ahead', [-HOUR, 0]],
    ['ahead by a day for good', [24 * HOUR]],
    ['back by a day for good', [-24 * HOUR]],
  ])('%s loses nothing and keeps nothing waiting', async (_what, jumps) => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    await using chat = await chatAt(ports, (_at, before) => (before % 7 === 3 ? { status: 503 } : undefined));
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1, perHour: 100 } }], ports);
    let sent = 0;
    for (const jump of [0, ...jumps]) {
      ports.time.now = begun + jump + sent * 1000;
      // The queue's own clock does not jump.
      for (const queued of ports.deliveries.waiting) queued.visibleAt = ports.time.now;
      for (let index = 0; index < 20; index += 1, sent += 1) {
        await ports.deliveries.send(deliveryTo(['slack'], { event: scaleOf(`set-${sent}`, 1, 2) }), index / 4);
      }
      await drain(relay, ports, ports.time.now + 3_000);
    }
    const last = ports.time.now;

    await drain(relay, ports);

    expect(entriesOf(ports.ledger, 'slack').filter(({ state }) => state === 'sent')).toHaveLength(sent);
    expect(stateOf(ports.ledger, 'slack').flushAt).toBeUndefined();
    expect(ports.time.now - last).toBeLessThan(15 * MINUTE);
  });
});

describe('a poison queue with what somebody else wrote', () => {
  it('becomes dead letters that keep its beginning, and is told of', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports, { notices: ['slack'] });
    const foreign = Array.from({ length: 99 }, (_, index) => `plain text ${index}`);
    ports.poison.texts.push(...foreign, Buffer.from([0xff, 0xfe]).toString('base64'));

    const reports = await relay.sweep();
    const watched = await relay.watch();

    expect(reports).toStrictEqual(Array(100).fill({ outcome: 'dead', reason: 'unreadable' }));
    expect(ports.poison.texts).toStrictEqual([]);
    expect(watched.deadLetters).toBe(100);
    expect(ports.deliveries.sent).toMatchObject([
      { message: { event: { topic: 'deadLetters' }, receivers: ['slack'] } },
    ]);
    expect(JSON.stringify(ports.ledger.rows('~unread'))).toContain('plain text 42');
  });
});

describe('the watch', () => {
  it('tells how long a message has waited that nobody takes', async () => {
    const ports = memoryPorts();
    const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')], ports);
    await ports.deliveries.send(deliveryTo(['slack']));

    expect(await relay.watch()).not.toHaveProperty('oldestSeconds');
    ports.time.now += 20 * MINUTE;

    expect((await relay.watch()).oldestSeconds).toBeGreaterThanOrEqual(20 * 60);
  });

  it('says nothing of a message that waited for its time', async () => {
    const ports = memoryPorts();
    const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')], ports);
    await ports.deliveries.send(deliveryTo(['slack']), 3_600);
    ports.time.now += 20 * MINUTE;

    expect(await relay.watch()).not.toHaveProperty('oldestSeconds');
  });

  it('is missed by a deep look at the health once it has not run for hours', async () => {
    const ports = memoryPorts();
    const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')], ports);
    const deep = () => relay.health(requestOf('', { method: 'GET', query: 'deep=1' }));
    expect(await deep()).toMatchObject({ status: 200, jsonBody: { watch: 'not yet' } });

    await relay.watch();
    expect(await deep()).toMatchObject({ status: 200, jsonBody: { watch: '2026-11-20T14:05:09.000Z' } });
    ports.time.now += 3 * HOUR;

    expect(await deep()).toMatchObject({ status: 503, jsonBody: { type: 'urn:autoscale-relay:problem:timers' } });
    expect(await relay.health(requestOf('', { method: 'GET' }))).toMatchObject({ status: 200 });
  });
});

describe('many receivers', () => {
  const get = (query: string) => requestOf('', { method: 'GET', query });

  it.each<[string, (relay: Relay) => Promise<unknown>]>([
    ['watch', (relay) => relay.watch()],
    ['clean', (relay) => relay.clean()],
    ['deliveries', (relay) => relay.deliveries(get(''))],
    ['dead letters', (relay) => relay.deadLetters(get(''))],
    ['one event', (relay) => relay.show(get('id=abcdef12'))],
  ])('are looked at some at a time, and all the others where one cannot be: %s', async (_what, look) => {
    const ports = memoryPorts();
    const names = Array.from({ length: 20 }, (_, index) => `slack-${index}`);
    const looked = new Set<string>();
    let now = 0;
    let most = 0;
    const { list } = ports.ledger;
    ports.ledger.list = async function* (partition, range) {
      looked.add(partition);
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
      if (partition === 'slack-3') throw new StorageError('the ledger did not answer', 'no answer');
      yield* list.call(ports.ledger, partition, range);
    };
    const { relay } = relayWith(
      names.map((name) => receiverAt('slack', 'http://127.0.0.1:1', name)),
      ports,
    );

    const failed = await look(relay).catch((error: unknown) => error);

    if (failed instanceof Error) expect(failed).toBeInstanceOf(StorageError);
    else expect(failed).toMatchObject({ status: 503 });

    expect([...looked]).toEqual(expect.arrayContaining(names));
    expect(most).toBeGreaterThan(1);
  });
});

describe('a row that says "sending"', () => {
  const sendingSince = async (hours: number) => {
    const ports = memoryPorts();
    const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')], ports);
    const row = { ...entry, receiver: 'slack', state: 'sending' } as const;
    await ports.ledger.write('slack', [{ kind: 'insert', key: eventKey(examples.scale.id), value: row }]);
    ports.time.now += hours * HOUR;
    return { cleaned: await relay.clean(), state: entryOf(ports.ledger, 'slack') };
  };

  it('a day after its message ended is settled', async () => {
    expect(await sendingSince(25)).toMatchObject({
      cleaned: { settled: 1 },
      state: { state: 'sent', reason: 'unrecorded' },
    });
  });

  it('is let be while its message may come back', async () => {
    expect(await sendingSince(23)).toMatchObject({ cleaned: { settled: 0 }, state: { state: 'sending' } });
  });
});
