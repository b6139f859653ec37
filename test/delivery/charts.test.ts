import { describe, expect, it } from 'vitest';
import { doubles } from '../../dev/host/inbox-message.ts';
import { messages } from '../../src/destinations/messages.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { locales } from '../../src/locales/registry.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';
import { listen, type ReceivedRequest } from '../support/server.ts';
import { Stack } from '../support/stack.ts';

const DAY = 86_400_000;

/** A Slack that knows no charts until a time, and is strict in all else; and a relay that would like to draw. */
async function world({ charts = true, until = Number.POSITIVE_INFINITY, refuses = 'data_visualization' } = {}) {
  const stack = new Stack();
  const ports = memoryPorts();
  const slack = stack.use(
    await listen(({ body }: ReceivedRequest) => {
      if (ports.time.now < until && body.includes(refuses)) return { status: 400, body: 'invalid_blocks' };
      return doubles.slack({ contentType: 'application/json', body });
    }),
  );
  const receivers = [{ ...receiverAt('slack', slack.url), charts }];
  const relays = [0, 1].map(() => createRelay({ receivers, routes: [], ports }));
  let count = 0;
  /** Delivers another review, by one of two instances; whether each message that was posted for it had charts. */
  const told = async (event: Partial<RelayEvent> = {}, instance = 0) => {
    count += 1;
    const before = slack.received.length;
    const message = { ...examples.review, ...event, id: `review-${count}` } as RelayEvent;
    const acceptedAt = new Date(ports.time.now).toISOString();
    const reports = await relays[instance]?.deliver({
      ...{ version: 1, event: message, receivers: ['slack'], attempt: 0, acceptedAt },
    });
    const posted = slack.received.slice(before).map(({ body }) => body.includes('data_visualization'));
    return { posted, outcome: reports?.[0]?.outcome };
  };
  return { slack, ports, told, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('a receiver with charts', () => {
  it('gets them, where its chat takes them', async () => {
    await using there = await world({ until: 0 });

    expect(await there.told()).toStrictEqual({ posted: [true], outcome: 'sent' });
    expect(await there.told()).toStrictEqual({ posted: [true], outcome: 'sent' });
  });

  it('gets the review at once without, where its chat refuses them, and is not asked again for a week', async () => {
    await using there = await world();

    expect(await there.told()).toStrictEqual({ posted: [true, false], outcome: 'sent' });
    there.ports.time.now += 7 * DAY - 60_000;
    expect(await there.told({}, 1)).toStrictEqual({ posted: [false], outcome: 'sent' });
    there.ports.time.now += 120_000;
    expect(await there.told({}, 1)).toStrictEqual({ posted: [true, false], outcome: 'sent' });
  });

  it('gets them again a week after its chat has learned them', async () => {
    await using there = await world({ until: memoryPorts().time.now + DAY });

    expect((await there.told()).posted).toStrictEqual([true, false]);
    there.ports.time.now += 8 * DAY;
    expect((await there.told()).posted).toStrictEqual([true]);
    expect((await there.told()).posted).toStrictEqual([true]);
  });

  it('is not taken for one that refuses charts where the message is refused all the same', async () => {
    await using there = await world({ refuses: '"blocks"' });

    expect(await there.told()).toStrictEqual({ posted: [true, false, false], outcome: 'sent' });
    expect((await there.told()).posted).toStrictEqual([true, false, false]);
  });

  it('is written to once where there is nothing to draw', async () => {
    await using there = await world();

    expect(await there.told({ charts: [] } as Partial<RelayEvent>)).toStrictEqual({ posted: [false], outcome: 'sent' });
    expect(await there.told({ events: { now: 0 } } as Partial<RelayEvent>)).toMatchObject({ outcome: 'sent' });
  });

  it('keeps what it knows of its chat when an older release writes its state: then it asks once more', async () => {
    await using there = await world();
    await there.told();
    const row = await there.ports.ledger.read('slack', 'state');
    const { chartsRefused, ...older } = Object(row?.value);
    expect(chartsRefused).toBeTypeOf('number');
    await there.ports.ledger.write('slack', [{ kind: 'put', key: 'state', value: older }]);
    there.ports.time.now += 60_000;

    expect((await there.told({}, 1)).outcome).toBe('sent');
  });
});

describe('a receiver without charts', () => {
  it('gets not a byte of one, and is written to once', async () => {
    await using there = await world({ charts: false });

    expect(await there.told()).toStrictEqual({ posted: [false], outcome: 'sent' });
  });

  it.each(['slack', 'teams', 'email', 'google-chat', 'mattermost'] as const)(
    'has the same numbers as text: %s',
    (name) => {
      const voice = { say: locales.en, timeZone: 'UTC' };
      const text = JSON.stringify(messages[name].format(examples.review, voice));
      for (const { series } of examples.review.charts)
        for (const { values } of series) expect(text).toContain(values.join(', '));
      expect(text).not.toMatch(/data_visualization|Chart\./);
    },
  );
});
