import type { TableClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import type { ContainerClient, RequestPolicyFactory } from '@azure/storage-blob';
import type { QueueClient } from '@azure/storage-queue';
import { ConfigurationError, NO_ANSWER, StorageError } from '../../problems/errors.ts';
import { LIMIT_MILLISECONDS, type Limit, limit, limiting, limitingFactory } from '../http/limit.ts';
import { azureIdentity } from '../sign-in/identity.ts';
import { hearing, hearingFactory } from './clock.ts';

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

// The SDKs take tens of milliseconds to load, so they are loaded when first needed.

const options = { retryOptions: { maxTries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 200 } };

/** Every client of storage is made here: what it calls ends, whether the call says when or not. */
export async function containerClient(connection: StorageConnection, name: string): Promise<ContainerClient> {
  const { ContainerClient, newPipeline } = await import('@azure/storage-blob');
  const { url, credential } =
    'connectionString' in connection
      ? usable(() => new ContainerClient(connection.connectionString, name))
      : { url: at(connection.blobServiceUri, name), credential: identity(connection) };
  return new ContainerClient(url, limited(newPipeline(credential, options)));
}

export async function queueClient(connection: StorageConnection, name: string): Promise<QueueClient> {
  const { QueueClient, newPipeline } = await import('@azure/storage-queue');
  // A connection string and a pipeline of one's own are not taken together.
  class Keyed extends QueueClient {
    readonly key = this.credential;
  }
  const { url, key } =
    'connectionString' in connection
      ? usable(() => new Keyed(connection.connectionString, name))
      : { url: at(connection.queueServiceUri, name), key: identity(connection) };
  return new QueueClient(url, limited(newPipeline(key, options)));
}

export async function tableClient(connection: StorageConnection, name: string): Promise<TableClient> {
  const { TableClient } = await import('@azure/data-tables');
  const options = {
    retryOptions,
    additionalPolicies: [
      { policy: limiting(LIMIT_MILLISECONDS), position: 'perCall' as const },
      { policy: hearing, position: 'perRetry' as const },
    ],
  };
  return 'connectionString' in connection
    ? usable(() =>
        TableClient.fromConnectionString(connection.connectionString, name, {
          ...options,
          // Azurite on this machine speaks plain HTTP; Azure's own connection strings say https.
          allowInsecureConnection: true,
        }),
      )
    : new TableClient(connection.tableServiceUri, name, identity(connection), options);
}

function limited<Pipeline extends { readonly factories: RequestPolicyFactory[] }>(pipeline: Pipeline): Pipeline {
  pipeline.factories.push(limitingFactory, hearingFactory);
  return pipeline;
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

const identity = ({ clientId }: { readonly clientId?: string | undefined }): TokenCredential =>
  azureIdentity({ kind: 'managed', clientId });

/** The HTTP status of a storage answer; undefined where there was none. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

/** A foreseen storage fault. Keeps the SDK's code word, which names no address and no key, and drops the rest. */
export function storageError(what: string, error: unknown): StorageError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const status = statusOf(error);
  // The SDK's word for an answer without what each of storage's has: a page of something that stands before it, say.
  const silence = error instanceof RangeError ? 'what answered is not Azure Storage' : NO_ANSWER;
  return new StorageError(what, code ?? (status === undefined ? silence : `status ${status}`));
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
