import type { ContainerClient } from '@azure/storage-blob';
import type { Rejected } from '../../delivery/ports.ts';
import { DAY_MILLISECONDS, iso } from '../../event/time/units.ts';
import { limit } from '../http/limit.ts';
import { containerClient, creating, type StorageConnection, statusOf, storageError } from './storage.ts';

// Whoever has a key can post what nobody can read, of 1 MiB each; the first of them show what is wrong.
const MOST_AN_HOUR = 100;

const PAGE_MILLISECONDS = 8_000;

/** Bodies that no source could read, as blobs named by day: "2026-11-20/<id>.json". */
export function azureRejected(connection: StorageConnection, name: string): Rejected {
  let opened: Promise<ContainerClient> | undefined;
  const open = () => (opened ??= containerClient(connection, name));

  let hour = '';
  let kept = 0;
  const isOver = (receivedAt: string): boolean => {
    if (receivedAt.slice(0, 13) !== hour) [hour, kept] = [receivedAt.slice(0, 13), 0];
    kept += 1;
    return kept > MOST_AN_HOUR;
  };

  return {
    async keep(bytes, { id, receivedAt, source, reason }) {
      if (isOver(receivedAt)) return;
      const client = await open();
      const blob = client.getBlockBlobClient(`${receivedAt.slice(0, 10)}/${id}.json`);
      await creating(
        'the rejected body could not be kept',
        (limit) => client.createIfNotExists(limit),
        (limit) =>
          blob.uploadData(bytes, {
            ...limit,
            blobHTTPHeaders: { blobContentType: 'application/json' },
            // Metadata are HTTP headers: ASCII only.
            metadata: { source: encodeURIComponent(source), reason: encodeURIComponent(reason).slice(0, 1_500) },
          }),
      );
    },
    async clean(olderThanDays, now) {
      const client = await open();
      const oldest = iso(now - olderThanDays * DAY_MILLISECONDS).slice(0, 10);
      let cleaned = 0;
      try {
        // Names begin with the day, so the oldest come first.
        for await (const names of pagesOf(client)) {
          const old = names.filter((each) => each.slice(0, 10) < oldest);
          for (const blob of old) await client.deleteBlob(blob, limit());
          cleaned += old.length;
          if (old.length < names.length) break;
        }
      } catch (error) {
        if (statusOf(error) === 404) return 0;
        throw storageError('rejected bodies could not be cleaned', error);
      }
      return cleaned;
    },
  };
}

/** The names of the blobs page by page, each with a limit of its own. */
async function* pagesOf(client: ContainerClient): AsyncGenerator<readonly string[]> {
  let from: string | undefined;
  do {
    const pages = client.listBlobsFlat(limit(PAGE_MILLISECONDS));
    const { value } = await pages.byPage(from === undefined ? {} : { continuationToken: from }).next();
    yield (value?.segment?.blobItems ?? []).map(({ name }: { readonly name: string }) => name);
    from = value?.continuationToken || undefined;
  } while (from !== undefined);
}
