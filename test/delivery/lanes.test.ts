import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventKey, parkedKey } from '../../src/delivery/rules/keys.ts';
import { laneOf, unitsOf } from '../../src/delivery/rules/lanes.ts';
import { destinations } from '../../src/destinations/registry.ts';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { chatAt, mostWithin } from '../support/chat.ts';
import { deliveryTo, entriesOf, entryOf, scaleOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { type MemoryPorts, memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { listen } from '../support/server.ts';
import { share } from '../support/sweep.ts';

const START = Date.parse('2026-11-20T14:05:09.000Z');

type Alert = EventOf<'alert'>;

/** An alert of a story of its own, `seconds` after the tests' clock begins. */
function alertOf(name: string, severity: Alert['severity'], seconds = 0, more: Partial<Alert> = {}): Alert {
  const occurredAt = new Date(START + seconds * 1_000).toISOString();
  return {
    ...examples.alert,
    id: identity('test', name, more.state ?? 'fired', occurredAt),
    story: `story of ${name}`,
    rule: name,
    state: 'fired',
    severity,
    occurredAt,
    ...more,
  };
}

const info = (index: number, seconds: number, sets = 200): RelayEvent =>
  scaleOf(`set-${index % sets}`, Math.floor(index / sets), Math.floor(index / sets) + 1, seconds);

async function queue({ deliveries }: MemoryPorts, event: RelayEvent, seconds: number, to = 'slack') {
  await deliveries.send(deliveryTo([to], { event, acceptedAt: event.occurredAt }), seconds);
}

const receiver = (type: 'slack' | 'teams' | 'webhook', url: string, rate: object = {}) => ({
  ...receiverAt(type, url),
  rate: { ...destinations[type].rate, ...rate },
});

/** Which receives of the chat tell of what, by text. */
const telling = (received: readonly { readonly body: string }[], text: string) =>
  received.flatMap(({ body }, index) => (body.includes(text) ? [index] : []));

describe('critical events and errors', () => {
  it('are told alone, with what they call for: three of lesser weight and one critical within a second', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url, { burst: 1 })], ports);
    for (const index of [1, 2, 3]) await queue(ports, alertOf(`web-cpu-${index}`, 'warning'), 0);
    const critical = alertOf('db-down', 'critical');
    await queue(ports, critical, 0);

    await drain(relay, ports);

    expect(chat.received).toHaveLength(3);
    expect(chat.times[1]).toBe(START);
    expect(chat.received[1]?.body).toContain('db-down');
    expect(chat.received[1]?.body).not.toContain('web-cpu');
    expect(entryOf(ports.ledger, 'slack', critical.id).digest).toBeUndefined();
  });

  it('go first when a hold ends, the worst before the others, and are never told with lesser ones', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) =>
      before === 0 ? { status: 429, headers: { 'retry-after': '60' } } : undefined,
    );
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    await queue(ports, info(0, 0), 0);
    for (let index = 1; index < 40; index += 1) await queue(ports, info(index, index), index);
    await queue(ports, alertOf('an-error', 'error', 10), 10);
    await queue(ports, alertOf('db-down', 'critical', 20), 20);

    await drain(relay, ports);

    const [down] = telling(chat.received, 'db-down');
    const [error] = telling(chat.received, 'an-error');
    expect([down, error]).toStrictEqual([1, 2]);
    for (const { body } of chat.received.slice(1, 3)) expect(body).not.toContain('set-');
    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(42).fill('sent'));
  });

  it('of one second: the first at once and alone, all of sixty told within a minute, each by itself', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    for (let index = 0; index < 60; index += 1) {
      await queue(ports, alertOf(`db-${index}-down`, 'critical', index / 60), index / 60);
    }

    await drain(relay, ports);

    expect(chat.received).toHaveLength(60);
    expect(chat.times[0]).toBe(START);
    expect((chat.times.at(-1) ?? 0) - START).toBeLessThanOrEqual(60_000);
    expect(mostWithin(chat.times, 1_000)).toBeLessThanOrEqual(6);
    for (let index = 0; index < 60; index += 1) expect(telling(chat.received, `db-${index}-down`)).toHaveLength(1);
  });

  it('leave together where more wait than a burst and what a minute takes', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    for (let index = 0; index < 200; index += 1) await queue(ports, alertOf(`db-${index}-down`, 'critical'), 0);
    await queue(ports, alertOf('quiet-one', 'warning'), 0);

    await drain(relay, ports);

    expect(chat.received.length).toBeLessThan(20);
    const digests = entriesOf(ports.ledger, 'slack').filter(({ digest }) => digest !== undefined);
    expect(digests.length).toBeGreaterThan(150);
    // The lesser one is in none of them.
    expect(digests.map(({ event }) => event.severity)).not.toContain('warning');
    expect(entriesOf(ports.ledger, 'slack').every(({ state }) => state === 'sent')).toBe(true);
  });

  it('that ended while they waited are told with their end', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) =>
      before === 0 ? { status: 429, headers: { 'retry-after': '60' } } : undefined,
    );
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    await queue(ports, info(0, 0), 0);
    await queue(ports, alertOf('db-down', 'critical', 10), 10);
    await queue(ports, alertOf('db-down', 'critical', 30, { state: 'resolved' }), 30);

    await drain(relay, ports);

    expect(telling(chat.received, 'Alert fired Sev')).toStrictEqual([]);
    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(['sent', 'sent', 'sent']);
  });

  it('have the last twenty messages of an hour of Teams to themselves', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, () => ({ status: 202 }));
    const { relay } = relayWith([{ ...receiver('teams', chat.url, { gather: [1_000] }), name: 'teams' }], ports);
    const many = share(3_600);
    for (let index = 0; index < many; index += 1) {
      const seconds = (index * 3_600) / many;
      await queue(ports, info(index, seconds), seconds, 'teams');
    }
    for (let index = 0; index < 20; index += 1) {
      await queue(ports, alertOf(`db-${index}-down`, 'critical', 3_500 + index), 3_500 + index, 'teams');
    }

    await drain(relay, ports);

    for (let index = 0; index < 20; index += 1) {
      const [at] = telling(chat.received, `db-${index}-down`);
      expect((chat.times[at ?? -1] ?? 0) - START).toBeLessThanOrEqual((3_500 + index + 1) * 1_000);
    }
    expect(mostWithin(chat.times, 3_600_000)).toBeLessThanOrEqual(100);
  });
});

describe('a burst', () => {
  it('of a handful within a second is messages, and no digest', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    for (let index = 0; index < 5; index += 1) await queue(ports, info(index, index / 5), index / 5);

    await drain(relay, ports);

    expect(chat.received).toHaveLength(5);
    expect(chat.times.every((at) => at < START + 1_000)).toBe(true);
  });
});

describe('a storm', () => {
  it('of 60 scale-outs of 12 sets in 10 s is a burst and three messages at most', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    for (let index = 0; index < 60; index += 1) await queue(ports, info(index, index / 6, 12), index / 6);

    await drain(relay, ports);

    expect(chat.received.length).toBeLessThanOrEqual(5 + 3);
    expect(entriesOf(ports.ledger, 'slack').every(({ state }) => state === 'sent')).toBe(true);
  });

  it('of thousands of events over 200 sets in a minute is a burst and twelve at most, and each row names its digest', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    const many = share(5_000);
    for (let index = 0; index < many; index += 1) {
      await queue(ports, info(index, (index * 60) / many), (index * 60) / many);
    }

    await drain(relay, ports);

    expect(chat.received.length).toBeLessThanOrEqual(5 + 12);
    const entries = entriesOf(ports.ledger, 'slack');
    expect(entries).toHaveLength(many);
    expect(new Set(entries.map(({ event, digest }) => digest ?? event.id)).size).toBe(chat.received.length);
  });

  it('keeps no critical event waiting: 100 a second for two minutes, one critical each 10 s', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    const many = share(12_000);
    for (let index = 0; index < many; index += 1) {
      await queue(ports, info(index, (index * 120) / many), (index * 120) / many);
    }
    for (let second = 5; second < 120; second += 10) {
      await queue(ports, alertOf(`db-${second}-down`, 'critical', second), second);
    }

    await drain(relay, ports);

    for (let second = 5; second < 120; second += 10) {
      const [at] = telling(chat.received, `db-${second}-down`);
      expect((chat.times[at ?? -1] ?? 0) - START - second * 1_000).toBeLessThanOrEqual(1_000);
    }
    expect(chat.received.length).toBeLessThanOrEqual(12 + 5 + 12);
  });

  it('is over once little comes: the next event is told at once', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    for (let index = 0; index < 600; index += 1) await queue(ports, info(index, index / 10), index / 10);
    await queue(ports, info(999, 400), 400);

    await drain(relay, ports);

    expect(chat.times.at(-1)).toBe(START + 400_000);
  });
});

describe('a subscriber', () => {
  it('gets every event by itself: fifty critical alerts of one moment', async () => {
    const ports = memoryPorts();
    await using subscriber = await chatAt(ports, () => ({ status: 204 }));
    const { relay } = relayWith([receiver('webhook', subscriber.url)], ports);
    const events = Array.from({ length: 50 }, (_, index) => alertOf(`db-${index}-down`, 'critical'));
    for (const event of events) await queue(ports, event, 0, 'webhook');

    await drain(relay, ports);

    const ids = subscriber.received.map(({ body }) => String(JSON.parse(body).data.id));
    expect(ids.toSorted()).toStrictEqual(events.map(({ id }) => id).toSorted());
    expect(mostWithin(subscriber.times, 1_000)).toBeLessThanOrEqual(41);
  });

  it('gets every event by itself after it was away', async () => {
    const ports = memoryPorts();
    await using subscriber = await chatAt(ports, (at) => ({ status: at < START + 20_000 ? 503 : 204 }));
    const { relay } = relayWith([receiver('webhook', subscriber.url)], ports);
    const events = Array.from({ length: 300 }, (_, index) => info(index, index / 30));
    for (const [index, event] of events.entries()) await queue(ports, event, index / 30, 'webhook');

    await drain(relay, ports);

    const taken = subscriber.received.filter((_, index) => (subscriber.times[index] ?? 0) >= START + 20_000);
    const ids = new Set(taken.map(({ body }) => String(JSON.parse(body).data.id)));
    expect(ids.size).toBe(300);
    expect(taken).toHaveLength(300);
  });

  it('that never takes one event gets all the others, and the one becomes a dead letter', async () => {
    const ports = memoryPorts();
    const events = Array.from({ length: 30 }, (_, index) => info(index, 0));
    const poison = events[25];
    await using refusing = await listen(({ body }) => ({ status: body.includes(poison?.id ?? '-') ? 500 : 204 }));
    const { relay } = relayWith([receiver('webhook', refusing.url, { burst: 1 })], ports);
    for (const event of events) await queue(ports, event, 0, 'webhook');

    await drain(relay, ports);

    const states = entriesOf(ports.ledger, 'webhook').map(({ event, state }) => [event.id === poison?.id, state]);
    expect(states.filter(([isPoison]) => isPoison)).toStrictEqual([[true, 'dead']]);
    expect(states.filter(([isPoison]) => !isPoison)).toStrictEqual(Array(29).fill([false, 'sent']));
  });
});

describe('what waits', () => {
  const any = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      severity: fc.constantFrom<Alert['severity']>('info', 'warning', 'error', 'critical'),
      state: fc.constantFrom<Alert['state']>('fired', 'resolved'),
      seconds: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 30 },
  );

  it('leaves each once; what is urgent before the rest and never with it, the worst first', () => {
    fc.assert(
      fc.property(any, fc.boolean(), fc.integer({ min: 1, max: 10 }), (given, together, mostAlone) => {
        const waiting = given.map(({ name, severity, seconds, state }) => ({
          event: alertOf(name, severity, seconds, { state }),
          tries: 0,
        }));

        const units = unitsOf(waiting, { together, mostAlone });

        const left = units.flatMap(({ members }) => members);
        expect(left).toHaveLength(waiting.length);
        expect(new Set(left)).toStrictEqual(new Set(waiting));
        const lanes = units.map(({ lane }) => lane);
        expect(lanes).toStrictEqual(lanes.toSorted((a, b) => Number(a === 'usual') - Number(b === 'usual')));
        for (const { lane, members } of units) {
          if (lane === 'urgent') expect(members.map(({ event }) => laneOf(event))).not.toContain('usual');
          if (!together) expect(members).toHaveLength(1);
        }
        expect(units.filter(({ lane }) => lane === 'usual').length).toBeLessThanOrEqual(together ? 1 : waiting.length);
      }),
    );
  });

  it('leaves a review as a message of its own, and all else that is usual as one', () => {
    const waiting = [alertOf('a', 'info', 1), examples.review, alertOf('b', 'info', 2), examples.scale].map(
      (event) => ({
        event,
        tries: 0,
      }),
    );
    const units = unitsOf(waiting, { together: true, mostAlone: 5 });

    expect(units.map(({ members }) => members.map(({ event }) => event.kind).toSorted())).toStrictEqual(
      expect.arrayContaining([['review'], ['alert', 'alert', 'scale']]),
    );
    expect(units).toHaveLength(2);
  });

  it('was parked by the release before without its lane, and is told by this one all the same', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiver('slack', chat.url)], ports);
    const event = alertOf('db-down', 'critical');
    const entry = { event, receiver: 'slack', state: 'parked', attempt: 0, owner: 'm', attempts: [] };
    const value = { ...entry, leaseUntil: event.occurredAt, updatedAt: event.occurredAt };
    await ports.ledger.write('slack', [
      { kind: 'put', key: parkedKey(event.occurredAt, event.id), value },
      { kind: 'put', key: eventKey(event.id), value },
      {
        kind: 'put',
        key: 'state',
        value: { version: 1, used: { second: 0, hour: 0 }, failures: 0, noticed: {}, flushAt: START },
      },
    ]);
    await ports.deliveries.send({ version: 1, flush: 'slack' });

    await drain(relay, ports);

    expect(entryOf(ports.ledger, 'slack', event.id).state).toBe('sent');
    expect(chat.received).toHaveLength(1);
  });
});
