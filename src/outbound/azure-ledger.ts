import type { TableClient } from '@azure/data-tables';
import * as z from 'zod';
import { type ClaimWish, decideClaim, type LedgerEntry, ledgerEntry } from '../delivery/ledger.ts';
import { identity } from '../event/identity.ts';
import type { Claim, Ledger } from '../ports.ts';
import { creating, limit, type StorageConnection, statusOf, storageError, tableClient } from './storage.ts';

// Attempts are kept as JSON in one column: a row is read and written whole.
const row = z.object({
  ...ledgerEntry.shape,
  attempts: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('expected JSON');
        return z.NEVER;
      }
    })
    .pipe(ledgerEntry.shape.attempts),
});

const WHAT = 'the ledger did not take the delivery';

/** The ledger in a table of Azure Storage: one row per event and receiver, guarded by its ETag. */
export function azureLedger(connection: StorageConnection, tableName: string): Ledger {
  let opened: Promise<TableClient> | undefined;
  const open = () => (opened ??= tableClient(connection, tableName));

  const claimed = (client: TableClient, entry: LedgerEntry, etag: string | undefined): Claim => ({
    kind: 'claimed',
    entry,
    async record(outcome) {
      try {
        await client.updateEntity(toRow(outcome), 'Replace', { ...(etag !== undefined && { etag }), ...limit() });
      } catch (error) {
        throw storageError('the ledger did not record the outcome', error);
      }
    },
  });

  return {
    async claim(wish) {
      const client = await open();
      const fresh = decideClaim(undefined, wish);
      if (fresh.kind === 'claim') {
        const etag = await insert(client, fresh.entry);
        if (etag !== 'exists') return claimed(client, fresh.entry, etag);
      }
      const found = await read(client, wish);
      const decision = decideClaim(found.entry, wish);
      if (decision.kind !== 'claim') return decision;
      const etag = await replace(client, decision.entry, found.etag);
      // Somebody was quicker: they hold a lease as long as ours would be.
      return etag === 'lost' ? { kind: 'leased', until: wish.leaseUntil } : claimed(client, decision.entry, etag);
    },
    async check() {
      const client = await open();
      await creating(
        'the ledger cannot be reached',
        (limit) => client.createTable(limit),
        (limit) =>
          client
            .listEntities({ queryOptions: { select: ['rowKey'] }, ...limit })
            .byPage({ maxPageSize: 1 })
            .next(),
      );
    },
  };
}

async function insert(client: TableClient, entry: LedgerEntry): Promise<string | undefined | 'exists'> {
  const create = async (limit: object) => {
    try {
      return (await client.createEntity(toRow(entry), limit)).etag;
    } catch (error) {
      if (statusOf(error) === 409) return 'exists';
      throw error;
    }
  };
  return creating(WHAT, (limit) => client.createTable(limit), create);
}

async function read(client: TableClient, wish: ClaimWish): Promise<{ entry: LedgerEntry | undefined; etag: string }> {
  try {
    const { partitionKey, rowKey } = keyOf(wish);
    const found = await client.getEntity(partitionKey, rowKey, limit());
    // A row of another form is overwritten: the worst that can happen is one message twice.
    return { entry: row.safeParse(found).data, etag: found.etag };
  } catch (error) {
    throw storageError(WHAT, error);
  }
}

async function replace(client: TableClient, entry: LedgerEntry, etag: string): Promise<string | undefined | 'lost'> {
  try {
    return (await client.updateEntity(toRow(entry), 'Replace', { etag, ...limit() })).etag;
  } catch (error) {
    if (statusOf(error) === 412) return 'lost';
    throw storageError(WHAT, error);
  }
}

// Keys may not hold / \ # ? or control characters, which an id of a sender's may.
const keyOf = ({ eventId, receiver }: Pick<LedgerEntry, 'eventId' | 'receiver'>) => ({
  partitionKey: identity(eventId),
  rowKey: receiver,
});

const toRow = (entry: LedgerEntry) => ({ ...keyOf(entry), ...entry, attempts: JSON.stringify(entry.attempts) });
