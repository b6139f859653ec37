import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { chatAt, mostWithin } from '../support/chat.ts';
import { deliveryTo, entriesOf, entryOf, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { type MemoryPorts, memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { share } from '../support/sweep.ts';

const slackAt = (url: string, perSecond = 1) => ({ ...receiverAt('slack', url), rate: { perSecond } });

const byTime = (a: RelayEvent, b: RelayEvent): number => (a.occurredAt < b.occurredAt ? -1 : 1);

/** Puts scale events into the queue, spread over so many seconds; each set goes up by one every time. */
async function storm({ deliveries }: MemoryPorts, many: number, sets: number, seconds: number) {
  const events = Array.from({ length: many }, (_, index) => {
    const step = Math.floor(index / sets);
    return scaleOf(`set-${index % sets}`, step, step + 1, (index * seconds) / many);
  });
  for (const [index, event] of events.entries()) {
    await deliveries.send(deliveryTo(['slack'], { event }), (index * seconds) / many);
  }
  return events;
}

describe.each([
  [200, 20, 10],
  [200, 200, 0],
  [share(5_000), 200, 60],
  [60, 1, 60],
])('a storm of %i events of %i scale sets in %i s, for a receiver that takes one a second', (many, sets, seconds) => {
  it('is told in at most a message a second, and each event is accounted for', async () => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    await using chat = await chatAt(ports);
    const { relay } = relayWith([slackAt(chat.url)], ports);
    const events = await storm(ports, many, sets, seconds);

    await drain(relay, ports);

    expect(mostWithin(chat.times, 1_000)).toBe(1);
    const lasted = ((chat.times.at(-1) ?? 0) - begun) / 1_000;
    expect(chat.received.length).toBeLessThanOrEqual(lasted + 1);
    expect(lasted).toBeLessThanOrEqual(seconds + 2);
    const entries = entriesOf(ports.ledger, 'slack');
    expect(entries).toHaveLength(events.length);
    for (const { state, attempts } of entries) {
      expect(state).toBe('sent');
      expect(attempts).toMatchObject([{ outcome: 'sent' }]);
    }
    expect(ports.ledger.rows('slack', 'parked:')).toStrictEqual([]);
    // As many messages as there are different ones named: alone, or the digest that they left in.
    expect(new Set(entries.map(({ event, digest }) => digest ?? event.id)).size).toBe(chat.received.length);
  });

  it('tells right numbers: each message counts what left in it, and ends where its scale sets ended', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([slackAt(chat.url)], ports);
    const events = await storm(ports, many, sets, seconds);

    await drain(relay, ports);

    const entries = entriesOf(ports.ledger, 'slack');
    let counted = 0;
    for (const [index, { body }] of chat.received.entries()) {
      const at = new Date(chat.times[index] ?? 0).toISOString();
      const left = entries.filter(({ attempts }) => attempts.at(-1)?.at === at).map(({ event }) => event);
      expect(left.length).toBeGreaterThan(0);
      counted += left.length;
      const text = textsIn(JSON.parse(body)).join(' ');
      const total = /(\d+) events on/.exec(text)?.[1];
      if (total !== undefined) expect(Number(total)).toBe(left.length);
      const figures = [...text.matchAll(/(set-\d+)[^→]{0,60}?\s\d+\s→\s(\d+)/g)];
      expect(figures.length).toBeGreaterThan(0);
      for (const [, subject, figure] of figures) {
        const newest = left
          .filter(({ resource }) => resource.name === subject)
          .sort(byTime)
          .at(-1);
        expect(Number(figure)).toBe(newest?.kind === 'scale' && newest.to);
      }
    }
    expect(counted).toBe(events.length);
  });
});

/** Every text of a message, in its order. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe('within the rate', () => {
  it('each event is told by itself, at once', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([slackAt(chat.url)], ports);
    await storm(ports, 10, 10, 20);

    const reports = await drain(relay, ports);

    expect(reports.map(({ outcome }) => outcome)).toStrictEqual(Array(10).fill('sent'));
    expect(ports.deliveries.sent).toHaveLength(10);
  });
});

describe('over the rate', () => {
  it('one event that waits leaves as itself, and its row names no digest', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([slackAt(chat.url)], ports);
    await storm(ports, 2, 2, 0);

    const reports = await drain(relay, ports);

    expect(reports.map(({ outcome }) => outcome)).toStrictEqual(['sent', 'parked', 'sent']);
    expect(chat.times.map((time) => time - (chat.times[0] ?? 0))).toStrictEqual([0, 1_000]);
    for (const entry of entriesOf(ports.ledger, 'slack')) expect(entry.digest).toBeUndefined();
  });

  it('steps of one scale set leave as one message from the first number to the last', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([slackAt(chat.url)], ports);
    for (const event of [scaleOf('other', 1, 2), scaleOf('web', 3, 6, 1), scaleOf('web', 6, 9, 2)]) {
      await ports.deliveries.send(deliveryTo(['slack'], { event }));
    }

    await drain(relay, ports);

    expect(chat.received).toHaveLength(2);
    expect(chat.received[1]?.body).toContain('3 → 9');
  });

  it('one flush is called for, however many wait', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([slackAt(chat.url)], ports);
    await storm(ports, 200, 20, 0);

    await drain(relay, ports);

    expect(ports.deliveries.sent.filter(({ message }) => 'flush' in message)).toHaveLength(1);
    expect(chat.received).toHaveLength(2);
  });

  it('the limit of an hour holds: 100 an hour for Teams', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const teams = { ...receiverAt('slack', chat.url), rate: { perSecond: 1, perHour: 100 } };
    const { relay } = relayWith([teams], ports);
    const events = await storm(ports, 1_500, 50, 5_400);

    await drain(relay, ports);

    expect(mostWithin(chat.times, 3_600_000)).toBeLessThanOrEqual(100);
    // The last twenty are kept for what is urgent.
    expect(mostWithin(chat.times, 3_600_000)).toBeGreaterThan(75);
    expect(entriesOf(ports.ledger, 'slack').filter(({ state }) => state === 'sent')).toHaveLength(events.length);
  });

  it('another receiver is not held up', async () => {
    const ports = memoryPorts();
    await using slow = await chatAt(ports);
    await using quick = await chatAt(ports);
    const { relay } = relayWith([slackAt(slow.url), receiverAt('slack', quick.url, 'all')], ports);
    for (let index = 0; index < 20; index += 1) {
      await ports.deliveries.send(deliveryTo(['slack', 'all'], { event: scaleOf(`set-${index}`, 1, 2) }));
    }

    await drain(relay, ports);

    expect(slow.received).toHaveLength(2);
    expect(quick.received).toHaveLength(20);
    expect(new Set(quick.times).size).toBe(1);
  });
});

describe('a digest that fails', () => {
  it('comes again as a whole, with what has come since, and no event is lost', async () => {
    const ports = memoryPorts();
    const begun = ports.time.now;
    await using chat = await chatAt(ports, (at) =>
      at > begun && at < begun + 60_000 ? { status: 503, body: 'no' } : undefined,
    );
    const { relay } = relayWith([slackAt(chat.url)], ports);
    const events = await storm(ports, 100, 10, 50);

    await drain(relay, ports);

    expect(entriesOf(ports.ledger, 'slack').filter(({ state }) => state === 'sent')).toHaveLength(events.length);
    expect(ports.ledger.rows('slack', 'parked:')).toStrictEqual([]);
    expect(chat.times.filter((at) => at < begun + 60_000).length).toBeLessThanOrEqual(5);
  });

  it('is in the row of each event that was in it, with the try that went through', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) =>
      before >= 1 && before <= 3 ? { status: 503, body: 'no' } : undefined,
    );
    const { relay } = relayWith([slackAt(chat.url)], ports);
    // The last of them comes when the first flush has failed.
    const events = [0, 0, 0, 3].map((seconds, index) => scaleOf(`set-${index}`, 1, 2, seconds));
    for (const [index, event] of events.entries()) {
      await ports.deliveries.send(deliveryTo(['slack'], { event }), index === 3 ? 3 : 0);
    }

    await drain(relay, ports);

    const told = events.map(({ id }) => entryOf(ports.ledger, 'slack', id).attempts.map(({ outcome }) => outcome));
    expect(told).toStrictEqual([
      ['sent'],
      ['retry', 'retry', 'retry', 'sent'],
      ['retry', 'retry', 'retry', 'sent'],
      ['retry', 'retry', 'sent'],
    ]);
    expect(stateOf(ports.ledger, 'slack').tries).toBeUndefined();
  });

  it('for a day says so in each dead letter', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) => (before > 0 ? { status: 503, body: 'no' } : undefined));
    const { relay } = relayWith([slackAt(chat.url)], ports);
    await storm(ports, 3, 3, 0);

    await drain(relay, ports);

    for (const { attempts, reason } of entriesOf(ports.ledger, 'slack', 'dead:')) {
      expect(reason).toBe('failing-for-a-day');
      expect(attempts.length).toBeGreaterThan(5);
      expect(attempts.at(-1)).toMatchObject({ outcome: 'retry', reason: 'status-503' });
    }
    expect(entriesOf(ports.ledger, 'slack', 'dead:')).toHaveLength(2);
  });

  it.each([
    ['refused', { status: 400, body: 'invalid_blocks' }, 'invalid_blocks', 3],
    ['met by a broken receiver', { status: 404, body: 'no_service' }, 'no_service', 4],
  ])('because it is %s makes dead letters of all its events', async (_what, reply, reason, calls) => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) => (before === 0 ? undefined : reply));
    const { relay } = relayWith([slackAt(chat.url)], ports);
    const events = await storm(ports, 10, 5, 0);

    const reports = await drain(relay, ports);

    expect(reports.at(-1)).toMatchObject({ outcome: 'dead', reason, events: 9 });
    expect(chat.received).toHaveLength(calls);
    const dead = entriesOf(ports.ledger, 'slack', 'dead:');
    expect(dead.map(({ event }) => event.id).sort()).toStrictEqual(
      events
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    );
    for (const letter of dead) expect(letter).toMatchObject({ state: 'dead', reason });
    expect(ports.ledger.rows('slack', 'parked:')).toStrictEqual([]);
  });
});

describe('a parked row that nobody can read', () => {
  it('is set aside with the dead letters, and holds nothing up', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([slackAt(chat.url)], ports);
    const key = 'parked:2026-01-01T00:00:00.000Z:old';
    await ports.ledger.write('slack', [{ kind: 'insert', key, value: { form: 'older' } }]);
    await storm(ports, 5, 5, 0);

    await drain(relay, ports);

    expect(ports.ledger.rows('slack', 'parked:')).toStrictEqual([]);
    expect(ports.ledger.rows('slack', 'dead:')).toMatchObject([
      { value: { reason: 'unreadable', unread: { form: 'older' } } },
    ]);
    expect(entriesOf(ports.ledger, 'slack').map(({ state }) => state)).toStrictEqual(Array(5).fill('sent'));
  });
});
