export const SECOND_MILLISECONDS = 1_000;
export const MINUTE_MILLISECONDS = 60 * SECOND_MILLISECONDS;
export const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
export const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** Milliseconds since 1970 as ISO in UTC. */
export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
