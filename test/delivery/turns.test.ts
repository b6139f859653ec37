import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/delivery/turns.ts';

/** Begins pieces of work, and notes what begins and ends when. */
function world() {
  const inTurn = createTurns();
  const notes: string[] = [];
  const begin = (name: string, { key = 'one', passes = false, fails = false, ticks = 1 } = {}) =>
    inTurn(key, async (pass) => {
      notes.push(`${name} begins`);
      if (passes) pass();
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      notes.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  return { begin, notes };
}

describe('turns', () => {
  it('let the next begin when the one before has ended', async () => {
    const { begin, notes } = world();

    expect(await Promise.all([begin('a', { ticks: 5 }), begin('b')])).toStrictEqual(['a', 'b']);
    expect(notes).toStrictEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('let the next begin when the one before has passed', async () => {
    const { begin, notes } = world();

    await Promise.all([begin('a', { ticks: 20, passes: true }), begin('b')]);

    expect(notes.indexOf('b begins')).toBeLessThan(notes.indexOf('a ends'));
  });

  it('go on after one that fails', async () => {
    const { begin } = world();
    const [a, b] = await Promise.allSettled([begin('a', { fails: true }), begin('b')]);

    expect([a.status, b.status]).toStrictEqual(['rejected', 'fulfilled']);
  });

  it('of one key do not wait for those of another', async () => {
    const { begin, notes } = world();

    await Promise.all([begin('a', { ticks: 20 }), begin('b', { key: 'two' })]);

    expect(notes.indexOf('b ends')).toBeLessThan(notes.indexOf('a ends'));
  });

  it('share a fault that all who wait would meet, and only with them', async () => {
    const silence = new Error('silence');
    const inTurn = createTurns((error) => error === silence);
    const { promise: asked, reject: fails } = Promise.withResolvers<string>();
    let begun = 0;
    const waiting = Array.from({ length: 32 }, (_, at) =>
      inTurn('one', async () => {
        begun += 1;
        return at === 0 ? asked : 'told';
      }),
    );
    const other = inTurn('two', async () => 'told');
    const ended = Promise.allSettled(waiting);

    expect(await other).toBe('told');
    fails(silence);

    expect((await ended).every((each) => each.status === 'rejected' && each.reason === silence)).toBe(true);
    expect(begun).toBe(1);
    expect(await inTurn('one', async () => 'told')).toBe('told');
  });

  it('keep the order in which they were asked for, whoever passes or fails', async () => {
    const piece = fc.record({ passes: fc.boolean(), fails: fc.boolean(), ticks: fc.nat(5) });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const { begin, notes } = world();
        await Promise.allSettled(
          pieces.map(async (each, at) => {
            if (at % 3 === 2) await sleep(0);
            return begin(`${at}`, each);
          }),
        );
        const begun = notes.filter((note) => note.endsWith('begins')).map((note) => Number(note.split(' ')[0]));
        const byOrder = (late: boolean) => begun.filter((at) => (at % 3 === 2) === late);
        for (const order of [byOrder(false), byOrder(true)])
          expect(order).toStrictEqual(order.toSorted((a, b) => a - b));
        expect(begun).toHaveLength(pieces.length);
      }),
    );
  });
});
