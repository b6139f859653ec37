import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';

// The explorer alone says what happens next: a pause of the product's is over at once, and what it would give up after some
// seconds of real time it goes on waiting for.

/** Resolves once everything that can go on has gone on as far as it can. */
export const quiescent = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function withoutRealTime(): void {
  Object.assign(timersPromises, { setTimeout: async () => undefined });
  syncBuiltinESMExports();
  Object.assign(globalThis, { setTimeout: () => ({ unref: () => undefined }), clearTimeout: () => undefined });
}
