import { setTimeout as sleep } from 'node:timers/promises';
import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { hostSettings } from '../../dev/host/host-settings.ts';

const VALUE = 'x'.repeat(1_400);
const MESSAGE = Buffer.from('y'.repeat(1_200)).toString('base64');

export interface Load {
  readonly events: number;
  readonly connections: number;
  /** The most events that are posted and not dealt with. Azurite takes the longer for a message the more there are. */
  readonly underWay: number;
}

/**
 * The transactions of a storage account that one event for one receiver costs, and nothing else: put, get (a batch at once),
 * insert, update and delete, with the same clients, sizes and concurrency as the relay, and as many events under way at most. Resolves with events a second.
 */
export async function bareTransactions(connection: string, { events, connections, underWay }: Load): Promise<number> {
  const name = `bare${Date.now()}`;
  const queue = new QueueClient(connection, name);
  const table = TableClient.fromConnectionString(connection, name, { allowInsecureConnection: true });
  await Promise.all([queue.create(), table.createTable()]);
  const began = performance.now();
  let done = 0;
  let posted = 0;
  const put = async () => {
    while (posted < events) {
      posted += 1;
      while (posted - done > underWay) await sleep(2);
      await queue.sendMessage(MESSAGE, { messageTimeToLive: -1 });
    }
  };
  const work = consume(queue, table, events, () => {
    done += 1;
  });
  await Promise.all([work, ...Array.from({ length: connections }, put)]);
  return events / ((performance.now() - began) / 1_000);
}

async function consume(queue: QueueClient, table: TableClient, events: number, ended: () => void): Promise<void> {
  const { batchSize, newBatchThreshold } = (await hostSettings()).queues;
  const running = new Set<Promise<void>>();
  for (let taken = 0; taken < events; ) {
    if (running.size > newBatchThreshold) {
      await Promise.race(running);
      continue;
    }
    const { receivedMessageItems } = await queue.receiveMessages({
      numberOfMessages: batchSize,
      visibilityTimeout: 60,
    });
    for (const { messageId, popReceipt } of receivedMessageItems) {
      taken += 1;
      const one = record(table, messageId)
        .then(() => queue.deleteMessage(messageId, popReceipt))
        .then(() => {
          running.delete(one);
          ended();
        });
      running.add(one);
    }
    if (receivedMessageItems.length === 0) await sleep(20);
  }
  await Promise.all(running);
}

async function record(table: TableClient, rowKey: string): Promise<void> {
  const entity = { partitionKey: 'bare', rowKey, json0: VALUE };
  const { etag = '*' } = await table.createEntity(entity);
  await table.updateEntity({ ...entity, json0: `${VALUE}z` }, 'Replace', { etag });
}
