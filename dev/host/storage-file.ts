import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { jsonIn } from '../../src/event/json.ts';

// Azurite runs as a process of its own that outlives a relay which is killed: what was accepted is still there for the
// next start. This file, in the data folder, says where it is.
const state = z.object({
  pid: z.int().positive(),
  ports: z.object({ blob: z.int(), queue: z.int(), table: z.int() }),
  key: z.string(),
  /** The relay that uses it, once that is ready, and its process. */
  relay: z.url().optional(),
  relayPid: z.int().positive().optional(),
});

export type StorageState = z.infer<typeof state>;

/** What is known of the embedded storage of a data folder. */
export interface StorageFile {
  /** Undefined where there is none, or none that can be read. */
  read(): Promise<StorageState | undefined>;
  save(value: StorageState): Promise<void>;
  remove(): Promise<void>;
}

export function storageFile(dataDir: string): StorageFile {
  const file = join(resolve(dataDir), 'storage.json');
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch(() => 'null');
      return state.safeParse(jsonIn(text)).data;
    },
    // Whole or not at all: a relay that is killed here must not leave an Azurite behind that nobody can find.
    async save(value) {
      await writeFile(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    remove: () => rm(file, { force: true }),
  };
}
