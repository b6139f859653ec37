import type { Ports } from '../../src/delivery/ports.ts';
import { StorageError } from '../../src/problems/errors.ts';
import { everyTransport } from './transports.ts';

/**
 * What happens at the k-th call of a relay to the outside, before anything is done there or right after: its process is
 * killed, or storage fails this once.
 */
export interface Mishap {
  readonly call: number;
  readonly moment: 'before' | 'after';
  readonly kind: 'killed' | 'fault';
}

export interface Mortal {
  readonly ports: Ports;
  /** What was called so far. */
  readonly calls: string[];
  /** Resolves when the process is dead: nothing that it still waited for goes on. */
  readonly dead: Promise<'dead'>;
}

const NEVER = new Promise<never>(() => undefined);

/** Ports of a process that meets with a mishap at one of its calls to storage or to a chat. */
export function mortal(ports: Ports, mishap: Mishap | undefined): Mortal {
  const calls: string[] = [];
  const dead = Promise.withResolvers<'dead'>();
  let isDead = false;
  const fail = (): Promise<never> => {
    if (mishap?.kind === 'fault') return Promise.reject(new StorageError('storage did not answer', 'no answer'));
    isDead = true;
    dead.resolve('dead');
    return NEVER;
  };
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (isDead) return NEVER;
    calls.push(name);
    const isHere = calls.length === mishap?.call && (mishap.kind === 'killed' || name !== 'send');
    if (isHere && mishap.moment === 'before') return fail();
    const result = await work();
    // What others of this process were doing meanwhile may have gone through, but nobody is left to hear of it.
    if (isDead) return NEVER;
    return isHere ? fail() : result;
  };
  const { deliveries, ledger, transports } = ports;
  return {
    calls,
    dead: dead.promise,
    ports: {
      ...ports,
      deliveries: {
        send: (...message) => step('queue', () => deliveries.send(...message)),
        check: () => deliveries.check(),
        oldest: () => deliveries.oldest(),
      },
      ledger: {
        read: (...key) => step('read', () => ledger.read(...key)),
        write: (...changes) => step('write', () => ledger.write(...changes)),
        async *list(...range) {
          yield* await step('list', async () => {
            const pages = [];
            for await (const page of ledger.list(...range)) pages.push(page);
            return pages;
          });
        },
        clean: (...range) => ledger.clean(...range),
        check: () => ledger.check(),
      },
      transports: everyTransport(
        (name) =>
          (...letter) =>
            step('send', () => transports[name](...letter)),
      ),
    },
  };
}
