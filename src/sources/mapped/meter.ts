/** What a mapping may spend on one body: an ordinary one takes some hundred. */
const MOST = 200_000;

export class TooCostly extends Error {}

/** Counts what a mapping does, so that none goes on without end; by steps, and not by a clock, so that none fails for being slow. */
export interface Meter {
  /** Throws a TooCostly once it is too much. */
  spend(steps: number): void;
  /** A value about to be gone through, paid for by its size, with all that is in it. */
  weighed<T>(value: T): T;
}

export function newMeter(): Meter {
  let left = MOST;
  const spend = (steps: number) => {
    left -= steps;
    if (left < 0) throw new TooCostly(`it takes more than ${MOST} steps for this body`);
  };
  const weigh = (value: unknown): void => {
    if (typeof value === 'string') spend(Math.ceil(value.length / 32));
    else if (Array.isArray(value)) {
      spend(value.length);
      for (const member of value) weigh(member);
    } else if (typeof value === 'object' && value !== null) weigh(Object.values(value));
  };
  return {
    spend,
    weighed(value) {
      weigh(value);
      return value;
    },
  };
}
