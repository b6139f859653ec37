import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDataFolder } from '../../dev/host/data-folder.ts';

async function place() {
  const path = await mkdtemp(join(tmpdir(), 'relay-data-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** What is not allowed is allowed to root. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

it('a data folder is made with those above it, and nothing is left in it', async () => {
  await using parent = await place();
  const path = join(parent.path, 'a', 'b');

  await openDataFolder(path);
  await openDataFolder(path);

  expect(await readdir(path)).toStrictEqual([]);
});

it.skipIf(process.platform === 'win32').each(['.', 'below'])(
  'a data folder (%s) that cannot be written to is said to be so',
  async (name) => {
    await using parent = await place();
    await chmod(parent.path, 0o555);
    const path = join(parent.path, name);

    await asNobody(() =>
      expect(openDataFolder(path)).rejects.toMatchObject({
        problems: [{ path: 'RELAY_DATA_DIR', message: `${path} cannot be written to` }],
      }),
    );
  },
);
