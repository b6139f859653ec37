import { describe, expect, it } from 'vitest';
import { eventKey } from '../../src/delivery/rules/keys.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import { type EventOf, event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entriesOf, entryOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';
import { Stack } from '../support/stack.ts';

// The tests' clock begins on a Friday, 14:05:09 UTC.
const START = Date.parse('2026-11-20T14:05:09.000Z');
const END = Date.parse('2026-11-20T16:00:00.000Z');
const RULES = { windows: [{ name: 'night', from: '14:00', to: '16:00' }] };

type Alert = EventOf<'alert'>;

function alertOf(name: string, severity: Alert['severity'], seconds: number, state: Alert['state'] = 'fired'): Alert {
  const occurredAt = new Date(START + seconds * 1_000).toISOString();
  const id = identity('test', name, state, occurredAt);
  return { ...examples.alert, id, story: `story of ${name}`, rule: name, state, severity, occurredAt };
}

interface Given {
  readonly rules?: Parameters<typeof compileMutes>[0];
  readonly type?: Receiver['type'];
  readonly chats?: readonly string[];
}

async function world({ rules = RULES, type = 'slack', chats }: Given = {}) {
  const stack = new Stack();
  const ports = memoryPorts();
  const chat = stack.use(await chatAt(ports, () => (type === 'webhook' ? { status: 204 } : undefined)));
  const receivers = [receiverAt(type, chat.url, 'ops')];
  const make = (given = rules) =>
    createRelay({ receivers, routes: [{ to: ['ops'] }], quiet: compileMutes(given, 'UTC', chats), ports });
  const put = async (event: RelayEvent, seconds: number) =>
    ports.deliveries.send(deliveryTo(['ops'], { event, acceptedAt: event.occurredAt }), seconds);
  return { ports, chat, make, relay: make(), put, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('at the end of a window', () => {
  it('what is still open is told, once, with what it is; it was held until then and its row says so', async () => {
    await using there = await world();
    const event = alertOf('web-cpu', 'error', 10);
    await there.put(event, 10);

    const reports = await drain(there.relay, there.ports);

    expect(reports[0]).toMatchObject({ outcome: 'quiet', reason: 'window night' });
    expect(there.chat.received).toHaveLength(1);
    expect(there.chat.times[0]).toBeGreaterThanOrEqual(END);
    expect(there.chat.times[0]).toBeLessThan(END + 10_000);
    expect(there.chat.received[0]?.body).toContain('web-cpu');
    expect(there.chat.received[0]?.body).toContain('Held back by window night');
    expect(entryOf(there.ports.ledger, 'ops', event.id)).toMatchObject({
      state: 'quiet',
      reason: 'window night',
      dueAt: '2026-11-20T16:00:00.000Z',
      digest: expect.any(String),
    });
  });

  it('the worst that is open leads, what began and ended meanwhile is counted, and nothing resolved stands alone', async () => {
    await using there = await world();
    for (let index = 0; index < 8; index += 1) {
      await there.put(alertOf(`blip-${index}`, 'error', 10 + index), 10 + index);
      await there.put(alertOf(`blip-${index}`, 'error', 600 + index, 'resolved'), 600 + index);
    }
    await there.put(alertOf('small', 'warning', 20), 20);
    await there.put(alertOf('worst', 'error', 30), 30);

    await drain(there.relay, there.ports);

    expect(there.chat.received).toHaveLength(1);
    const { text } = JSON.parse(there.chat.received[0]?.body ?? '{}') as { text: string };
    expect(text).toContain('worst');
    expect(text).toContain('and 1 more');
    expect(text).toContain('Held back by window night');
    expect(text).toMatch(/18\sevents/);
    const { body = '' } = there.chat.received[0] ?? {};
    expect(body.indexOf('worst')).toBeLessThan(body.indexOf('small'));
    expect(body).not.toContain('blip-');
  });

  it('names up to forty that are open', async () => {
    await using there = await world();
    for (let index = 0; index < 45; index += 1)
      await there.put(alertOf(`open-${index}-x`, 'error', 10 + index), 10 + index);

    await drain(there.relay, there.ports);

    expect(there.chat.received).toHaveLength(1);
    const named = new Set(there.chat.received[0]?.body.match(/open-\d+-x/g));
    expect(named.size).toBe(40);
  });

  it('what ended after it is told by its end, and not as open', async () => {
    await using there = await world();
    await there.put(alertOf('web-cpu', 'error', 10), 10);
    // Right at the end of the window, before what it held is told.
    await there.put(alertOf('web-cpu', 'error', (END - START) / 1_000, 'resolved'), (END - START) / 1_000 + 1);

    await drain(there.relay, there.ports);

    expect(there.chat.received).toHaveLength(1);
    expect(there.chat.received[0]?.body).toContain('Alert resolved');
    expect(
      entriesOf(there.ports.ledger, 'ops')
        .map(({ state }) => state)
        .toSorted(),
    ).toStrictEqual(['overtaken', 'sent']);
  });

  it('nothing comes where nothing was held', async () => {
    await using there = await world();
    await there.put(alertOf('db-down', 'critical', 10), 10);

    await drain(there.relay, there.ports);

    expect(there.chat.received).toHaveLength(1);
    expect(there.ports.deliveries.sent.filter(({ message }) => 'release' in message)).toStrictEqual([]);
  });

  it('one call is queued, however many are held; the next night has one of its own', async () => {
    await using there = await world();
    for (let index = 0; index < 20; index += 1) await there.put(alertOf(`n-${index}`, 'error', index), index);
    for (let index = 0; index < 20; index += 1) {
      await there.put(alertOf(`m-${index}`, 'error', 86_400 + index), 86_400 + index);
    }

    await drain(there.relay, there.ports);

    expect(there.ports.deliveries.sent.filter(({ message }) => 'release' in message)).toHaveLength(2);
    expect(there.chat.received).toHaveLength(2);
    expect(stateOf(there.ports.ledger, 'ops').windows).toStrictEqual({});
  });

  it('a subscriber that is named gets each event by itself; one that is not named is not held', async () => {
    const named = { windows: [{ name: 'night', from: '14:00', to: '16:00', receivers: ['ops'] }] };
    await using held = await world({ type: 'webhook', rules: named });
    await using free = await world({ type: 'webhook', chats: ['some-chat'] });
    for (const there of [held, free]) {
      for (let index = 0; index < 5; index += 1) await there.put(alertOf(`n-${index}`, 'error', index), index);
      await drain(there.relay, there.ports);
      expect(there.chat.received).toHaveLength(5);
      for (const { body } of there.chat.received) expect(eventSchema.parse(JSON.parse(body).data).kind).toBe('alert');
    }
    expect(held.chat.times.every((at) => at >= END)).toBe(true);
    expect(free.chat.times.every((at) => at < START + 10_000)).toBe(true);
  });

  it('that was put off meanwhile, it is told at the new one', async () => {
    await using there = await world();
    await there.put(alertOf('web-cpu', 'error', 10), 10);
    await drain(there.relay, there.ports, START + 60_000);

    await drain(there.make({ windows: [{ name: 'night', from: '14:00', to: '17:00' }] }), there.ports);

    expect(there.chat.received).toHaveLength(1);
    expect(there.chat.times[0]).toBeGreaterThanOrEqual(END + 3_600_000);
  });

  // Whoever has a night and a weekend is not told at midnight of Sunday.
  it.each([
    ['that begins when it ends', { name: 'late', from: '16:00', to: '18:00' }, 2],
    ['that is still open then', { name: 'late', from: '15:00', to: '19:00' }, 3],
    ['that is for this receiver', { name: 'late', from: '16:00', to: '18:00', receivers: ['ops'] }, 2],
    ['that is for others', { name: 'late', from: '16:00', to: '18:00', receivers: ['other'] }, 0],
    ['that holds some events alone', { name: 'late', from: '16:00', to: '18:00', match: { kind: 'scale' } }, 0],
    ['that begins later', { name: 'late', from: '16:01', to: '18:00' }, 0],
  ] as const)('what it held waits for the end of a window %s', async (_which, late, hours) => {
    const rules = {
      windows: [...RULES.windows, { ...late, receivers: 'receivers' in late ? [...late.receivers] : undefined }],
    };
    const end = END + hours * 3_600_000;
    for (const isCallLost of [false, true]) {
      await using there = await world({ rules });
      const event = alertOf('web-cpu', 'error', 10);
      await there.put(event, 10);
      await drain(there.relay, there.ports, START + 60_000);
      expect(entryOf(there.ports.ledger, 'ops', event.id)).toMatchObject({ dueAt: new Date(end).toISOString() });
      if (isCallLost) there.ports.deliveries.waiting.length = 0;
      for (let at = END + 30_000; isCallLost && at < end + 60_000; at += 600_000) {
        there.ports.time.now = at;
        await there.relay.watch();
        await drain(there.relay, there.ports, at + 10_000);
      }

      await drain(there.relay, there.ports);

      expect(there.chat.received).toHaveLength(1);
      expect(there.chat.times[0]).toBeGreaterThanOrEqual(end);
      expect(there.chat.times[0]).toBeLessThan(end + 700_000);
    }
  });

  it('whose call was lost, the watch sees to it', async () => {
    await using there = await world();
    await there.put(alertOf('web-cpu', 'error', 10), 10);
    await drain(there.relay, there.ports, START + 60_000);
    there.ports.deliveries.waiting.length = 0;
    there.ports.time.now = END + 60_000;

    await there.relay.watch();
    await drain(there.relay, there.ports);

    expect(there.chat.received).toHaveLength(1);
  });

  it('a message that is back calls for the end again, since the first call may not have been queued', async () => {
    await using there = await world();
    const event = alertOf('web-cpu', 'error', 10);
    await there.relay.deliver(deliveryTo(['ops'], { event }), 'm1');
    there.ports.deliveries.waiting.length = 0;

    await there.relay.deliver(deliveryTo(['ops'], { event }), 'm1');
    await drain(there.relay, there.ports);

    expect(there.chat.received).toHaveLength(1);
    expect(there.ports.ledger.rows('ops', eventKey(event.id))).toHaveLength(1);
    expect(there.ports.ledger.rows('ops', 'held:')).toStrictEqual([]);
  });
});

describe('whoever posts or asks', () => {
  it('is told that it is held, by which window and until when', async () => {
    await using there = await world();
    const body = { kind: 'custom', title: 'Disk full', severity: 'warning', resource: { name: 'db-1' } };
    const held = [{ receiver: 'ops', window: 'night', until: '2026-11-20T16:00:00.000Z' }];

    expect((await answerTo(there.relay, post(body, 'custom'))).jsonBody).toMatchObject({ accepted: [{ held }] });
    expect((await there.relay.preview(post(body, 'custom'))).jsonBody).toMatchObject({ held });
    const critical = await answerTo(there.relay, post({ ...body, severity: 'critical' }, 'custom'));
    expect(JSON.stringify(critical.jsonBody)).not.toContain('held');
  });
});
