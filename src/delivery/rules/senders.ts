import * as z from 'zod';
import { DAY_MILLISECONDS, HOUR_MILLISECONDS, iso } from '../../event/time/units.ts';

const refusal = z.object({
  /** A word of ours, or which part of the credentials was wrong: nothing of the request. */
  reason: z.string(),
  /** Of HTTP. */
  status: z.int(),
  count: z.int().min(1),
  since: z.iso.datetime(),
  at: z.iso.datetime(),
});

/** What is known of a sender: its row, and what one instance has seen since that was written. */
export const sender = z.object({
  source: z.string(),
  /** When the last webhook of it was accepted. */
  last: z.iso.datetime().optional(),
  /** How many were accepted in each hour (its beginning, ISO) of the last day. */
  hours: z.record(z.string(), z.int().min(0)).default({}),
  refusals: z.array(refusal).readonly().default([]),
});

export type Sender = z.infer<typeof sender>;
type Refusal = Sender['refusals'][number];

/** A request of a sender; `at` is in milliseconds. */
export interface Seen {
  readonly source: string;
  readonly at: number;
  readonly refused?: Pick<Refusal, 'reason' | 'status'> | undefined;
}

/** So many reasons are kept of a sender, the latest. */
const MOST_REFUSALS = 8;
const MOST_REASON = 100;
/** Of what has not been refused for so long, nothing is said any more. */
const KEPT_MILLISECONDS = 7 * DAY_MILLISECONDS;
const HOURS = 25;

/** One request, as what is known of its sender. */
export function seenOf({ source, at, refused }: Seen): Sender {
  const time = iso(at);
  if (refused === undefined) return { source, last: time, hours: { [hourOf(at)]: 1 }, refusals: [] };
  const { reason, status } = refused;
  return {
    source,
    hours: {},
    refusals: [{ reason: reason.slice(0, MOST_REASON), status, count: 1, since: time, at: time }],
  };
}

const hourOf = (at: number): string => iso(Math.floor(at / HOUR_MILLISECONDS) * HOUR_MILLISECONDS);

/** What two know of one sender. In whatever order they come: the same. */
export function together(one: Sender, other: Sender, now: number): Sender {
  const last = [one.last ?? '', other.last ?? ''].toSorted().at(-1);
  const hours = new Map<string, number>();
  for (const [hour, count] of [...Object.entries(one.hours), ...Object.entries(other.hours)])
    hours.set(hour, (hours.get(hour) ?? 0) + count);
  return {
    source: one.source,
    ...(last && { last }),
    hours: Object.fromEntries([...hours].filter(([hour]) => isOfLastDay(hour, now)).toSorted()),
    refusals: refusalsOf([...one.refusals, ...other.refusals], now),
  };
}

const isOfLastDay = (hour: string, now: number): boolean => Date.parse(hour) > now - HOURS * HOUR_MILLISECONDS;

function refusalsOf(all: readonly Refusal[], now: number): readonly Refusal[] {
  const known = new Map<string, Refusal>();
  for (const each of all) {
    const key = `${each.status} ${each.reason}`;
    const before = known.get(key);
    known.set(key, before === undefined ? each : added(before, each));
  }
  return [...known.values()]
    .filter(({ at }) => Date.parse(at) > now - KEPT_MILLISECONDS)
    .toSorted((a, b) => b.at.localeCompare(a.at) || `${a.status} ${a.reason}`.localeCompare(`${b.status} ${b.reason}`))
    .slice(0, MOST_REFUSALS);
}

const added = (one: Refusal, other: Refusal): Refusal => ({
  ...one,
  count: one.count + other.count,
  since: one.since < other.since ? one.since : other.since,
  at: one.at > other.at ? one.at : other.at,
});

/** How many were accepted in the last day, to the hour. */
export const countOfDay = ({ hours }: Sender, now: number): number =>
  Object.entries(hours)
    .filter(([hour]) => Date.parse(hour) > now - DAY_MILLISECONDS)
    .reduce((sum, [, count]) => sum + count, 0);
