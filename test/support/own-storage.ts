import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';

/** A connection string to storage that nobody else uses: an account of the Azurite that the local runs share. */
export async function ownStorage(): Promise<string> {
  const { folder, connectionStrings } = inject('accounts');
  for (const [at, each] of connectionStrings.entries()) if (await isMade(join(folder, `${at}`))) return each;
  throw new Error(`all of the ${connectionStrings.length} accounts for local runs are taken`);
}

const isMade = (folder: string): Promise<boolean> =>
  mkdir(folder).then(
    () => true,
    () => false,
  );
