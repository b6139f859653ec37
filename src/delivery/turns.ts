/** Work of one process that must not overlap: for each key one after the other, in the order in which it came. */
export type InTurn = <T>(key: string, work: (pass: () => void) => Promise<T>) => Promise<T>;

/**
 * Each work begins when the one before it has ended, or has called `pass` because nobody needs to wait for its rest. A
 * fault that is shared fails all who were waiting when it came: each would only meet it again, one after the other.
 */
export function createTurns(isShared: (error: unknown) => boolean = () => false): InTurn {
  const last = new Map<string, Promise<void>>();
  const faults = new Map<string, Fault>();
  let tickets = 0;
  return async (key, work) => {
    tickets += 1;
    const ticket = tickets;
    const { promise, resolve: pass } = Promise.withResolvers<void>();
    const before = last.get(key);
    const mine = before === undefined ? promise : before.then(() => promise);
    last.set(key, mine);
    await before;
    try {
      const fault = faults.get(key);
      if (fault !== undefined && ticket <= fault.upTo) throw fault.error;
      return await work(pass);
    } catch (error) {
      if (isShared(error) && error !== faults.get(key)?.error) faults.set(key, { error, upTo: tickets });
      throw error;
    } finally {
      pass();
      if (last.get(key) === mine) {
        last.delete(key);
        faults.delete(key);
      }
    }
  };
}

interface Fault {
  readonly error: unknown;
  /** The last ticket of those who waited when it came. */
  readonly upTo: number;
}
