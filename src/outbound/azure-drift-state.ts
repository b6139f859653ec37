import { hash } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import type { DriftMark, DriftStore } from '../ports.ts';
import { putText, readText } from './azure-drift-blob.ts';
import { driftLease } from './azure-drift-lease.ts';
import { containerClient, creating, limit, type StorageConnection, statusOf, storageError } from './storage.ts';

// A webhook's sender waits meanwhile, and a lost mark costs nothing but time.
const MARK_MILLISECONDS = 1_000;

const AT_ONCE = 16;

const DIRTY = 'dirty/';

// Ids hold letters that names of blobs may not.
const markName = (setId: string): string => DIRTY + hash('sha256', setId.toLowerCase()).slice(0, 32);

/** The drift report's state in blobs: one for each scope, and a tiny one for each set that something was done to. */
export function azureDriftState(connection: StorageConnection, name: string): DriftStore {
  let opened: Promise<ContainerClient> | undefined;
  const open = () => (opened ??= containerClient(connection, name));
  const blobOf = async (path: string) => (await open()).getBlockBlobClient(path);

  return {
    async lease(scope) {
      const [blob, aside] = await Promise.all([blobOf(`${scope}.json`), blobOf(`${scope}.json.bad`)]);
      return driftLease(await open(), blob, aside);
    },
    async mark(setIds) {
      const client = await open();
      const put = (id: string, options: object) =>
        client
          .getBlockBlobClient(markName(id))
          .upload('', 0, { ...options, metadata: { set: encodeURIComponent(id.toLowerCase()) } });
      await creating(
        'the scale set could not be marked',
        () => client.createIfNotExists(limit()),
        () => Promise.all(setIds.map((id) => put(id, limit(MARK_MILLISECONDS)))),
      );
    },
    async marks(most) {
      const client = await open();
      const found: DriftMark[] = [];
      try {
        const pages = client.listBlobsFlat({ prefix: DIRTY, includeMetadata: true, ...limit() });
        for await (const { metadata, properties } of pages) {
          if (found.length === most) break;
          found.push({ setId: decoded(metadata?.['set'] ?? ''), version: properties.etag });
        }
      } catch (error) {
        if (statusOf(error) !== 404) throw storageError('the marked scale sets could not be listed', error);
      }
      return found;
    },
    async unmark(marks) {
      const client = await open();
      const remove = async ({ setId, version }: DriftMark) => {
        try {
          await client.deleteBlob(markName(setId), { conditions: { ifMatch: version }, ...limit() });
        } catch (error) {
          const status = statusOf(error);
          if (status !== 404 && status !== 412) throw storageError('a mark could not be taken away', error);
        }
      };
      for (let at = 0; at < marks.length; at += AT_ONCE) await Promise.all(marks.slice(at, at + AT_ONCE).map(remove));
    },
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

/** Metadata are HTTP headers, and a group's name need not be ASCII. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
