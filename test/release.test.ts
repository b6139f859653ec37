import { execFile, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { http } from '../functions/definitions.ts';
import manifest from '../package.json' with { type: 'json' };
import lock from '../package-lock.json' with { type: 'json' };
import { unzipped } from './support/unzip.ts';

const WORKER = fileURLToPath(new URL('support/functions-worker.cjs', import.meta.url));
const released = (...options: readonly string[]) =>
  promisify(execFile)(process.execPath, ['scripts/release.ts', ...options]);

interface Bill {
  readonly serialNumber: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

let folder: string;
let files: ReadonlyMap<string, Buffer>;
const read = (...path: readonly string[]): Promise<Buffer> => readFile(join(folder, ...path));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-released-'));
  await Promise.all([released(join(folder, 'one'), '--tag', `v${manifest.version}`), released(join(folder, 'other'))]);
  files = unzipped(await read('one', 'relay.zip'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a release', () => {
  it('has the same bytes when it is made again', async () => {
    const names = await readdir(join(folder, 'one'));

    expect(names.sort()).toStrictEqual(['SHA256SUMS', 'relay.cdx.json', 'relay.zip']);
    for (const name of names) expect((await read('one', name)).equals(await read('other', name)), name).toBe(true);
  });

  it('says the sums of its files', async () => {
    const lines = (await read('one', 'SHA256SUMS')).toString('utf8').trim().split('\n');

    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const [sum, name = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(await read('one', name))
          .digest('hex'),
      ).toBe(sum);
    }
  });

  it('starts where its zip is unpacked, and registers the functions', async () => {
    for (const [path, content] of files) {
      await mkdir(dirname(join(folder, 'unpacked', path)), { recursive: true });
      await writeFile(join(folder, 'unpacked', path), content);
    }
    const child = fork(WORKER, [join(folder, 'unpacked')], { env: {}, cwd: tmpdir(), serialization: 'advanced' });
    const [{ registered }] = (await once(child, 'message')) as [{ registered: readonly { name: string }[] }];
    child.kill();

    expect(registered.map(({ name }) => name)).toStrictEqual(expect.arrayContaining(Object.keys(http)));
  });

  it('has nobody’s configuration in it', () => {
    expect([...files.keys()].filter((path) => !path.startsWith('lazy/'))).toStrictEqual([
      ...['LICENSE', 'THIRD-PARTY.txt', 'host.json', 'index.cjs', 'package.json', 'relay.cdx.json'],
    ]);
  });

  it('lists every package whose code is in the zip, and none that is for development alone', async () => {
    const bill = JSON.parse((await read('one', 'relay.cdx.json')).toString('utf8')) as Bill;
    const listed = bill.components.map(({ name, version }) => `${name} ${version}`);
    const [titles = ''] = files.get('THIRD-PARTY.txt')?.toString('utf8').split('-'.repeat(80)) ?? [];
    const bundled = [...titles.matchAll(/^(\S+ \S+) \(/gm)].map(([, title]) => title);
    const deployable = Object.entries<{ version?: string; dev?: boolean }>(lock.packages)
      .filter(([, { dev = false }]) => !dev)
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}`);

    expect(listed.sort()).toStrictEqual([...new Set(bundled)].sort());
    // What is for development is not audited either.
    expect(listed.filter((each) => !deployable.includes(each))).toStrictEqual([]);
    // Tools for development need these as well, for which npm's own bill leaves them out.
    expect(bill.components.map(({ name }) => name)).toStrictEqual(expect.arrayContaining(['zod', 'yaml']));
  });

  it('names itself in its bill of materials, by a number that those who attest it ask for', async () => {
    const bill = JSON.parse((await read('one', 'relay.cdx.json')).toString('utf8')) as Bill;
    const { name, version } = JSON.parse(files.get('package.json')?.toString('utf8') ?? '') as typeof manifest;

    expect(bill.metadata.component).toMatchObject({ name, version });
    expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is not made of a tag that is another version', async () => {
    await expect(released(join(folder, 'third'), '--tag', 'v0.0.0')).rejects.toThrow(/the tag v0\.0\.0 is not that/);
  });
});
