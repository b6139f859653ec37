import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbeddedStorage } from '../../dev/host/embedded-storage.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the Azurite that all tests share; each uses names of its own. */
    storage: string;
  }
}

/** One real Azurite for the whole run, started the way the local run starts it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-test-'));
  const storage = await openEmbeddedStorage(folder, 'http://127.0.0.1:1');
  project.provide('storage', storage.connectionString);
  return async () => {
    await storage.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
