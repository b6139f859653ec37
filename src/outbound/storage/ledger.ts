import type { TableClient, TransactionAction } from '@azure/data-tables';
import * as z from 'zod';
import type { Change, Ledger, Range, Row } from '../../delivery/ports.ts';
import { jsonIn } from '../../event/json.ts';
import { limit } from '../http/limit.ts';
import { creating, type StorageConnection, statusOf, storageError, tableClient } from './storage.ts';
import { pagesOf } from './table-pages.ts';

// A property of a table holds 64 KiB in UTF-16; a larger value stands in several.
// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
// None begins in the midst of a character.
const PIECES = /[\s\S]{1,29999}[^\ud800-\udbff]?/g;
// A row holds 1 MiB.
const MOST_PARTS = 16;

// A hundred of the largest rows are 4 MB.
const PAGE = 100;

const WHAT = 'the ledger did not take the change';

/** The ledger in a table of Azure Storage. Rows that change together are one entity group transaction. */
export function azureLedger(connection: StorageConnection, tableName: string): Ledger {
  let opened: Promise<TableClient> | undefined;
  const open = () => (opened ??= tableClient(connection, tableName));

  return {
    async read(partition, key) {
      const client = await open();
      try {
        return rowOf(await client.getEntity(partition, key, limit()));
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw storageError('the ledger did not answer', error);
      }
    },
    async write(partition, changes) {
      const client = await open();
      const [only] = changes;
      const run = (options: object) =>
        changes.length === 1 && only !== undefined
          ? single(client, partition, only, options)
          : together(client, partition, changes, options);
      return creating(WHAT, (options) => client.createTable(options), refusable(run));
    },
    async *list(partition, range) {
      const client = await open();
      const filter = filterOf(partition, range);
      for await (const page of pagesOf(client, { filter }, range.page ?? PAGE)) yield page.map(rowOf);
    },
    clean: async (prefix, before) => cleaned(await open(), prefix, before),
    async check() {
      const client = await open();
      await creating(
        'the ledger cannot be reached',
        (options) => client.createTable(options),
        (options) =>
          client
            .listEntities({ queryOptions: { select: ['rowKey'] }, ...options })
            .byPage({ maxPageSize: 1 })
            .next(),
      );
    },
  };
}

/** A change that the rows as they are do not allow is an answer, not a fault. */
function refusable<T>(run: (options: object) => Promise<T>): (options: object) => Promise<T | 'conflict'> {
  let isFirst = true;
  return async (options) => {
    try {
      return await run(options);
    } catch (error) {
      const status = statusOf(error);
      // Storage says 404 to a missing table, which is made then, and to a missing row, which that does not help.
      if (status === 409 || status === 412 || (status === 404 && !isFirst)) return 'conflict';
      isFirst = false;
      throw error;
    }
  };
}

async function single(client: TableClient, partition: string, change: Change, options: object) {
  const etag = async () => {
    switch (change.kind) {
      case 'insert':
        return (await client.createEntity(entityOf(partition, change), options)).etag;
      case 'put':
        return (await client.upsertEntity(entityOf(partition, change), 'Replace', options)).etag;
      case 'replace':
        return (await client.updateEntity(entityOf(partition, change), 'Replace', { etag: change.etag, ...options }))
          .etag;
      case 'delete':
        await client.deleteEntity(partition, change.key, options);
        return undefined;
    }
  };
  return new Map([[change.key, (await etag()) ?? '']]);
}

async function together(client: TableClient, partition: string, changes: readonly Change[], options: object) {
  const result = await client.submitTransaction(
    changes.map((change) => action(partition, change)),
    options,
  );
  // In the order of the changes; the keys that the answers name are escaped.
  return new Map(changes.map(({ key }, at) => [key, result.subResponses[at]?.etag ?? '']));
}

function action(partition: string, change: Change): TransactionAction {
  switch (change.kind) {
    case 'insert':
      return ['create', entityOf(partition, change)];
    case 'put':
      return ['upsert', entityOf(partition, change), 'Replace'];
    case 'replace':
      return ['update', entityOf(partition, change), 'Replace', { etag: change.etag }];
    case 'delete':
      return ['delete', { partitionKey: partition, rowKey: change.key }];
  }
}

function entityOf(partition: string, { key, value }: Exclude<Change, { kind: 'delete' }>) {
  const parts = (JSON.stringify(value).match(PIECES) ?? []).map((part, at) => [`json${at}`, part]);
  // Azure's own word, before anything is sent: what reads a row knows of no more parts.
  if (parts.length > MOST_PARTS) throw Object.assign(new RangeError('a row holds 1 MiB'), { code: 'EntityTooLarge' });
  return { partitionKey: partition, rowKey: key, ...Object.fromEntries(parts) };
}

const stored = z.looseObject({ rowKey: z.string(), etag: z.string(), timestamp: z.string() });

/** A row that is no JSON, or of an older form, has no value: whoever reads it finds nothing to go by. */
function rowOf(entity: object): Row {
  const { rowKey, etag, timestamp, ...columns } = stored.parse(entity);
  const text = Array.from({ length: MOST_PARTS }, (_, at) => columns[`json${at}`] ?? '').join('');
  return { key: rowKey, etag, changedAt: new Date(timestamp).toISOString(), value: jsonIn(text) };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const filterOf = (partition: string, { from, to, since }: Range): string =>
  [
    `PartitionKey eq ${quoted(partition)}`,
    `RowKey ge ${quoted(from)}`,
    `RowKey lt ${quoted(to)}`,
    ...(since === undefined ? [] : [`Timestamp ge datetime${quoted(since)}`]),
  ].join(' and ');

/** Deletes page by page, so that a year of rows does not have to fit into memory. */
async function cleaned(client: TableClient, prefix: string, before: string): Promise<number> {
  const filter = `RowKey ge ${quoted(prefix)} and RowKey lt ${quoted(`${prefix}~`)} and Timestamp lt datetime${quoted(before)}`;
  let deleted = 0;
  for await (const page of pagesOf(client, { filter, select: ['partitionKey', 'rowKey'] }, 100)) {
    const byPartition = Map.groupBy(page, ({ partitionKey }) => partitionKey ?? '');
    for (const rows of byPartition.values()) {
      const deletes = rows.map(
        ({ partitionKey = '', rowKey = '' }): TransactionAction => ['delete', { partitionKey, rowKey }],
      );
      try {
        await client.submitTransaction(deletes, limit());
      } catch (error) {
        throw storageError('the ledger did not let old rows be deleted', error);
      }
      deleted += rows.length;
    }
  }
  return deleted;
}
