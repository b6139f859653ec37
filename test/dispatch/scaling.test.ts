import { describe, expect, it } from 'vitest';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entryOf, scaleOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import type { Reply } from '../support/server.ts';

type Scale = EventOf<'scale'>;

const webhook = (seconds: number, change: Partial<Scale> = {}): Scale => {
  const event = { ...scaleOf('shop-web', 3, 6, seconds), ...change };
  return { ...event, id: `${event.source} ${event.phase} ${event.direction} ${event.to} ${seconds}` };
};
const log = (seconds: number, change: Partial<Scale> = {}) => webhook(seconds, { source: 'azure-monitor', ...change });
const done = (seconds: number, change: Partial<Scale> = {}) => log(seconds, { phase: 'succeeded', ...change });

const textOf = (body: string): string => JSON.parse(body).text.replaceAll('\u00a0', ' ');

/** What became of events that came in this order, and what was read. */
async function outcomes(events: readonly RelayEvent[], reply?: (at: number, before: number) => Reply | undefined) {
  const ports = memoryPorts();
  await using chat = await chatAt(ports, reply);
  const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
  for (const event of events) await ports.deliveries.send(deliveryTo(['slack'], { event }));
  await drain(relay, ports);
  return {
    states: events.map(({ id }) => entryOf(ports.ledger, 'slack', id).state),
    texts: chat.received.map(({ body }) => textOf(body)),
    ports,
  };
}

describe('one scaling', () => {
  it.each([
    ['the webhook comes first', webhook(0), log(0.1)],
    ['the activity log comes first', log(0.1), webhook(0)],
  ])('is told once where it begins and once where it is done: %s', async (_what, one, other) => {
    const { states, texts, ports } = await outcomes([one, other, done(240)]);

    expect(states).toStrictEqual(['sent', 'overtaken', 'sent']);
    expect(texts).toStrictEqual([
      expect.stringMatching(/^Scaling out: shop-web .* 3 → 6\.$/),
      expect.stringMatching(/^Scaled out: shop-web .* 3 → 6, took 4 min\.$/),
    ]);
    expect(entryOf(ports.ledger, 'slack', other.id)).toMatchObject({ reason: 'same-occurrence', event: other });
  });

  it('says which way it failed, and no more than that of what it took where nothing was told to begin', async () => {
    const failed = log(240, { phase: 'failed', direction: 'in', from: 6, to: 3, severity: 'error' });

    expect((await outcomes([failed])).texts).toStrictEqual([
      expect.stringMatching(/^Scaling in failed: shop-web .* stays at 6, 3 wanted\.$/),
    ]);
    expect((await outcomes([done(240)])).texts).toStrictEqual([expect.stringMatching(/ 3 → 6\.$/)]);
  });

  it('is not told to begin after it was told to be done', async () => {
    expect((await outcomes([done(240), webhook(0), log(0.1)])).states).toStrictEqual([
      'sent',
      'overtaken',
      'overtaken',
    ]);
  });

  it('is another one with other counts in the same minute, and after the set has come back', async () => {
    const back = { direction: 'in', from: 6, to: 3 } as const;
    const events = [webhook(0), webhook(20, { from: 6, to: 9 }), webhook(120, back), log(240), done(300)];

    expect((await outcomes(events)).states).toStrictEqual(Array(5).fill('sent'));
  });

  it('is told to begin by whom it can be: a crash or a busy chat loses neither', async () => {
    const { states, texts } = await outcomes([webhook(0), log(0.1)], (_at, before) =>
      before === 0 ? { status: 503 } : undefined,
    );

    expect(states.toSorted()).toStrictEqual(['overtaken', 'sent']);
    expect(texts).toHaveLength(2);
  });

  it('is told once where both come at the same moment to two instances', async () => {
    for (let round = 0; round < 20; round += 1) {
      const ports = memoryPorts();
      await using chat = await chatAt(ports);
      const instances = [1, 2].map(() => relayWith([receiverAt('slack', chat.url)], ports).relay);
      await Promise.all(
        [webhook(0), log(0.1)].map((event, at) =>
          instances[at]?.deliver(deliveryTo(['slack'], { event }), `message-${at}`),
        ),
      );

      expect(chat.received).toHaveLength(1);
    }
  });

  it('that people post by hand neither begins nor ends what Azure tells', async () => {
    const { states } = await outcomes([done(240, { source: 'custom' }), webhook(0)]);

    expect(states).toStrictEqual(['sent', 'sent']);
  });

  it('costs one more look at storage than any other event, and no more', async () => {
    const count = async (event: RelayEvent) => {
      const ports = memoryPorts();
      await using chat = await chatAt(ports);
      let transactions = 0;
      const { read, write } = ports.ledger;
      const ledger = Object.assign(ports.ledger, {
        read: (...given: Parameters<typeof read>) => {
          transactions += 1;
          return read.apply(ports.ledger, given);
        },
        write: (...given: Parameters<typeof write>) => {
          transactions += 1;
          return write.apply(ports.ledger, given);
        },
      });
      const { relay } = relayWith([receiverAt('slack', chat.url)], { ...ports, ledger });
      await relay.deliver(deliveryTo(['slack'], { event }), 'message-1');
      return transactions;
    };

    expect(await count(webhook(0))).toBe((await count(examples.custom)) + 1);
  });
});
