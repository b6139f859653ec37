import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointIn, cursorOf } from '../../../src/drift/read/checkpoint.ts';
import { inParallel } from '../../../src/event/in-parallel.ts';

describe('a checkpoint', () => {
  it('comes back as it was written', () => {
    const checkpoint = {
      missed: 1,
      first: 'b',
      done: { b: 12 },
      sweptAt: '2026-11-20T08:00:00.000Z',
      imagesOn: '2026-11-20',
    };

    expect(checkpointIn(cursorOf(checkpoint))).toStrictEqual(checkpoint);
  });

  it('fits the state whatever it holds', () => {
    const done = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`subscription-${index}`, index]));

    expect(cursorOf({ missed: 0, first: 'a', done }).length).toBeLessThan(4_000);
    expect(checkpointIn(cursorOf({ missed: 0, first: 'a', done }))).toStrictEqual({ missed: 0, first: 'a' });
  });

  it('of another form is none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant(undefined)), (cursor) => {
        expect(checkpointIn(cursor).missed).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('work in parallel', () => {
  it('begins in order, each item once, and no more at a time than asked', async () => {
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    await inParallel([...Array(20).keys()], 3, async (item, index) => {
      begun.push(item);
      expect(index).toBe(item);
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => setImmediate(done));
      running -= 1;
    });

    expect(begun).toStrictEqual([...Array(20).keys()]);
    expect(most).toBe(3);
  });

  it('that fails begins nothing more, and ends once all have', async () => {
    const ended: number[] = [];
    const work = inParallel([0, 1, 2, 3, 4, 5], 2, async (item) => {
      if (item === 1) throw new Error('one');
      await new Promise((done) => setTimeout(done, 5));
      ended.push(item);
    });

    await expect(work).rejects.toThrow('one');
    expect(ended).toStrictEqual([0]);
  });
});
