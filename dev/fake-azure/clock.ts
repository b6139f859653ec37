export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export interface HandClock extends Clock {
  advance(milliseconds: number): void;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved by hand. */
export function handClock(start = Date.parse('2026-11-20T08:00:00Z')): HandClock {
  let now = start;
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}
