import { StorageError } from '../problems/errors.ts';

/** The message is out (or queued again): failing now would send it twice, so a storage that does not answer is let be. */
export async function regardless<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return undefined;
  }
}
