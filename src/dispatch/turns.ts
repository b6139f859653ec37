/** Work of one process that must not overlap: for each key one after the other, in the order in which it came. */
export type InTurn = <T>(key: string, work: (pass: () => void) => Promise<T>) => Promise<T>;

/** Each work begins when the one before it has ended, or has called `pass` because nobody needs to wait for its rest. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<void>>();
  return async (key, work) => {
    const { promise, resolve: pass } = Promise.withResolvers<void>();
    const before = last.get(key);
    const mine = before === undefined ? promise : before.then(() => promise);
    last.set(key, mine);
    await before;
    try {
      return await work(pass);
    } finally {
      pass();
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
