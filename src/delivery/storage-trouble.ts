import { StorageError } from '../problems/errors.ts';
import type { Dispatch } from './dispatch.ts';
import { notify } from './notify.ts';

/** Shorter than that, a sender's next try mends it and nobody needs to know. */
const WORTH_TELLING = 60_000;

const MINUTE = 60_000;

/** The partition of what was told of storage: no receiver is called so. */
const PARTITION = '~storage';

/** Runs what needs storage; once storage is back after a while, people are told that it was away, and for how long. */
export function watchingStorage(dispatch: Dispatch): <T>(work: () => Promise<T>) => Promise<T> {
  const { clock } = dispatch.ports;
  let since: number | undefined;

  async function isBack(): Promise<void> {
    if (since === undefined) return;
    const [began, now] = [since, clock.now()];
    since = undefined;
    if (now - began < WORTH_TELLING) return;
    const reason = `${Math.round((now - began) / MINUTE)} min`;
    const news = { topic: 'storage', about: 'AzureWebJobsStorage', now, began, reason } as const;
    await dispatch.desk.change(PARTITION, async (state) => ({
      changes: [],
      state: await notify(dispatch, state, news),
      result: undefined,
    }));
  }

  return async (work) => {
    try {
      const result = await work();
      // What was asked for is done, whether anybody can be told now or not.
      await isBack().catch(ifStorage);
      return result;
    } catch (error) {
      if (error instanceof StorageError) since ??= clock.now();
      throw error;
    }
  };
}

function ifStorage(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
}
