import { describe, expect, it } from 'vitest';
import { eventKey } from '../../src/delivery/rules/keys.ts';
import { eventually } from '../integration/eventually.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entriesOf, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { largest } from '../support/largest.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import type { Reply } from '../support/server.ts';

const FLUSH = { version: 1, flush: 'slack' } as const;

/** A receiver of one message a second, with one sent and four parked; a flush is in the queue. */
async function parked(reply: (at: number, before: number) => Reply | undefined = () => undefined, perSecond = 1) {
  const ports = memoryPorts();
  const chat = await chatAt(ports, reply);
  const receivers = [{ ...receiverAt('slack', chat.url), rate: { perSecond } }];
  const { relay } = relayWith(receivers, ports);
  for (let index = 0; index < 5; index += 1) {
    await relay.deliver(deliveryTo(['slack'], { event: scaleOf(`set-${index}`, 1, 2, index) }), `m${index}`);
  }
  return { ports, chat, relay, receivers, [Symbol.asyncDispose]: chat[Symbol.asyncDispose] };
}

const states = (ports: ReturnType<typeof memoryPorts>) => entriesOf(ports.ledger, 'slack').map(({ state }) => state);

describe('a flush', () => {
  it('that comes within the second before its time waits for it', async () => {
    await using there = await parked();
    const began = there.ports.time.now;
    there.ports.time.now += 400;

    expect(await there.relay.deliver(FLUSH, 'f1')).toMatchObject([{ outcome: 'digest', events: 4 }]);

    expect(there.chat.times).toStrictEqual([began, began + 1_000]);
    expect(states(there.ports)).toStrictEqual(Array(5).fill('sent'));
  });

  it('that comes earlier still comes again at its time', async () => {
    await using there = await parked(undefined, 0.2);
    there.ports.deliveries.waiting.length = 0;
    there.ports.time.now += 400;

    expect(await there.relay.deliver(FLUSH, 'f1')).toStrictEqual([
      { outcome: 'postponed', reason: 'not-yet', receiver: 'slack', delay: 5 },
    ]);
    expect(there.chat.received).toHaveLength(1);
    await drain(there.relay, there.ports);

    expect(states(there.ports)).toStrictEqual(Array(5).fill('sent'));
  });

  it('that comes early while another one is under way goes at its own time', async () => {
    const memory = memoryPorts();
    const answered = Promise.withResolvers<void>();
    await using chat = await chatAt(memory, (_at, before) =>
      before === 1 ? { status: 200, body: 'ok', after: answered.promise } : undefined,
    );
    // The other one ends while the early one waits for its time.
    const meanwhile = [async () => {}, async () => first];
    const wait = async (milliseconds: number) => {
      await meanwhile.shift()?.();
      memory.time.now += milliseconds;
    };
    const ports = { ...memory, clock: { ...memory.clock, wait } };
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
    const send = (name: string) => relay.deliver(deliveryTo(['slack'], { event: scaleOf(name, 1, 2) }), name);
    await send('first');
    await send('parked');
    const began = memory.time.now;
    memory.time.now += 10;

    const first = relay.deliver(FLUSH, 'f1');
    await eventually(() => expect(chat.received).toHaveLength(2));
    memory.time.now += 10;
    expect(await send('parked meanwhile')).toMatchObject([{ outcome: 'parked' }]);
    const second = relay.deliver(FLUSH, 'f2');
    answered.resolve();

    expect(await first).toMatchObject([{ outcome: 'sent' }]);
    expect(await second).toMatchObject([{ outcome: 'sent' }]);
    expect(chat.times).toStrictEqual([began, began + 1_000, began + 2_000]);
  });

  it('waits for another one that is under way, and looks again every few seconds', async () => {
    const answered = Promise.withResolvers<void>();
    await using there = await parked((_at, before) =>
      before === 1 ? { status: 200, body: 'ok', after: answered.promise } : undefined,
    );
    const other = relayWith(there.receivers, there.ports).relay;
    there.ports.time.now += 1_000;

    const slow = there.relay.deliver(FLUSH, 'f1');
    await eventually(() => expect(there.chat.received).toHaveLength(2));
    const parkedLate = await other.deliver(deliveryTo(['slack'], { event: scaleOf('late', 1, 2) }), 'late');
    const second = await other.deliver(FLUSH, 'f2');
    answered.resolve();
    await slow;

    expect(parkedLate).toMatchObject([{ outcome: 'parked' }]);
    expect(second).toMatchObject([{ outcome: 'postponed', delay: 5 }]);
    await drain([there.relay, other], there.ports);
    expect(states(there.ports)).toStrictEqual(Array(6).fill('sent'));
    expect(there.chat.received).toHaveLength(3);
  });

  it('that the queue brings twice sends once', async () => {
    await using there = await parked();
    there.ports.time.now += 1_000;

    expect(await there.relay.deliver(FLUSH, 'f1')).toMatchObject([{ outcome: 'digest', events: 4 }]);
    expect(await there.relay.deliver(FLUSH, 'f1')).toMatchObject([{ outcome: 'nothing' }]);
    expect(there.chat.received).toHaveLength(2);
  });

  it('leaves alone what somebody else has taken away meanwhile, and records the rest', async () => {
    await using there = await parked((_at, before) => {
      // It takes so long that another flush takes over one of its events.
      if (before === 1) void taken();
      return before === 1 ? { status: 200, body: 'ok', after: 50 } : undefined;
    });
    const { ledger, time } = there.ports;
    const taken = async () => {
      const [row] = ledger.rows('slack', 'parked:');
      const [entry] = entriesOf(ledger, 'slack', 'parked:');
      if (row === undefined || entry === undefined) throw new Error('nothing is parked');
      await ledger.write('slack', [
        { kind: 'delete', key: row.key },
        { kind: 'put', key: eventKey(entry.event.id), value: { ...entry, state: 'sent', digest: 'of-another' } },
      ]);
    };
    time.now += 1_000;

    await there.relay.deliver(FLUSH, 'f1');

    expect(states(there.ports)).toStrictEqual(Array(5).fill('sent'));
    expect(entriesOf(ledger, 'slack').filter(({ digest }) => digest === 'of-another')).toHaveLength(1);
    expect(ledger.rows('slack', 'parked:')).toStrictEqual([]);
  });

  it('that is slower than its lease does not end the lease of the next one', async () => {
    const answered = Promise.withResolvers<void>();
    await using there = await parked((_at, before) =>
      before === 1 ? { status: 200, body: 'ok', after: answered.promise } : undefined,
    );
    const slow = there.relay.deliver(FLUSH, 'f1');
    const { ledger, time } = there.ports;
    time.now += 1_000;
    const flushing = there.relay.deliver(FLUSH, 'f1');
    await eventually(() => expect(there.chat.received).toHaveLength(2));
    const until = time.now + 60_000;
    await ledger.write('slack', [
      { kind: 'put', key: 'state', value: { ...stateOf(ledger, 'slack'), flushing: { owner: 'f2', until } } },
    ]);
    answered.resolve();
    await Promise.all([slow, flushing]);

    expect(stateOf(ledger, 'slack').flushing).toStrictEqual({ owner: 'f2', until });
  });

  it('of thousands leaves as one digest', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
    for (let index = 0; index < 3_000; index += 1) {
      const event = scaleOf(`set-${index % 200}`, index, index + 1, index / 100);
      await relay.deliver(deliveryTo(['slack'], { event }), `m${index}`);
    }

    const reports = await drain(relay, ports);

    expect(reports).toMatchObject([{ outcome: 'digest', events: 2_999 }]);
    expect(states(ports).filter((state) => state === 'sent')).toHaveLength(3_000);
  });

  it('of very large ones leaves as several, so that they fit into memory', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
    const whole = largest('custom');
    for (let index = 0; index < 1_001; index += 1) {
      await relay.deliver(deliveryTo(['slack'], { event: { ...whole, id: `event ${index}` } }), `m${index}`);
    }

    const reports = (await drain(relay, ports)).filter(({ outcome }) => outcome === 'digest');

    expect(reports).toHaveLength(2);
    expect(reports.reduce((sum, { events = 0 }) => sum + events, 0)).toBe(1_000);
    expect(states(ports)).toStrictEqual(Array(1_001).fill('sent'));
  });
});
