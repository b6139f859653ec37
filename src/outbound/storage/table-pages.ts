import type {
  TableClient,
  TableEntityQueryOptions,
  TableEntityResult,
  TableEntityResultPage,
} from '@azure/data-tables';
import { limit } from '../http/limit.ts';
import { statusOf, storageError } from './storage.ts';

// Of each page, not of the list: that is as long as the ledger, and whoever reads it may take long over a page.
const PAGE_MILLISECONDS = 8_000;

type Entity = TableEntityResult<object>;

/** A list page by page, each with a limit of its own; nothing where there is no table. */
export async function* pagesOf(
  client: TableClient,
  queryOptions: TableEntityQueryOptions,
  maxPageSize: number,
): AsyncGenerator<TableEntityResultPage<Entity>> {
  let continuationToken: string | undefined;
  do {
    const page: TableEntityResultPage<Entity> | undefined = await pageOf(client, queryOptions, {
      maxPageSize,
      ...(continuationToken !== undefined && { continuationToken }),
    });
    if (page === undefined) return;
    yield page;
    continuationToken = page.continuationToken;
  } while (continuationToken !== undefined);
}

async function pageOf(client: TableClient, queryOptions: TableEntityQueryOptions, settings: object) {
  try {
    const pages = client.listEntities({ queryOptions, ...limit(PAGE_MILLISECONDS) });
    return (await pages.byPage(settings).next()).value;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw storageError('the ledger did not answer', error);
  }
}
