/** How often a receiver may be written to. Undefined is without limit. */
export interface Rate {
  readonly perSecond?: number | undefined;
  readonly perHour?: number | undefined;
}

/** When each limit is used up to, in milliseconds: the "theoretical arrival time" of the generic cell rate algorithm. */
export interface Used {
  readonly second: number;
  readonly hour: number;
}

export const UNUSED: Used = { second: 0, hour: 0 };

const HOUR = 3_600_000;

// Of a limit per hour, so much may go out at once; the rest is spread, so that no hour ever sees more than the limit.
const AT_ONCE = 0.4;

/** A limit: `interval` between two messages in the long run, `slack` by how much they may come early. Milliseconds. */
interface Cell {
  readonly interval: number;
  readonly slack: number;
}

function cells({ perSecond, perHour }: Rate): { readonly [Key in keyof Used]: Cell } {
  const burst = perHour === undefined ? 0 : Math.max(1, Math.floor(perHour * AT_ONCE));
  const interval = perHour === undefined ? 0 : HOUR / Math.max(1, perHour - burst);
  return {
    second: { interval: perSecond === undefined ? 0 : 1_000 / perSecond, slack: 0 },
    hour: { interval, slack: interval * Math.max(0, burst - 1) },
  };
}

/** Takes one message's share at `now`; or says from when on there is one, in milliseconds. */
export function take(rate: Rate, used: Used, now: number): { readonly used: Used } | { readonly from: number } {
  const { second, hour } = cells(rate);
  const before = { second: upTo(used.second, second, now), hour: upTo(used.hour, hour, now) };
  const from = Math.max(before.second - second.slack, before.hour - hour.slack);
  if (from > now) return { from };
  return { used: { second: before.second + second.interval, hour: before.hour + hour.interval } };
}

// By how much the clocks of two instances may differ.
const SKEW_MILLISECONDS = 60_000;

/** Until when a limit is used up, from now on. What is further off than all that can go at once was taken by a clock that had jumped ahead: it counts no more. */
const upTo = (used: number, { interval, slack }: Cell, now: number): number =>
  used > now + interval + slack + SKEW_MILLISECONDS ? now : Math.max(used, now);

export const isLimited = ({ perSecond, perHour }: Rate): boolean => perSecond !== undefined || perHour !== undefined;
