import { setTimeout as sleep } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import { describe, expect, inject, it } from 'vitest';
import { hostSettings } from '../../dev/host/host-settings.ts';
import { startQueueTrigger } from '../../dev/host/queue-trigger.ts';
import type { QueueMessage } from '../../src/delivery/rules/delivery.ts';
import { allOf } from '../../src/delivery/rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../../src/delivery/rules/ledger.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { azureQueue } from '../../src/outbound/storage/queue.ts';
import { mostWithin } from '../support/chat.ts';
import { deliveryTo, scaleOf } from '../support/deliveries.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { listen, type Reply } from '../support/server.ts';
import { Stack } from '../support/stack.ts';
import { eventually } from './eventually.ts';
import { newQueueName, newTableName } from './storage-names.ts';

/** Two instances of one relay, each with a queue trigger of its own, on the same storage. */
async function instances(reply: (before: number) => Reply) {
  const stack = new Stack();
  const connectionString = inject('storage');
  const [queueName, tableName] = [newQueueName(), newTableName()];
  const chat = stack.use(await listen((_request, before) => reply(before)));
  const deliveries = azureQueue<QueueMessage>({ connectionString }, queueName);
  const { queues: settings } = await hostSettings();
  await deliveries.check();
  for (const _instance of [1, 2]) {
    const ports = {
      ...memoryPorts(),
      deliveries,
      ledger: azureLedger({ connectionString }, tableName),
      clock: { now: Date.now, wait: sleep },
      random: Math.random,
    };
    const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], ports);
    const trigger = startQueueTrigger({
      queue: new QueueClient(connectionString, queueName),
      poison: new QueueClient(connectionString, `${queueName}-poison`),
      settings,
      handler: async (message, { id }) => void (await relay.deliver(message, String(id))),
      log: () => undefined,
    });
    stack.defer(trigger.stop);
  }
  const ledger = azureLedger({ connectionString }, tableName);
  return {
    chat,
    deliveries,
    async entries(): Promise<readonly LedgerEntry[]> {
      const found: LedgerEntry[] = [];
      for await (const page of ledger.list('slack', allOf('event:'))) {
        found.push(...page.map(({ value }) => ledgerEntry.parse(value)));
      }
      return found;
    },
    async parked(): Promise<number> {
      let count = 0;
      for await (const page of ledger.list('slack', allOf('parked:'))) count += page.length;
      return count;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const times = ({ chat }: { readonly chat: { readonly received: readonly { readonly at: number }[] } }) =>
  chat.received.map(({ at }) => at);

describe.concurrent('two instances on the same storage', () => {
  it('keep to the rate of a receiver in a storm, and account for every event', async () => {
    await using there = await instances(() => ({ status: 200, body: 'ok' }));
    const many = 150;
    for (let index = 0; index < many; index += 1) {
      await there.deliveries.send(deliveryTo(['slack'], { event: scaleOf(`set-${index % 15}`, index, index + 1) }));
      if (index % 30 === 0) await sleep(500);
    }

    await eventually(async () => {
      const entries = await there.entries();
      expect(entries.filter(({ state }) => state === 'sent')).toHaveLength(many);
    });

    expect(mostWithin(times(there), 1_000)).toBeLessThanOrEqual(2);
    expect(there.chat.received.length).toBeLessThan(many / 5);
    expect(await there.parked()).toBe(0);
  });

  it('leave a receiver alone for as long as it has asked one of them', async () => {
    await using there = await instances((before) =>
      before === 0 ? { status: 429, headers: { 'retry-after': '3' } } : { status: 200, body: 'ok' },
    );

    for (let index = 0; index < 10; index += 1) {
      await there.deliveries.send(deliveryTo(['slack'], { event: scaleOf(`set-${index}`, 1, 2) }));
      await sleep(100);
    }

    await eventually(async () => {
      expect((await there.entries()).filter(({ state }) => state === 'sent')).toHaveLength(10);
    });
    const [first = 0, ...later] = times(there);
    // The other one may have begun a message before it could know.
    expect(later.filter((time) => time < first + 3_000).length).toBeLessThanOrEqual(1);
    expect(later.at(-1)).toBeGreaterThanOrEqual(first + 3_000);
  });

  it('send what comes twenty times at once a single time', async () => {
    await using there = await instances(() => ({ status: 200, body: 'ok', after: 300 }));

    await Promise.all(Array.from({ length: 20 }, () => there.deliveries.send(deliveryTo(['slack']))));

    await eventually(async () => expect((await there.entries()).map(({ state }) => state)).toStrictEqual(['sent']));
    await sleep(1_000);
    expect(there.chat.received).toHaveLength(1);
  });
});
