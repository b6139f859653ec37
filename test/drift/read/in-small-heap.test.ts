import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { inSmallHeap } from '../../../src/drift/in-small-heap.ts';

const figures = z.object({ before: z.number(), within: z.number(), without: z.number() });

test('V8 knows the flags, obeys them while the work goes on, and forgets them with the last of it', () => {
  const file = fileURLToPath(new URL('../read-support/heap-growth.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { before, within, without } = figures.parse(JSON.parse(stdout));
  // A space is full of pages in use, and may have one or two more.
  expect(within).toBeLessThanOrEqual(4 * before);
  expect(without).toBeGreaterThan(2 * within);
});

test('gives what the work gives, and rejects as it does', async () => {
  await expect(inSmallHeap(async () => 'done')).resolves.toBe('done');
  await expect(inSmallHeap(() => Promise.reject(new Error('no storage')))).rejects.toThrow('no storage');
});
