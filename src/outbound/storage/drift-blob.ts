import type { BlockBlobClient } from '@azure/storage-blob';
import { limit } from '../http/limit.ts';
import { statusOf, storageError } from './storage.ts';

// The state of 10,000 sets, all drifted, has some megabytes.
const MILLISECONDS = 30_000;

/** A blob's text with its version, as far as there is one. Rejects with a StorageError. */
export async function readText(
  blob: BlockBlobClient,
): Promise<{ readonly text: string; readonly version: string } | undefined> {
  try {
    const { etag = '', readableStreamBody } = await blob.download(0, undefined, limit(MILLISECONDS));
    const chunks: Buffer[] = [];
    for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
    return { text: Buffer.concat(chunks).toString('utf8'), version: etag };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw storageError('the drift state could not be read', error);
  }
}

/** Writes a blob's text; resolves with its new version. Rejects with the SDK's own errors. */
export async function putText(blob: BlockBlobClient, text: string, conditions: object): Promise<string | undefined> {
  const bytes = Buffer.from(text);
  const { etag } = await blob.upload(bytes, bytes.length, {
    conditions,
    blobHTTPHeaders: { blobContentType: 'application/json' },
    ...limit(MILLISECONDS),
  });
  return etag;
}
