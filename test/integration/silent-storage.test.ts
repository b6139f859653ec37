import { randomUUID } from 'node:crypto';
import { ContainerClient } from '@azure/storage-blob';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { azureDriftState } from '../../src/outbound/storage/drift-state.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { azureQueue } from '../../src/outbound/storage/queue.ts';
import { azureRejected } from '../../src/outbound/storage/rejected.ts';
import { containerClient, queueClient, tableClient } from '../../src/outbound/storage/storage.ts';
import { azureText } from '../../src/outbound/storage/text.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, receiverAt } from '../support/relay.ts';
import { newQueueName, newTableName } from './storage-names.ts';
import { proxyTo, type StorageProxy } from './storage-proxy.ts';

let storage: StorageProxy;
beforeEach(async () => {
  storage = await proxyTo(inject('storage'));
});
afterEach(() => storage[Symbol.asyncDispose]());

const range = { from: 'a', to: 'z' };
const row = { kind: 'put', key: 'event:1', value: {} } as const;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Everything that is asked of storage, by what asks. */
const CALLS: Readonly<Record<string, (connection: { connectionString: string }) => Promise<unknown>>> = {
  'queue: send': (at) => azureQueue(at, newQueueName()).send({}),
  'queue: check': (at) => azureQueue(at, newQueueName()).check(),
  'ledger: read': (at) => azureLedger(at, newTableName()).read('one', 'key'),
  'ledger: write': (at) => azureLedger(at, newTableName()).write('one', [row]),
  'ledger: write two': (at) => azureLedger(at, newTableName()).write('one', [row, { ...row, key: 'event:2' }]),
  'ledger: list': (at) => all(azureLedger(at, newTableName()).list('one', range)),
  'ledger: clean': (at) => azureLedger(at, newTableName()).clean('event:', '2026-01-01T00:00:00Z'),
  'ledger: check': (at) => azureLedger(at, newTableName()).check(),
  'rejected: keep': (at) =>
    azureRejected(at, `rejected-${randomUUID()}`).keep(Buffer.from('{}'), {
      id: '1',
      receivedAt: '2026-11-20T14:00:00Z',
      source: 'custom',
      reason: 'none',
    }),
  'rejected: clean': (at) => azureRejected(at, `rejected-${randomUUID()}`).clean(1, Date.now()),
  'configuration: read': (at) => azureText(at, { container: 'config', name: 'relay.yaml', setting: 'X' })(),
  'drift: lease': (at) => azureDriftState(at, `drift-${randomUUID()}`).lease('one'),
  'drift: overview': (at) => azureDriftState(at, `drift-${randomUUID()}`).readOverview('one'),
  'drift: mark': (at) => azureDriftState(at, `drift-${randomUUID()}`).mark(['/a']),
  'drift: marks': (at) => azureDriftState(at, `drift-${randomUUID()}`).marks(1),
  // What gives no limit of its own ends as well.
  'any call of a queue': async (at) => (await queueClient(at, newQueueName())).receiveMessages(),
  'any call of a table': async (at) => (await tableClient(at, newTableName())).createTable(),
  'any call of a container': async (at) => (await containerClient(at, `c-${randomUUID()}`)).create(),
  'any list of blobs': async (at) => all((await containerClient(at, 'config')).listBlobsFlat()),
};

describe('storage that takes calls and never answers', () => {
  it.concurrent.each(Object.entries(CALLS))('does not hold %s', async (_name, call) => {
    await using silent = await proxyTo(inject('storage'));
    silent.fault = 'hang';

    await expect(call(silent)).rejects.toThrow();
  });

  it('lets old bodies be deleted once it is back, each of them', async () => {
    const name = `rejected-${randomUUID()}`;
    const rejected = azureRejected(storage, name);
    const about = { source: 'custom', reason: 'none' };
    for (const day of ['2026-01-01', '2026-01-02', '2026-11-20'])
      await rejected.keep(Buffer.from('{}'), { id: day, receivedAt: `${day}T14:00:00Z`, ...about });
    storage.fault = 'hang';
    const now = Date.parse('2026-11-21T00:00:00Z');
    await expect(rejected.clean(10, now)).rejects.toMatchObject({ code: 'storage' });

    storage.fault = undefined;

    expect(await rejected.clean(10, now)).toBe(2);
    const left = await all(new ContainerClient(inject('storage'), name).listBlobsFlat());
    expect(left.map((blob) => blob.name)).toStrictEqual(['2026-11-20/2026-11-20.json']);
  });
});

describe('a webhook whose body never ends', () => {
  it('is told to come again', async () => {
    const relay = createRelay({
      receivers: [receiverAt('slack', 'http://127.0.0.1:9/')],
      routes: [{ to: ['slack'] }],
      ports: memoryPorts(),
    });
    const body = async function* () {
      yield Buffer.from('{');
      await new Promise(() => undefined);
    };

    const answer = await answerTo(relay, {
      ...{ method: 'POST', params: {}, query: new URLSearchParams(), headers: new Headers() },
      body: body(),
    });

    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
      jsonBody: { type: 'urn:autoscale-relay:problem:late' },
    });
  });
});
