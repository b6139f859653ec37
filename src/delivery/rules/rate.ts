import type { Rate } from '../../destinations/rate.ts';
import { HOUR_MILLISECONDS, MINUTE_MILLISECONDS } from '../../event/time/units.ts';

/**
 * Who asks. `urgent` is what somebody must look at now: it may go one message over the rate of a second, and the last of
 * an hour's messages are its own.
 */
export type Lane = 'urgent' | 'usual';

/** When each limit is used up to, in milliseconds: the "theoretical arrival time" of the generic cell rate algorithm. */
export interface Used {
  readonly second: number;
  readonly hour: number;
}

export const UNUSED: Used = { second: 0, hour: 0 };

// Of a limit per hour, so much may go out at once; the rest is spread, so that no hour ever sees more than the limit.
const AT_ONCE = 0.6;

/** Of an hour's messages, so many at most are kept for what is urgent, and never more than a fifth. */
const KEPT = 20;

/** A limit: `interval` between two messages in the long run, `slack` by how much they may come early. Milliseconds. */
interface Cell {
  readonly interval: number;
  readonly slack: number;
}

function cells({ perSecond, burst = 1, perHour }: Rate, lane: Lane): { readonly [Key in keyof Used]: Cell } {
  const second = perSecond === undefined ? 0 : 1_000 / perSecond;
  const atOnce = perHour === undefined ? 1 : Math.max(1, Math.floor(perHour * AT_ONCE));
  const hour = perHour === undefined ? 0 : HOUR_MILLISECONDS / Math.max(1, perHour - atOnce);
  const kept = lane === 'urgent' ? 0 : keptOf(perHour);
  return {
    second: { interval: second, slack: second * (lane === 'urgent' ? burst : burst - 1) },
    hour: { interval: hour, slack: hour * Math.max(0, atOnce - 1 - kept) },
  };
}

const keptOf = (perHour = 0): number => Math.min(KEPT, Math.floor(perHour / 5));

/** Takes one message's share at `now`; or says from when on there is one, in milliseconds. */
export function take(
  rate: Rate,
  used: Used,
  now: number,
  lane: Lane = 'usual',
): { readonly used: Used } | { readonly from: number } {
  const { second, hour } = cells(rate, lane);
  const most = cells(rate, 'urgent');
  const before = { second: upTo(used.second, most.second, now), hour: upTo(used.hour, most.hour, now) };
  const from = Math.max(before.second - second.slack, before.hour - hour.slack);
  if (from > now) return { from };
  return { used: { second: before.second + second.interval, hour: before.hour + hour.interval } };
}

// By how much the clocks of two instances may differ.
const SKEW_MILLISECONDS = MINUTE_MILLISECONDS;

/** Until when a limit is used up, from now on. What is further off than all that can go at once was taken by a clock that had jumped ahead: it counts no more. */
const upTo = (used: number, { interval, slack }: Cell, now: number): number =>
  used > now + interval + slack + SKEW_MILLISECONDS ? now : Math.max(used, now);

export const isLimited = ({ perSecond, perHour }: Rate): boolean => perSecond !== undefined || perHour !== undefined;

/** So many that are urgent go each by itself; where more wait, it would take too long until the last is told. */
export const mostAlone = ({ perSecond, burst = 1 }: Rate): number =>
  perSecond === undefined ? Number.POSITIVE_INFINITY : Math.ceil(burst + 60 * perSecond);
