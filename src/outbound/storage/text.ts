import type { BlobClient } from '@azure/storage-blob';
import { ConfigurationError } from '../../problems/errors.ts';
import { limit } from '../http/limit.ts';
import { containerClient, type StorageConnection, statusOf, storageError } from './storage.ts';

/** Where a blob is: in which container, under which name. */
export interface BlobAddress {
  readonly container: string;
  readonly name: string;
  /** The setting that names it, for whoever has to mend it. */
  readonly setting: string;
}

interface Version {
  readonly text: string;
  readonly etag: string;
  /** ISO, UTC, by the storage's clock. */
  readonly changedAt: string;
}

const MOST_BYTES = 1024 * 1024;

/**
 * A text in Azure Storage: as it is now, or "unchanged" where it is still that of the etag. Rejects with a StorageError
 * where storage does not answer, and with a ConfigurationError where there is no such blob.
 */
export function azureText(
  connection: StorageConnection,
  { container, name, setting }: BlobAddress,
): (etag?: string) => Promise<Version | 'unchanged'> {
  let opened: Promise<BlobClient> | undefined;
  const made = async () => (await containerClient(connection, container)).getBlobClient(name);
  const open = () => (opened ??= made());
  const wrong = (message: string) => new ConfigurationError([{ path: setting, message }]);

  return async (etag) => {
    const blob = await open();
    try {
      const options = limit();
      const answer = await blob.download(0, undefined, {
        ...options,
        ...(etag !== undefined && { conditions: { ifNoneMatch: etag } }),
      });
      const chunks: Buffer[] = [];
      let bytes = 0;
      // Left in the middle, the stream is closed; one that nobody reads would fail later, and the process with it.
      for await (const chunk of answer.readableStreamBody ?? []) {
        chunks.push(Buffer.from(chunk));
        bytes += chunk.length;
        if (bytes > MOST_BYTES)
          throw wrong('the blob that it names is larger than 1 MiB, the most that a configuration may be');
      }
      return {
        text: Buffer.concat(chunks).toString('utf8'),
        etag: answer.etag ?? '',
        changedAt: (answer.lastModified ?? new Date(0)).toISOString(),
      };
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      const status = statusOf(error);
      if (status === 304) return 'unchanged';
      if (status === 404) throw wrong('the blob that it names is not there');
      throw storageError('the configuration could not be read', error);
    }
  };
}
