import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../src/problems/errors.ts';

const NO_FOLDER: readonly unknown[] = ['EEXIST', 'ENOTDIR'];
const NOT_ALLOWED: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS'];

/** Makes the folder of RELAY_DATA_DIR where there is none. Throws a ConfigurationError where nothing can be kept in it. */
export async function openDataFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    // Only writing tells: what a folder's mode allows, a disk or a mount may still refuse.
    await rmdir(await mkdtemp(join(path, '.writable-')));
  } catch (error) {
    throw new ConfigurationError([{ path: 'RELAY_DATA_DIR', message: `${path} ${wrongWith(error)}` }]);
  }
}

function wrongWith(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (NO_FOLDER.includes(code)) return 'is no folder';
  return NOT_ALLOWED.includes(code) ? 'cannot be written to' : `cannot be used: ${code ?? String(error)}`;
}
