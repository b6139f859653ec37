import { AsyncLocalStorage } from 'node:async_hooks';
import { LateError } from './errors.ts';

/** Milliseconds for a webhook from its start: Azure Monitor and many others give up after 10 s. */
export const WEBHOOK_MILLISECONDS = 8_000;

/** Milliseconds for what an operator asks: the command line gives up after 10 s. */
export const OPERATOR_MILLISECONDS = 9_000;

const current = new AsyncLocalStorage<AbortSignal | undefined>();

/**
 * Runs work that may take so long altogether, whatever it waits for. Rejects with a LateError at the end of that time.
 * Within another budget that one counts.
 */
export async function budgeted<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  if (current.getStore() !== undefined) return work();
  const ending = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new LateError());
    ending.abort();
  }, milliseconds);
  try {
    return await Promise.race([current.run(ending.signal, work), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Aborted when the budget of what is under way ends; undefined where there is none. */
export const budgetEnd = (): AbortSignal | undefined => current.getStore();

/** Runs what others wait for as well: the end of one caller's budget does not end it. */
export const shared = <T>(work: () => T): T => current.run(undefined, work);
