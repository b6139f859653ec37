import { hash } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import type { DriftMark, DriftStore } from '../../drift/ports.ts';
import { inParallel } from '../../event/in-parallel.ts';
import { limit } from '../http/limit.ts';
import { creating, statusOf, storageError } from './storage.ts';

// A webhook's sender waits meanwhile, and a lost mark costs nothing but time.
const MARK_MILLISECONDS = 1_000;

const AT_ONCE = 16;

const DIRTY = 'dirty/';

// Ids hold letters that names of blobs may not.
const markName = (setId: string): string => DIRTY + hash('sha256', setId.toLowerCase()).slice(0, 32);

/** A tiny blob for each scale set that something was done to, so that the next run reads it first. */
export const azureDriftMarks = (
  open: () => Promise<ContainerClient>,
): Pick<DriftStore, 'mark' | 'marks' | 'unmark'> => ({
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
    await inParallel(marks, AT_ONCE, (mark) => removed(client, mark));
  },
});

/** A mark that was renewed meanwhile stays. */
async function removed(client: ContainerClient, { setId, version }: DriftMark): Promise<void> {
  try {
    await client.deleteBlob(markName(setId), { conditions: { ifMatch: version }, ...limit() });
  } catch (error) {
    const status = statusOf(error);
    if (status !== 404 && status !== 412) throw storageError('a mark could not be taken away', error);
  }
}

/** Metadata are HTTP headers, and a group's name need not be ASCII. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
