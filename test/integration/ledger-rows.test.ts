import { TableClient } from '@azure/data-tables';
import { describe, expect, inject, it } from 'vitest';
import { azureLedger } from '../../src/outbound/azure-ledger.ts';
import { claimed, ended, wish } from './claims.ts';
import { newTableName } from './storage-names.ts';

describe('a ledger of Azure Storage', () => {
  it.each([
    ['a state that this version does not know', { state: 'parked' }],
    ['attempts that are no JSON', { attempts: 'none' }],
    ['attempts of another form', { attempts: '[{"when":1}]' }],
    ['a number where text belongs', { owner: 7 }],
  ])('overwrites a row with %s', async (_what, unreadable) => {
    const { ledger, client } = await claimedOnce();
    const { value: row } = await client.listEntities().next();
    await client.updateEntity({ ...row, ...unreadable }, 'Replace');

    await takenOver(ledger);
  });

  it('overwrites a row that has nothing but its keys', async () => {
    const { ledger, client } = await claimedOnce();
    const { value: row } = await client.listEntities().next();
    await client.updateEntity({ partitionKey: row?.partitionKey ?? '', rowKey: row?.rowKey ?? '' }, 'Replace');

    await takenOver(ledger);
  });
});

async function claimedOnce() {
  const table = newTableName();
  const connectionString = inject('storage');
  const ledger = azureLedger({ connectionString }, table);
  await claimed(ledger);
  const client = TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection: true });
  return { ledger, client };
}

/** Another owner gets the claim before the lease is over, and its record stays. */
async function takenOver(ledger: ReturnType<typeof azureLedger>): Promise<void> {
  const claim = await claimed(ledger, { owner: 'second' });
  await claim.record(ended(claim.entry, { state: 'sent' }));
  expect(await ledger.claim(wish())).toMatchObject({ kind: 'settled', entry: { state: 'sent', owner: 'second' } });
}
