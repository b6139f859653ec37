import type { Ledger } from '../delivery/ports.ts';
import { allOf, UNROUTED } from '../delivery/rules/keys.ts';
import { ledgerEntry } from '../delivery/rules/ledger.ts';
import type { DriftEpisode } from '../drift/rules/episodes.ts';
import { isObject } from '../event/json.ts';
import { DAY_MILLISECONDS, HOUR_MILLISECONDS, iso, MINUTE_MILLISECONDS } from '../event/time/units.ts';
import { countDay } from './rules/count-day.ts';
import { dayOf, startOf } from './rules/day-count.ts';
import { Facts } from './rules/facts.ts';
import { type Mark, readCarried, readMark, writeDay, writeMark } from './store.ts';

/** What a count came to. */
export interface Counted {
  /** The days that were counted, the first and the last. */
  readonly from: string;
  readonly to: string;
  readonly events: number;
  /** Rows that say nothing that could be counted. */
  readonly unread: number;
}

interface Given {
  readonly ledger: Ledger;
  readonly now: number;
  readonly receivers: readonly string[];
  /** Where and when instances are off their model. */
  readonly episodes: () => Promise<readonly DriftEpisode[]>;
}

/** As long as the ledger remembers. */
const FIRST_DAYS = 29;
/** How long after its end a day is counted for good: what waited in the night has left by then. */
const SETTLED = 12 * HOUR_MILLISECONDS;
/** Clocks of instances and of storage differ. */
const SKEW = 10 * MINUTE_MILLISECONDS;
/** Azure gives no more rows at once. */
const PAGE = 1_000;

/** So many days are read at once: two are what there is to count but after a stop, and more might not fit into memory. */
const AT_ONCE = 2;

/**
 * Counts the days that may have changed. Each is counted anew from the ledger's rows and put in the place of what was there: twice is
 * once, and a crash leaves an older count. Rejects with a StorageError.
 */
export async function countHistory(given: Given): Promise<Counted> {
  const { ledger, now } = given;
  const mark = await readMark(ledger);
  const days = daysFrom(firstDay(mark, now), now);
  const known = await given.episodes();
  const counted = { events: 0, unread: 0 };
  for (let at = 0; at < days.length; at += AT_ONCE) {
    const some = days.slice(at, at + AT_ONCE);
    const { events, unread } = await countDays(given, some, known);
    counted.events += events;
    counted.unread = Math.max(counted.unread, unread);
    const [last = ''] = some.slice(-1);
    // What is done stays done where the time does not suffice for all; it is counted until now with the last of them alone.
    const until = last === days.at(-1) ? iso(now) : (mark?.at ?? iso(0));
    await writeMark(ledger, { final: last < lastFinal(now) ? last : lastFinal(now), at: until });
  }
  return { from: days[0] ?? '', to: days.at(-1) ?? '', ...counted };
}

async function countDays(given: Given, days: readonly string[], episodes: readonly DriftEpisode[]) {
  const { ledger, now } = given;
  const from = startOf(days[0] ?? '');
  const until = from + days.length * DAY_MILLISECONDS;
  // With what may say more of them: a stage ends before midnight, its run after it.
  const { facts, unread } = await read(given, from, until + SETTLED);
  const events = facts.inOrder();
  for (const day of days) {
    const carrying = await readCarried(ledger, dayOf(startOf(day) - DAY_MILLISECONDS));
    const counts = countDay(day, { facts, events, episodes, now }, carrying);
    await writeDay(ledger, day, counts, carrying, startOf(day) + DAY_MILLISECONDS);
  }
  return { events: events.filter(({ at }) => at < until).length, unread };
}

async function read({ ledger, receivers }: Given, from: number, until: number) {
  const facts = new Facts((at) => at >= from && at < until);
  let unread = 0;
  for (const partition of [...receivers, UNROUTED]) {
    const range = { ...allOf('event:'), since: iso(from - SKEW), page: PAGE };
    for await (const page of ledger.list(partition, range)) {
      for (const { value } of page) {
        if (isOfOtherDays(value, from, until)) continue;
        const { data } = ledgerEntry.safeParse(value);
        if (data === undefined) unread += 1;
        else facts.add(data);
      }
    }
  }
  return { facts, unread };
}

/** Without reading the whole of it: of a month, most rows are. */
function isOfOtherDays(value: unknown, from: number, until: number): boolean {
  const at = isObject(value) && typeof value['acceptedAt'] === 'string' ? Date.parse(value['acceptedAt']) : Number.NaN;
  return at < from || at >= until;
}

/** The last day that is not counted again. */
const lastFinal = (now: number): string => dayOf(now - SETTLED - DAY_MILLISECONDS);

/** Today; with yesterday where that has not been counted since its end, or is now counted for good; with all days that were missed. */
function firstDay(mark: Mark | undefined, now: number): string {
  const today = dayOf(now);
  const oldest = dayOf(now - FIRST_DAYS * DAY_MILLISECONDS);
  // A mark of a clock that was ahead says nothing.
  if (mark === undefined || Date.parse(mark.at) > now + SKEW) return oldest;
  const next = dayOf(startOf(mark.final) + DAY_MILLISECONDS);
  const isSettled = next <= lastFinal(now);
  const isNew = Date.parse(mark.at) < startOf(today);
  if (!isSettled && !isNew) return today;
  return next < oldest ? oldest : next < today ? next : today;
}

function daysFrom(first: string, now: number): readonly string[] {
  const count = Math.floor((startOf(dayOf(now)) - startOf(first)) / DAY_MILLISECONDS) + 1;
  return Array.from({ length: count }, (_, at) => dayOf(startOf(first) + at * DAY_MILLISECONDS));
}
