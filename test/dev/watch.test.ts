import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const WATCH = fileURLToPath(new URL('../../dev/watch.ts', import.meta.url));

/** Says its process id, and takes a while to end by itself: whoever is killed at once does not say so. */
const SCRIPT = `
  console.log('began ' + process.pid);
  const alive = setInterval(() => {}, 1000);
  process.once('SIGTERM', () => setTimeout(() => { console.log('ended ' + process.pid); clearInterval(alive); }, 300));
`;

describe('a script that is watched', () => {
  let folder: string;
  let watching: ChildProcess;
  let output = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relay-watch-'));
    await writeFile(join(folder, 'script.mjs'), SCRIPT);
    output = '';
    watching = spawn(process.execPath, [
      WATCH,
      '--watch',
      folder,
      '--watch',
      join(folder, 'absent.yaml'),
      join(folder, 'script.mjs'),
    ]);
    watching.stdout?.on('data', (text) => {
      output += text;
    });
    await expect.poll(() => output).toMatch(/began \d+/);
  });

  afterEach(async () => {
    if (watching.exitCode === null) {
      watching.kill('SIGTERM');
      await once(watching, 'close');
    }
    await rm(folder, { recursive: true });
  });

  const idsAfter = (word: string): readonly string[] =>
    [...output.matchAll(new RegExp(`${word} (\\d+)`, 'g'))].map(([, id = '']) => id);

  it('begins anew after a change, once the one before has ended by itself', async () => {
    await writeFile(join(folder, 'script.mjs'), `${SCRIPT}\n`);

    await expect.poll(() => idsAfter('began')).toHaveLength(2);
    expect(idsAfter('ended')).toStrictEqual(idsAfter('began').slice(0, 1));
    expect(output.indexOf('ended')).toBeLessThan(output.lastIndexOf('began'));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('is left nowhere after a %s', async (signal) => {
    watching.kill(signal);
    await once(watching, 'close');

    expect(idsAfter('ended')).toStrictEqual(idsAfter('began'));
    expect(() => process.kill(Number(idsAfter('began')[0]), 0)).toThrow('ESRCH');
  });
});
