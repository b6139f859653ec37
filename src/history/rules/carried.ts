import * as z from 'zod';

const when = z.record(z.string(), z.number());

/** What has begun on one day and may end on a later one, by its name, 32 hex digits; times in milliseconds. */
export const carried = z.object({
  /** Alerts that fire, since when; and those of them that somebody has acknowledged. */
  firing: when.default({}),
  acknowledged: when.default({}),
  /** Alerts that ended, when. */
  ended: when.default({}),
  /** When a deployment was first told of. */
  begun: when.default({}),
  /** Runs that ended in an environment of theirs: their end as a whole is none of its own. */
  placed: when.default({}),
  /** What failed to be deployed, by subject and environment. */
  failing: when.default({}),
});

type Stored = z.infer<typeof carried>;

/** The same while a day is counted. */
export type Carried = { readonly [Name in keyof Stored]: Map<string, number> };

const NAMES = Object.keys(carried.shape) as (keyof Stored)[];

// What nobody ended is let go: the newest of each, for a month. With names of 32 letters, all together less than a row of the ledger holds.
const MOST = 1_400;
const KEPT_MILLISECONDS = 30 * 86_400_000;
/** As long as an alert that fires again flaps, and more. */
const ENDED_MILLISECONDS = 3_600_000;

export const opened = (stored: Stored): Carried =>
  Object.fromEntries(NAMES.map((name) => [name, new Map(Object.entries(stored[name]))])) as Carried;

/** What the next day needs; `now` is the end of the day that was counted. */
export const closed = (carrying: Carried, now: number): Stored =>
  Object.fromEntries(
    NAMES.map((name) => {
      const most = name === 'ended' ? ENDED_MILLISECONDS : KEPT_MILLISECONDS;
      const fresh = [...carrying[name]].filter(([, at]) => at <= now && now - at < most);
      return [name, Object.fromEntries(fresh.sort(([, a], [, b]) => b - a).slice(0, MOST))];
    }),
  ) as Stored;
