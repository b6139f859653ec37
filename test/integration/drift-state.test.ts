import { randomUUID } from 'node:crypto';
import { ContainerClient } from '@azure/storage-blob';
import { describe, expect, inject, it } from 'vitest';
import type { DriftStore } from '../../src/drift/ports.ts';
import { azureDriftState } from '../../src/outbound/storage/drift-state.ts';
import { StorageError } from '../../src/problems/errors.ts';
import { MemoryDriftStore } from '../drift/read-support/memory-store.ts';

const NAME = 'a1b2c3';
const SET =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg-쇼핑/providers/Microsoft.Compute/virtualMachineScaleSets/Shop-Web';
const OTHER = SET.replace('Shop-Web', 'Shop-Api');

function azure() {
  const container = `drift-${randomUUID()}`;
  return azureDriftState({ connectionString: inject('storage') }, container);
}

const leased = async (store: DriftStore, name = NAME) => {
  const lease = await store.lease(name);
  if (lease === undefined) throw new Error('somebody else has it');
  return lease;
};

describe.each([
  ['in memory', () => new MemoryDriftStore()],
  ['in Azure Storage', azure],
])('a drift store %s', (_where, make) => {
  it('has no state at first, and then the one that was written last', async () => {
    const store = make();
    const first = await leased(store);
    expect(first.text).toBeUndefined();
    await first.write('{"a":1}');
    await first.write('{"a":"한글"}');
    await first.release();

    const second = await leased(store);
    expect(second.text).toBe('{"a":"한글"}');
    await second.release();
  });

  it('gives a state to one run at a time, and those of two scopes to two', async () => {
    const store = make();
    const attempts = await Promise.all([store.lease(NAME), store.lease(NAME), store.lease(NAME)]);

    expect(attempts.filter((one) => one !== undefined)).toHaveLength(1);
    await expect(store.lease('another')).resolves.toBeDefined();
    await Promise.all(attempts.map((one) => one?.release()));
    await expect(store.lease(NAME)).resolves.toBeDefined();
  });

  it('keeps what cannot be read aside, and the state as it is', async () => {
    const store = make();
    const lease = await leased(store);
    await lease.write('nonsense');
    await lease.setAside('nonsense');
    await lease.release();

    expect((await leased(store)).text).toBe('nonsense');
  });

  it('remembers each marked set once, whatever the case of its id', async () => {
    const store = make();
    expect(await store.marks(10)).toStrictEqual([]);
    await store.mark([SET, OTHER]);
    await store.mark([SET.toUpperCase()]);

    const marks = await store.marks(10);
    expect(marks.map(({ setId }) => setId).sort()).toStrictEqual([OTHER, SET].map((id) => id.toLowerCase()));
    expect(await store.marks(1)).toHaveLength(1);
    await store.unmark(marks);
    expect(await store.marks(10)).toStrictEqual([]);
    await store.unmark(marks);
  });

  it('leaves a mark that was made anew since it was read', async () => {
    const store = make();
    await store.mark([SET]);
    const marks = await store.marks(10);
    await store.mark([SET]);
    await store.unmark(marks);

    expect(await store.marks(10)).toHaveLength(1);
  });

  it('keeps an overview for each scope', async () => {
    const store = make();
    expect(await store.readOverview(NAME)).toBeUndefined();
    await store.writeOverview(NAME, '{"sets":[]}');

    expect(await store.readOverview(NAME)).toBe('{"sets":[]}');
    expect(await store.readOverview('another')).toBeUndefined();
  });
});

describe('a drift store in Azure Storage', () => {
  it('refuses a state that somebody else has changed meanwhile', async () => {
    const container = `drift-${randomUUID()}`;
    const connectionString = inject('storage');
    const lease = await leased(azureDriftState({ connectionString }, container));
    await lease.write('{}');
    const blob = new ContainerClient(connectionString, container).getBlockBlobClient(`${NAME}.json`);
    await blob.getBlobLeaseClient().breakLease(0);
    await blob.upload('{"other":1}', 11);

    await expect(lease.write('{"mine":1}')).rejects.toThrow(StorageError);
    await expect(lease.release()).resolves.toBeUndefined();
    expect((await blob.downloadToBuffer()).toString()).toBe('{"other":1}');
  });

  it('keeps a state of many megabytes', async () => {
    const store = azure();
    const text = JSON.stringify({ text: 'x'.repeat(12 * 1024 * 1024) });
    const lease = await leased(store);
    await lease.write(text);
    await lease.release();

    expect((await leased(store)).text).toBe(text);
  });

  it('that cannot be reached is a storage error, and names no address and no key', async () => {
    const nowhere =
      'DefaultEndpointsProtocol=http;AccountName=relay;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/relay;QueueEndpoint=http://127.0.0.1:1/relay;TableEndpoint=http://127.0.0.1:1/relay';
    const store = azureDriftState({ connectionString: nowhere }, 'drift');
    const attempts: readonly (() => Promise<unknown>)[] = [
      () => store.lease(NAME),
      () => store.mark([SET]),
      () => store.marks(1),
      () => store.readOverview(NAME),
      () => store.writeOverview(NAME, ''),
    ];

    for (const attempt of attempts) {
      const error: unknown = await attempt().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(StorageError);
      expect(String(error)).not.toMatch(/127\.0|c2VjcmV0/);
    }
  });
});
