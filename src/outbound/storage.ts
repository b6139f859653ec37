import type { TableClient } from '@azure/data-tables';
import type { ManagedIdentityCredential } from '@azure/identity';
import type { ContainerClient } from '@azure/storage-blob';
import type { QueueClient } from '@azure/storage-queue';
import { ConfigurationError, StorageError } from '../errors.ts';

/** Where storage is: a connection string, or addresses that the app's own identity may use. */
export type StorageConnection =
  | { readonly connectionString: string }
  | {
      readonly blobServiceUri: string;
      readonly queueServiceUri: string;
      readonly tableServiceUri: string;
      readonly clientId?: string | undefined;
    };

// One quick second try for a connection that was cut; whoever called us tries again after that.
const retryOptions = { maxRetries: 1, retryDelayInMs: 100, maxRetryDelayInMs: 200 };

// The SDKs wait for an answer without end; senders and the host do not.
const LIMIT_MILLISECONDS = 5_000;

/** The option that ends a call to storage that is not answered. */
export const limit = (milliseconds = LIMIT_MILLISECONDS) => ({ abortSignal: AbortSignal.timeout(milliseconds) });

type Limit = ReturnType<typeof limit>;

// The SDKs take tens of milliseconds to load, so they are loaded when first needed.

const options = { retryOptions: { maxTries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 200 } };

export async function containerClient(connection: StorageConnection, name: string): Promise<ContainerClient> {
  const { ContainerClient } = await import('@azure/storage-blob');
  return 'connectionString' in connection
    ? usable(() => new ContainerClient(connection.connectionString, name, options))
    : new ContainerClient(at(connection.blobServiceUri, name), await identity(connection), options);
}

export async function queueClient(connection: StorageConnection, name: string): Promise<QueueClient> {
  const { QueueClient } = await import('@azure/storage-queue');
  return 'connectionString' in connection
    ? usable(() => new QueueClient(connection.connectionString, name, options))
    : new QueueClient(at(connection.queueServiceUri, name), await identity(connection), options);
}

export async function tableClient(connection: StorageConnection, name: string): Promise<TableClient> {
  const { TableClient } = await import('@azure/data-tables');
  return 'connectionString' in connection
    ? usable(() =>
        TableClient.fromConnectionString(connection.connectionString, name, {
          retryOptions,
          // Azurite on this machine speaks plain HTTP; Azure's own connection strings say https.
          allowInsecureConnection: true,
        }),
      )
    : new TableClient(connection.tableServiceUri, name, await identity(connection), { retryOptions });
}

const at = (service: string, name: string): string => `${service.replace(/\/$/, '')}/${name}`;

/** The SDKs' own words for an unusable connection string name no setting. */
function usable<Client>(make: () => Client): Client {
  try {
    return make();
  } catch {
    const message = 'expected the connection string of a storage account';
    throw new ConfigurationError([{ path: 'AzureWebJobsStorage', message }]);
  }
}

async function identity({ clientId }: { readonly clientId?: string | undefined }): Promise<ManagedIdentityCredential> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
}

/** The HTTP status of a storage answer; undefined where there was none. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

/** A foreseen storage fault. Keeps the SDK's code word, which names no address and no key, and drops the rest. */
export function storageError(what: string, error: unknown): StorageError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const status = statusOf(error);
  return new StorageError(what, code ?? (status === undefined ? 'no answer' : `status ${status}`));
}

/** Runs an operation; where it finds nothing to work on, creates that and runs it again. Most runs cost one call. */
export async function creating<T>(
  what: string,
  create: (limit: Limit) => Promise<unknown>,
  operation: (limit: Limit) => Promise<T>,
): Promise<T> {
  const options = limit();
  try {
    return await operation(options);
  } catch (error) {
    if (statusOf(error) !== 404) throw storageError(what, error);
  }
  try {
    await create(options);
    return await operation(options);
  } catch (error) {
    throw storageError(what, error);
  }
}
