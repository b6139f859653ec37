/** How often a receiver may be written to. Undefined is without limit. */
export interface Rate {
  readonly perSecond?: number | undefined;
  /** How many messages may come within one moment, before `perSecond` holds; without it, one. */
  readonly burst?: number | undefined;
  readonly perHour?: number | undefined;
  /** How long what is over the rate is gathered for one message: a step further for each that told of several. Milliseconds. */
  readonly gather?: readonly number[] | undefined;
}

/** A storm is told at once, then every ten seconds, then every minute. */
export const GATHER = [1_000, 10_000, 60_000] as const;
