import { expect, it } from 'vitest';
import { seeded } from '../../dev/fake-azure/random.ts';
import { ownStorage } from '../support/own-storage.ts';
import { Stack } from '../support/stack.ts';
import { tryAll } from './fuzz.ts';

// A part of what `npm run check:fuzz` tries, and every body that fell before.
it('the local run takes, refuses and tells what nobody foresaw, and shows no secret', async () => {
  const stack = new Stack();
  try {
    const extent = { of: 8, goesOn: () => (posted: number) => posted === 0 };
    const { falls } = await tryAll(stack, await ownStorage(), seeded(2026), extent);

    expect(falls).toStrictEqual([]);
  } finally {
    await stack.disposeAsync();
  }
});
