import type { ContainerClient } from '@azure/storage-blob';
import type { DriftStore } from '../../drift/ports.ts';
import { limit } from '../http/limit.ts';
import { putText, readText } from './drift-blob.ts';
import { driftLease } from './drift-lease.ts';
import { azureDriftMarks } from './drift-marks.ts';
import { containerClient, creating, type StorageConnection } from './storage.ts';

/** The drift report's state in blobs: one for each scope, and a tiny one for each set that something was done to. */
export function azureDriftState(connection: StorageConnection, name: string): DriftStore {
  let opened: Promise<ContainerClient> | undefined;
  const open = () => (opened ??= containerClient(connection, name));
  const blobOf = async (path: string) => (await open()).getBlockBlobClient(path);

  return {
    ...azureDriftMarks(open),
    async lease(scope) {
      const [blob, aside] = await Promise.all([blobOf(`${scope}.json`), blobOf(`${scope}.json.bad`)]);
      return driftLease(await open(), blob, aside);
    },
    read: async (scope) => (await readText(await blobOf(`${scope}.json`)))?.text,
    async readOverview(scope) {
      const found = await readText(await blobOf(`${scope}.view.json`));
      return found?.text;
    },
    async writeOverview(scope, text) {
      const client = await open();
      const blob = await blobOf(`${scope}.view.json`);
      const create = () => client.createIfNotExists(limit());
      await creating('the overview could not be kept', create, () => putText(blob, text, {}));
    },
  };
}
