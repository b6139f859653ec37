import { STATE } from '../../src/delivery/rules/keys.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { doubtedState } from './deliveries.ts';
import { ownStorage } from './own-storage.ts';

/** Storage of one's own that knows these receivers as ones which have twice said that they take nothing: nobody has to wait for a minute. */
export async function doubtedStorage(...receivers: readonly string[]): Promise<string> {
  const connectionString = await ownStorage();
  const ledger = azureLedger({ connectionString }, 'deliveries');
  for (const name of receivers)
    await ledger.write(name, [{ kind: 'put', key: STATE, value: doubtedState(Date.now()) }]);
  return connectionString;
}
