import { describe, expect, it } from 'vitest';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entryOf, scaleOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { receive } from '../support/fixtures.ts';
import { read } from '../support/normalize.ts';
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

const SUBSCRIPTION = '/subscriptions/5c1d7f0e-2b64-4a0b-9a3e-7f1d2c3b4a50';
const SET = `${SUBSCRIPTION}/resourceGroups/rg-quay/providers/Microsoft.Compute/virtualMachineScaleSets/quay-web`;
const SETTING = `${SUBSCRIPTION}/resourceGroups/rg-quay/providers/microsoft.insights/autoscalesettings/quay-web-scale`;

/** What autoscale posts when it begins. */
const posted = (time: string, resource: { resourceId?: string } = { resourceId: SET }) => ({
  version: '1.0',
  status: 'Activated',
  operation: 'Scale Out',
  context: {
    timestamp: time,
    id: SETTING,
    name: 'quay-web-scale',
    resourceName: 'quay-web',
    resourceType: 'microsoft.compute/virtualmachinescalesets',
    ...resource,
    oldCapacity: '3',
    newCapacity: '6',
  },
  properties: {},
});

/** What an activity log alert of the category Autoscale posts, when it begins and when it is done. */
const recorded = (operation: string, time: string) => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: {
      alertId: `${SUBSCRIPTION}/providers/Microsoft.AlertsManagement/alerts/${operation}${time}`,
      alertRule: 'autoscale',
      severity: 'Sev4',
      signalType: 'Activity Log',
      monitorCondition: 'Fired',
      monitoringService: 'Activity Log - Autoscale',
      alertTargetIDs: [SETTING],
      firedDateTime: time,
    },
    alertContext: {
      eventSource: 'Autoscale',
      eventTimestamp: time,
      eventDataId: `${operation}${time}`,
      level: 'Informational',
      operationName: `Microsoft.Insights/AutoscaleSettings/${operation}/Action`,
      properties: { resourceName: SET, oldInstancesCount: '3', newInstancesCount: '6' },
      status: 'Succeeded',
    },
  },
});

const eventsOf = (...bodies: readonly unknown[]): readonly RelayEvent[] =>
  bodies.flatMap((body) => {
    const result = read(receive(body));
    return 'reply' in result ? [] : [...result];
  });

describe('one scaling, as Azure posts it three times', () => {
  const [begins, scaleup, result] = [
    '2026-11-20T14:05:00.100Z',
    '2026-11-20T14:05:00.100Z',
    '2026-11-20T14:09:00.100Z',
  ];

  it.each([
    ['the webhook first', eventsOf(posted(begins), recorded('Scaleup', scaleup), recorded('ScaleupResult', result))],
    ['its record first', eventsOf(recorded('Scaleup', scaleup), posted(begins), recorded('ScaleupResult', result))],
    [
      'a webhook that names the set without an id',
      eventsOf(posted(begins, {}), recorded('Scaleup', scaleup), recorded('ScaleupResult', result)),
    ],
  ])('is one message that begins and one that ends, with its group: %s', async (_what, events) => {
    expect((await outcomes(events)).texts).toStrictEqual([
      'Scaling out: quay-web (rg-quay) 3 → 6.',
      'Scaled out: quay-web (rg-quay) 3 → 6, took 4 min.',
    ]);
  });
});

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

  it('is another one after an end in a word that nobody knows', async () => {
    const unsure = log(60, { phase: 'unknown', word: 'TimedOut', severity: 'warning', operation: 'a' });
    const { texts } = await outcomes([webhook(0), unsure, log(120, { operation: 'b' }), done(200, { operation: 'b' })]);

    expect(texts).toHaveLength(4);
    expect(texts[3]).toMatch(/ 3 → 6, took 1 min 20 sec\.$/);
  });

  it('does not last from the beginning of one that was told to be done', async () => {
    const { texts } = await outcomes([webhook(0), done(240), done(9_000)]);

    expect(texts.map((text) => text.includes('took'))).toStrictEqual([false, true, false]);
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
