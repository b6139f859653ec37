import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entryOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { MemoryLedger, memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import type { Reply } from '../support/server.ts';

const at = (seconds: number): string => new Date(Date.parse('2026-11-20T14:05:09.000Z') + seconds * 1000).toISOString();

const alert = (state: 'fired' | 'resolved', seconds: number, story = 'alert-1') => ({
  ...examples.alert,
  id: `${story} ${state} ${seconds}`,
  story,
  state,
  occurredAt: at(seconds),
});

const deployment = (phase: 'started' | 'succeeded', seconds: number, environment = 'prod') => ({
  ...examples.deployment,
  id: `${phase} ${seconds} ${environment}`,
  phase,
  environment,
  occurredAt: at(seconds),
});

/** What became of events that came in this order. */
async function outcomes(events: readonly RelayEvent[], reply?: (at: number, before: number) => Reply | undefined) {
  const ports = memoryPorts();
  await using chat = await chatAt(ports, reply);
  const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
  for (const event of events) await ports.deliveries.send(deliveryTo(['slack'], { event }));
  await drain(relay, ports);
  return {
    states: events.map(({ id }) => entryOf(ports.ledger, 'slack', id).state),
    bodies: chat.received.map(({ body }) => body),
    ports,
  };
}

describe('an event that comes after its story has ended', () => {
  it.each([
    ['an alert that fired', alert('fired', 0), alert('resolved', 60)],
    ['a deployment that started', deployment('started', 0), deployment('succeeded', 60)],
  ])('is recorded and not sent: %s', async (_what, early, end) => {
    const { states, bodies, ports } = await outcomes([end, early]);

    expect(states).toStrictEqual(['sent', 'overtaken']);
    expect(bodies).toHaveLength(1);
    expect(entryOf(ports.ledger, 'slack', early.id)).toMatchObject({ reason: 'story-ended', event: early });
  });

  it('is sent where the story has begun again', async () => {
    const events = [alert('fired', 0), alert('resolved', 60), alert('fired', 120), alert('resolved', 180)];

    expect((await outcomes(events)).states).toStrictEqual(Array(4).fill('sent'));
  });

  it('is overtaken by the latest of several ends', async () => {
    const events = [alert('fired', 0), alert('resolved', 180), alert('fired', 120)];

    expect((await outcomes(events)).states).toStrictEqual(['sent', 'sent', 'overtaken']);
  });

  it('is overtaken by the latest of several ends, also where that came first', async () => {
    const events = [alert('resolved', 180), alert('resolved', 60), alert('fired', 120)];

    expect((await outcomes(events)).states).toStrictEqual(['sent', 'sent', 'overtaken']);
  });

  it('is sent where the end was told by a clock that was a day ahead', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await relay.deliver(deliveryTo(['slack'], { event: alert('resolved', 86_400) }), 'end');
    ports.time.now += 3_600_000;

    expect(await relay.deliver(deliveryTo(['slack'], { event: alert('fired', 3_600) }), 'again')).toMatchObject([
      { outcome: 'sent' },
    ]);
  });

  it('is sent where it is of another story or environment', async () => {
    const events = [
      alert('resolved', 60),
      alert('fired', 0, 'alert-2'),
      deployment('succeeded', 60, 'test'),
      deployment('started', 0, 'prod'),
    ];

    expect((await outcomes(events)).states).toStrictEqual(Array(4).fill('sent'));
  });

  it('is overtaken on its second try, where the end came in between', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) => (before === 0 ? { status: 200, reset: true } : undefined));
    const { relay } = relayWith([receiverAt('slack', chat.url)], { ...ports, random: () => 0.99 });
    await ports.deliveries.send(deliveryTo(['slack'], { event: alert('fired', 0) }));
    await ports.deliveries.send(deliveryTo(['slack'], { event: alert('resolved', 1) }), 5.5);

    const reports = await drain(relay, ports);

    // The quick second try went through here; a third one would find the end.
    expect(reports.map(({ outcome }) => outcome)).toStrictEqual(['sent', 'sent']);
  });

  it('is overtaken when it waited for its second try meanwhile', async () => {
    const { states, bodies } = await outcomes([alert('fired', 0)], (_at, before) =>
      before === 0 ? { status: 503 } : undefined,
    );
    expect([states, bodies.length]).toStrictEqual([['sent'], 2]);

    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) => (before === 0 ? { status: 503 } : undefined));
    // The second try comes at 6 s, after the hold of 5 s and after the end of the story.
    const { relay } = relayWith([receiverAt('slack', chat.url)], { ...ports, random: () => 0.999 });
    await ports.deliveries.send(deliveryTo(['slack'], { event: alert('fired', 0) }));
    await ports.deliveries.send(deliveryTo(['slack'], { event: alert('resolved', 1) }), 5.5);

    await drain(relay, ports);

    expect(entryOf(ports.ledger, 'slack', 'alert-1 fired 0').state).toBe('overtaken');
    expect(chat.received).toHaveLength(2);
  });
});

describe('a story whose events wait together', () => {
  it('is told by its newest', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) =>
      before === 0 ? { status: 429, headers: { 'retry-after': '30' } } : undefined,
    );
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    await relay.deliver(deliveryTo(['slack'], { event: alert('resolved', 0, 'other') }), 'm0');
    const events = [alert('fired', 0), alert('resolved', 10)];
    for (const [index, event] of events.entries()) {
      await ports.deliveries.send(deliveryTo(['slack'], { event }), index * 10);
    }

    await drain(relay, ports);

    expect(chat.received).toHaveLength(2);
    expect(chat.received[1]?.body).toContain('Alert resolved Sev1');
    expect(chat.received[1]?.body).not.toContain('Alert fired Sev1');
    for (const { id } of events) expect(entryOf(ports.ledger, 'slack', id).state).toBe('sent');
    const digests = [...events, alert('resolved', 0, 'other')].map(
      ({ id }) => entryOf(ports.ledger, 'slack', id).digest,
    );
    expect(new Set(digests).size).toBe(1);
  });
});

describe('an end that is written while another event of its story is being claimed', () => {
  it('is noticed, by a receiver without a rate, too', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const receivers = [receiverAt('slack', chat.url)];
    const other = relayWith(receivers, ports).relay;
    let meanwhile = false;
    class Interrupted extends MemoryLedger {
      override async read(partition: string, key: string) {
        const row = await ports.ledger.read(partition, key);
        if (key.startsWith('story:') && !meanwhile) {
          meanwhile = true;
          await other.deliver(deliveryTo(['slack'], { event: alert('resolved', 60) }), 'end');
        }
        return row;
      }
      override write(...changes: Parameters<MemoryLedger['write']>) {
        return ports.ledger.write(...changes);
      }
    }
    const { relay } = relayWith(receivers, { ...ports, ledger: new Interrupted() });
    await other.deliver(deliveryTo(['slack'], { event: alert('fired', 0) }), 'first');

    const [report] = await relay.deliver(deliveryTo(['slack'], { event: alert('fired', 30) }), 'second');

    expect(meanwhile).toBe(true);
    expect(report).toMatchObject({ outcome: 'overtaken' });
  });
});

describe('two ends of one story at the same moment', () => {
  it('leave the later one written down, whoever writes last', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const receivers = [receiverAt('slack', chat.url)];
    const other = relayWith(receivers, ports).relay;
    let meanwhile = false;
    class Interrupted extends MemoryLedger {
      override async read(partition: string, key: string) {
        const row = await ports.ledger.read(partition, key);
        if (key.startsWith('story:') && !meanwhile) {
          meanwhile = true;
          await other.deliver(deliveryTo(['slack'], { event: alert('resolved', 180) }), 'later');
        }
        return row;
      }
      override write(...changes: Parameters<MemoryLedger['write']>) {
        return ports.ledger.write(...changes);
      }
    }
    const { relay } = relayWith(receivers, { ...ports, ledger: new Interrupted() });
    await other.deliver(deliveryTo(['slack'], { event: alert('fired', 0) }), 'first');

    await relay.deliver(deliveryTo(['slack'], { event: alert('resolved', 60) }), 'earlier');

    expect(meanwhile).toBe(true);
    expect(await other.deliver(deliveryTo(['slack'], { event: alert('fired', 120) }), 'late')).toMatchObject([
      { outcome: 'overtaken' },
    ]);
  });
});

describe('two events of one story at the same moment', () => {
  it('are never told the wrong way round once the end is known', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const relays = [1, 2].map(() => relayWith([receiverAt('slack', chat.url)], ports).relay);
    for (let round = 0; round < 20; round += 1) {
      const [fired, resolved] = [alert('fired', 0, `alert-${round}`), alert('resolved', 1, `alert-${round}`)];

      const [[first], [end]] = await Promise.all([
        relays[0]?.deliver(deliveryTo(['slack'], { event: fired }), `f${round}`) ?? [],
        relays[1]?.deliver(deliveryTo(['slack'], { event: resolved }), `r${round}`) ?? [],
      ]);

      expect(end?.outcome).toBe('sent');
      expect(['sent', 'overtaken']).toContain(first?.outcome);
      // Whoever comes after both finds the end.
      const [late] =
        (await relays[0]?.deliver(
          deliveryTo(['slack'], { event: alert('fired', 0.5, `alert-${round}`) }),
          `l${round}`,
        )) ?? [];
      expect(late?.outcome).toBe('overtaken');
    }
  });
});
