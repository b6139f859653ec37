import { StorageError } from '../problems/errors.ts';
import { advanced, isUnderWay, type UnderWay, underWay } from '../routing/deferral.ts';
import type { Change, Ports } from './ports.ts';
import { allOf, QUIET, underWayKey } from './rules/keys.ts';

const MOST_TRIES = 8;

/** The deployments that the ledger knows of, by their key. Every function rejects with a StorageError. */
export function deploymentsIn({ ledger, clock }: Pick<Ports, 'ledger' | 'clock'>) {
  async function read(key: string) {
    const row = await ledger.read(QUIET, underWayKey(key));
    return { row, value: underWay.safeParse(row?.value).data };
  }

  return {
    of: async (key: string): Promise<UnderWay | undefined> => (await read(key)).value,

    /** Which step comes last is decided by the senders' clock, whoever writes first. */
    async step(told: UnderWay): Promise<UnderWay> {
      const key = underWayKey(told.key);
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const { row, value } = await read(told.key);
        const next = advanced(value, told);
        const change: Change =
          row === undefined
            ? { kind: 'insert', key, value: next }
            : { kind: 'replace', key, value: next, etag: row.etag };
        if ((await ledger.write(QUIET, [change])) !== 'conflict') return next;
      }
      throw new StorageError('the ledger did not take the change', 'too many changes at once');
    },

    /** The keys of those that are over. */
    async overdue(): Promise<readonly string[]> {
      const keys: string[] = [];
      for await (const page of ledger.list(QUIET, allOf('under-way:'))) {
        for (const { key, value } of page) {
          const { data } = underWay.safeParse(value);
          if (data !== undefined && isUnderWay(data, clock.now())) continue;
          if (data !== undefined) keys.push(data.key);
          else await ledger.write(QUIET, [{ kind: 'delete', key }]);
        }
      }
      return keys;
    },

    async forget(key: string): Promise<void> {
      await ledger.write(QUIET, [{ kind: 'delete', key: underWayKey(key) }]);
    },
  };
}
