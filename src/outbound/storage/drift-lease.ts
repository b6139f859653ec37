import type { BlobLeaseClient, BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import type { DriftLease } from '../../drift/ports.ts';
import { StorageError } from '../../problems/errors.ts';
import { limit } from '../http/limit.ts';
import { putText, readText } from './drift-blob.ts';
import { creating, statusOf, storageError } from './storage.ts';

// Storage ends a lease by itself after 15 to 60 seconds: https://learn.microsoft.com/rest/api/storageservices/lease-blob
const LEASE_SECONDS = 60;
const RENEW_MILLISECONDS = 20_000;

// Two renewals may fail for want of an answer; whoever waits for longer may no longer be alone.
const LOST_MILLISECONDS = 50_000;

/** The state in a blob, for one run alone; undefined while another run has it. `aside` is for what cannot be read. */
export async function driftLease(
  container: ContainerClient,
  blob: BlockBlobClient,
  aside: BlockBlobClient,
): Promise<DriftLease | undefined> {
  const lease = await acquired(container, blob);
  return lease && leased(blob, aside, lease);
}

/** A lease needs a blob, so an empty one is made first. */
async function acquired(container: ContainerClient, blob: BlockBlobClient): Promise<BlobLeaseClient | undefined> {
  const lease = blob.getBlobLeaseClient();
  const acquire = async () => {
    try {
      await lease.acquireLease(LEASE_SECONDS, limit());
      return lease;
    } catch (error) {
      if (statusOf(error) === 409) return undefined;
      throw error;
    }
  };
  const create = async () => {
    await container.createIfNotExists(limit());
    try {
      await blob.upload('', 0, { conditions: { ifNoneMatch: '*' }, ...limit() });
    } catch (error) {
      // Another run was just as quick: it made the blob, or has the lease already.
      if (![409, 412].includes(statusOf(error) ?? 0)) throw error;
    }
  };
  return creating('the drift state could not be leased', create, acquire);
}

async function leased(blob: BlockBlobClient, aside: BlockBlobClient, lease: BlobLeaseClient): Promise<DriftLease> {
  const { lost, end } = renewed(lease);
  const release = async () => {
    end();
    await lease.releaseLease(limit()).catch(() => undefined);
  };
  try {
    const found = await readText(blob);
    let version = found?.version;
    return {
      text: found?.text || undefined,
      lost,
      async write(text) {
        if (lost.aborted) throw new StorageError(NOT_WRITTEN, 'the lease is lost');
        const conditions = { leaseId: lease.leaseId, ...(version !== undefined && { ifMatch: version }) };
        version = await told(NOT_WRITTEN, () => putText(blob, text, conditions));
      },
      async setAside(text) {
        await told(NOT_WRITTEN, () => putText(aside, text, {}));
      },
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Keeps a lease until it is ended; `lost` is aborted once somebody else may have it. */
function renewed(lease: BlobLeaseClient): { readonly lost: AbortSignal; end(): void } {
  const losing = new AbortController();
  let since = Date.now();
  const renew = async () => {
    const began = Date.now();
    try {
      await lease.renewLease(limit());
      since = began;
    } catch (error) {
      const isTaken = [404, 409, 412].includes(statusOf(error) ?? 0);
      if (isTaken || Date.now() - since > LOST_MILLISECONDS) losing.abort();
    }
  };
  const renewal = setInterval(renew, RENEW_MILLISECONDS).unref();
  return { lost: losing.signal, end: () => clearInterval(renewal) };
}

const NOT_WRITTEN = 'the drift state was not written';

async function told<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(what, error);
  }
}
