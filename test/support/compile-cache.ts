import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Node compiles is kept for one run: half of what a process takes that a test starts is compiling the same again. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-compiled-'));
  process.env['NODE_COMPILE_CACHE'] = folder;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
