import { ConfigurationError, type Problem, RelayError } from '../errors.ts';

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
  /** Called once for each bad text that comes after a good one. */
  onProblem(problems: readonly Problem[], changedAt: string): void;
  /** Milliseconds. */
  now(): number;
}

/** How old what is known may be: long enough to cost nothing, short enough to wait for after a change. */
export const FRESH_MILLISECONDS = 30_000;

/**
 * What is made from a text that may change. Looks again when it is next used after a while; the last good one stays in
 * force as a whole, whatever comes after it. Rejects with a RelayError where there never was a good one.
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
    if (good !== undefined && isGone && etag !== undefined) onProblem(error.problems, new Date(now()).toISOString());
    if (isGone) etag = undefined;
  }

  async function take({ text, changedAt }: Version): Promise<void> {
    try {
      good = await make(text);
      fault = undefined;
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      if (good === undefined) fault = error;
      else onProblem(error.problems, changedAt);
    }
  }

  return async () => {
    if (now() - lookedAt >= FRESH_MILLISECONDS) {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      await looking;
    }
    if (good !== undefined) return good;
    throw fault ?? new ConfigurationError([]);
  };
}
