import { iso } from '../event/time/units.ts';
import { ConfigurationError, type Problem, RelayError } from '../problems/errors.ts';

/** A text as it was stored. */
export interface Version {
  readonly text: string;
  readonly etag: string;
  /** ISO, UTC, by the storage's clock: the same for whoever reads it. */
  readonly changedAt: string;
}

export interface Reload<Made> {
  /** The text as it is now; "unchanged" where it is still that of the etag. Rejects with a RelayError. */
  read(etag: string | undefined): Promise<Version | 'unchanged'>;
  /** Throws a ConfigurationError with every problem of the text. */
  make(text: string): Promise<Made>;
  /**
   * Called once for each bad text that comes after a good one, and where the text is gone. `at` is ISO, UTC; `state` is the same
   * for whoever else sees the same.
   */
  onProblem(problems: readonly Problem[], at: string, state: string): void;
  /** Milliseconds. */
  now(): number;
}

/** How old what is known may be: long enough to cost nothing, short enough to wait for after a change. */
export const FRESH_MILLISECONDS = 30_000;

// Without anything to go by, each call looks again: storage may have been away for a moment only.
const AGAIN_MILLISECONDS = 1_000;

// A look takes some milliseconds; whoever asks while storage is silent goes by what is known.
const PATIENCE_MILLISECONDS = 1_000;

/**
 * What is made from a text that may change. Looks again when it is next used after a while; the last good one stays in
 * force as a whole, whatever comes after it, and while a look gets no answer. Rejects with a RelayError where there never was a good one.
 */
export function reloading<Made>({ read, make, onProblem, now }: Reload<Made>): () => Promise<Made> {
  let good: Made | undefined;
  let etag: string | undefined;
  let fault: RelayError | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    try {
      const found = await read(etag);
      if (found === 'unchanged') return;
      etag = found.etag;
      await take(found);
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      failed(error);
    } finally {
      lookedAt = now();
    }
  }

  function failed(error: RelayError): void {
    const isGone = error instanceof ConfigurationError;
    // Storage that does not answer says nothing about the text: what is known of it stays so.
    if (good === undefined && (isGone || etag === undefined)) fault = error;
    if (good !== undefined && isGone && etag !== undefined) onProblem(error.problems, iso(now()), `gone after ${etag}`);
    if (isGone) etag = undefined;
  }

  async function take({ text, changedAt }: Version): Promise<void> {
    try {
      good = await make(text);
      fault = undefined;
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      if (good === undefined) fault = error;
      else onProblem(error.problems, changedAt, changedAt);
    }
  }

  return async () => {
    if (now() - lookedAt >= (good === undefined ? AGAIN_MILLISECONDS : FRESH_MILLISECONDS)) {
      const isFirst = looking === undefined;
      looking ??= look().finally(() => (looking = undefined));
      // With a good one, only whoever begins the look waits for it, and not for long.
      if (good === undefined) await looking;
      else if (isFirst) await forAWhile(looking);
    }
    if (good !== undefined) return good;
    throw fault ?? new ConfigurationError([]);
  };
}

/** Resolves with the work, or after a while without it. */
async function forAWhile(work: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MILLISECONDS);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
