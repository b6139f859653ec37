import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createReceiverStore } from '../../src/delivery/receiver-store.ts';
import { FRESH, receiverState } from '../../src/delivery/rules/receiver-state.ts';
import { chatAt, mostWithin } from '../support/chat.ts';
import { deliveryTo, entriesOf, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { MemoryLedger, memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';

/** Takes a moment for everything, as a network does: who was first to ask may be the last to be answered. */
class SlowLedger extends MemoryLedger {
  override async read(...key: Parameters<MemoryLedger['read']>) {
    await sleep(Math.random() * 5);
    return super.read(...key);
  }
  override async write(...changes: Parameters<MemoryLedger['write']>) {
    await sleep(Math.random() * 5);
    return super.write(...changes);
  }
}

describe.each([2, 5])('%i relays that share a ledger', (many) => {
  const relaysAt = (url: string, ports: ReturnType<typeof memoryPorts>, perSecond: number) =>
    Array.from({ length: many }, () => relayWith([{ ...receiverAt('slack', url), rate: { perSecond } }], ports).relay);

  it.each([1, 3])('never exceed a rate of %i a second by more than one message', async (perSecond) => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const relays = relaysAt(chat.url, ports, perSecond);
    for (let index = 0; index < 300; index += 1) {
      const event = scaleOf(`set-${index % 30}`, index, index + 1, index / 20);
      await ports.deliveries.send(deliveryTo(['slack'], { event }), index / 20);
    }

    await drain(relays, ports);

    expect(mostWithin(chat.times, 1_000)).toBeLessThanOrEqual(perSecond + 1);
    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(300).fill('sent'));
    expect(ports.ledger.rows('slack', 'parked:')).toStrictEqual([]);
  });

  it('that get everything at the same moment send one message, and one flush later the rest', async () => {
    const ports = { ...memoryPorts(), ledger: new SlowLedger(), random: Math.random };
    await using chat = await chatAt(ports);
    const relays = relaysAt(chat.url, ports, 1);

    const reports = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        relays[index % many]?.deliver(deliveryTo(['slack'], { event: scaleOf(`set-${index}`, 1, 2) }), `m${index}`),
      ),
    );
    expect(chat.received).toHaveLength(1);
    expect(reports.flat().filter((report) => report?.outcome === 'parked')).toHaveLength(39);
    await drain(relays, ports);

    expect(chat.received).toHaveLength(2);
    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(40).fill('sent'));
  });

  it('notice together that a receiver is broken, and tell of it once', async () => {
    for (let round = 0; round < 15; round += 1) {
      const ports = { ...memoryPorts(), ledger: new SlowLedger(), random: Math.random };
      await using chat = await chatAt(ports, () => ({ status: 404, body: 'no_service', after: 30 }));
      await using admin = await chatAt(ports);
      const receivers = [receiverAt('slack', chat.url, 'main'), receiverAt('slack', admin.url, 'admin')];
      // Their clocks do not agree to the millisecond.
      const relays = Array.from({ length: many }, (_, index) => {
        const clock = { ...ports.clock, now: () => ports.time.now + index };
        return relayWith(receivers, { ...ports, clock }, { notices: ['admin'] }).relay;
      });

      await Promise.all(
        relays.map((relay, index) =>
          relay.deliver(deliveryTo(['main'], { event: scaleOf(`set-${index}`, 1, 2) }), `m${index}`),
        ),
      );
      await drain(relays, ports);

      expect(admin.received).toHaveLength(1);
      expect(entriesOf(ports.ledger, 'main').map(({ state }) => state)).toStrictEqual(Array(many).fill('dead'));
    }
  });
});

/** A ledger that writes nothing until it is opened. */
function stalled() {
  const ports = memoryPorts();
  const gate = Promise.withResolvers<void>();
  class Stalled extends MemoryLedger {
    override async write(...changes: Parameters<MemoryLedger['write']>) {
      await gate.promise;
      return super.write(...changes);
    }
  }
  return { ports: { ...ports, ledger: new Stalled(() => ports.time.now) }, open: () => gate.resolve() };
}

describe('a claim that storage kept waiting', () => {
  it('takes its share of the rate when it is granted, so that no burst follows', async () => {
    const { ports, open } = stalled();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
    const deliveries = [];
    for (let second = 0; second < 5; second += 1) {
      const event = scaleOf(`set-${second}`, 1, 2, second);
      deliveries.push(relay.deliver(deliveryTo(['slack'], { event }), `m${second}`));
      await sleep(1);
      ports.time.now += 1_000;
    }
    open();
    await Promise.all(deliveries);
    await drain(relay, ports);

    // The one whose own write was kept waiting has its share from before.
    expect(mostWithin(chat.times, 1_000)).toBeLessThanOrEqual(2);
    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(5).fill('sent'));
  });

  it('has a whole lease before it', async () => {
    const { ports, open } = stalled();
    await using chat = await chatAt(ports, () => ({ status: 200, body: 'ok', after: 200 }));
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1_000 } }], ports);
    const [first, second] = ['a', 'b'].map((name) => deliveryTo(['slack'], { event: scaleOf(name, 1, 2) }));
    const deliveries = [relay.deliver(first, 'm0'), relay.deliver(second, 'm1')];
    await sleep(1);
    ports.time.now += 46_000;
    open();
    await sleep(50);

    // The same webhook once more, while the first is being sent.
    expect(await relay.deliver(second, 'm2')).toMatchObject([{ outcome: 'postponed' }]);
    await Promise.all(deliveries);
    expect(chat.received).toHaveLength(2);
  });
});

describe('a flush that one relay called for', () => {
  it('is not dropped by another relay that had nothing to wait for a moment ago', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const receivers = [{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }];
    const [one, other] = [relayWith(receivers, ports).relay, relayWith(receivers, ports).relay];
    await one.deliver(deliveryTo(['slack'], { event: scaleOf('a', 1, 2) }), 'a');
    await other.deliver(deliveryTo(['slack'], { event: scaleOf('b', 1, 2) }), 'b');

    await drain(one, ports);

    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(['sent', 'sent']);
  });
});

describe('the end of a story in one relay', () => {
  it('is not told before its beginning, which waits in another relay, by a receiver without a rate either', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) => (before === 1 ? { status: 503 } : undefined));
    const receivers = [receiverAt('slack', chat.url)];
    const [one, other] = [relayWith(receivers, ports).relay, relayWith(receivers, ports).relay];
    const alert = (state: 'fired' | 'resolved', occurredAt: string) =>
      deliveryTo(['slack'], { event: { ...examples.alert, id: state, story: 'cpu', state, occurredAt } });
    await other.deliver(deliveryTo(['slack'], { event: scaleOf('a', 1, 2) }), 'a');
    await one.deliver(deliveryTo(['slack'], { event: scaleOf('b', 1, 2) }), 'b');
    ports.time.now += 1_000;
    expect(await one.deliver(alert('fired', '2026-11-20T14:05:10.000Z'), 'f')).toMatchObject([{ outcome: 'parked' }]);

    expect(await other.deliver(alert('resolved', '2026-11-20T14:05:11.000Z'), 'r')).toMatchObject([
      { outcome: 'parked' },
    ]);
  });
});

describe('a desk', () => {
  const counting = (ports: ReturnType<typeof memoryPorts>, desk = createReceiverStore(ports)) =>
    desk.change('ops', async (state) => ({
      changes: [],
      state: { ...state, failures: state.failures + 1 },
      result: state.failures + 1,
    }));

  it('loses no change of a state, however many desks change it at once', async () => {
    const ports = { ...memoryPorts(), random: Math.random };
    const desks = [1, 2, 3].map(() => createReceiverStore(ports));

    const results = await Promise.all(
      Array.from({ length: 60 }, (_, index) => counting(ports, desks[index % desks.length])),
    );

    expect(stateOf(ports.ledger, 'ops').failures).toBe(60);
    expect(new Set(results.map(({ result }) => result)).size).toBe(60);
  });

  it('gets its turn among as many instances as there may be', async () => {
    const ports = { ...memoryPorts(), ledger: new SlowLedger(), random: Math.random };
    const desks = Array.from({ length: 40 }, () => createReceiverStore(ports));

    const results = await Promise.allSettled(
      Array.from({ length: 400 }, (_, index) => counting(ports, desks[index % desks.length])),
    );

    expect(results.filter(({ status }) => status === 'rejected')).toStrictEqual([]);
    expect(stateOf(ports.ledger, 'ops').failures).toBe(400);
  });

  it('overwrites a state of another form', async () => {
    const ports = memoryPorts();
    await ports.ledger.write('ops', [{ kind: 'insert', key: 'state', value: { version: 9, mood: 'good' } }]);

    expect((await counting(ports)).result).toBe(1);
    expect(receiverState.safeParse(ports.ledger.rows('ops')[0]?.value).success).toBe(true);
  });

  it('goes by what it knows for a moment, and notices after that what others have changed', async () => {
    const ports = memoryPorts();
    const [mine, other] = [createReceiverStore(ports), createReceiverStore(ports)];
    const failures = async () =>
      (await mine.change('ops', async (state) => ({ changes: [], result: state.failures }))).result;
    expect(await failures()).toBe(0);
    await counting(ports, other);

    expect(await failures()).toBe(0);
    ports.time.now += 16_000;
    expect(await failures()).toBe(1);
  });

  it('notices at once where something is written with the state', async () => {
    const ports = memoryPorts();
    const [mine, other] = [createReceiverStore(ports), createReceiverStore(ports)];
    await counting(ports, mine);
    await counting(ports, other);

    expect((await counting(ports, mine)).result).toBe(3);
  });

  it('writes all of a plan or nothing', async () => {
    const ports = memoryPorts();
    const desk = createReceiverStore(ports);
    await ports.ledger.write('ops', [{ kind: 'insert', key: 'event:1', value: 'there' }]);
    let tries = 0;

    await desk.change('ops', async (state) => {
      tries += 1;
      const changes = [{ kind: tries === 1 ? 'insert' : 'put', key: 'event:1', value: 'mine' } as const];
      return { changes, state: { ...state, failures: tries }, result: undefined };
    });

    expect(tries).toBe(2);
    expect(stateOf(ports.ledger, 'ops').failures).toBe(2);
  });

  it('gives up where it never gets a turn, and says so', async () => {
    const ports = memoryPorts();
    await ports.ledger.write('ops', [{ kind: 'insert', key: 'taken', value: 1 }]);

    await expect(
      createReceiverStore({ ...ports, random: () => 0 }).change('ops', async () => ({
        changes: [{ kind: 'insert', key: 'taken', value: 2 }],
        result: undefined,
      })),
    ).rejects.toMatchObject({ code: 'storage' });
    expect(ports.ledger.rows('ops', 'state')).toStrictEqual([]);
  });

  it('gives back, untouched, what stood in line for longer than it may; what may stand there has its turn', async () => {
    const { ports, open } = stalled();
    const desk = createReceiverStore(ports);
    const plans: string[] = [];
    const change = (name: string, longestWait?: number) =>
      desk.change(
        'ops',
        async (state) => {
          plans.push(name);
          return { changes: [], state: { ...state, failures: state.failures + 1 }, result: name };
        },
        longestWait,
      );
    const ends = Promise.allSettled([change('first'), change('hasty', 0), change('patient')]);
    await sleep(1);
    open();

    expect(await ends).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'storage' } },
      { status: 'fulfilled' },
    ]);
    expect(plans).toStrictEqual(['first', 'patient']);
    expect(stateOf(ports.ledger, 'ops').failures).toBe(2);
  });

  it('keeps changes of different receivers apart', async () => {
    const ports = memoryPorts();
    const desk = createReceiverStore(ports);
    const blocked = Promise.withResolvers<void>();
    const slow = desk.change('slow', async () => {
      await blocked.promise;
      return { changes: [], result: undefined };
    });

    expect((await desk.change('quick', async (state) => ({ changes: [], result: state }))).result).toStrictEqual(FRESH);
    blocked.resolve();
    await slow;
  });
});
