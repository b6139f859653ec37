import * as z from 'zod';
import { DAY_MILLISECONDS, MINUTE_MILLISECONDS } from '../event/time/units.ts';
import type { Matching } from './conditions.ts';
import { type Match, matcher } from './match.ts';
import { timeZone } from './time-zone.ts';

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day, such as 22:00');
const end = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time of day, such as 07:00 or 24:00');

export const windowOf = (match: Matching) =>
  z
    .strictObject({
      name: z
        .string()
        .regex(/^[\w-]{1,40}$/, 'expected letters, digits, - and _')
        .describe('As the reason says it.'),
      match: match.optional().describe('Which events; without it, all.'),
      days: z
        .array(z.enum(days))
        .min(1)
        .optional()
        .describe('The days that it begins on: `mon` to `sun`; without them, every day.'),
      from: clock.optional().describe('When it begins, by the clock on the wall; without it, 00:00.'),
      to: end.optional().describe('When it ends; on the next day where that is earlier; without it, 24:00.'),
      timeZone: timeZone.optional().describe('Whose clock, as an IANA name; without it, `RELAY_TIME_ZONE`.'),
      receivers: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('For whom; without it, every chat. Receivers of type `webhook` only where they are named.'),
    })
    .refine(({ from, to }) => from === undefined || from !== to, 'expected another end than the beginning');

/** A time of every week at which some events are kept back. */
export interface Window {
  readonly name: string;
  /** Absent: for every event. */
  readonly match?: Match;
  /** Absent: for every receiver. */
  readonly receivers?: readonly string[];
  /** `now` in milliseconds. */
  isOpen(now: number): boolean;
  /** When the window that is open at `now` ends, in milliseconds; undefined where it does not end within eight days. */
  endAfter(now: number): number | undefined;
}

type Given = z.infer<ReturnType<typeof windowOf>>;

/** `chats` are the receivers that a window is for which names none. */
export function compileWindow(given: Given, defaultZone: string, chats?: readonly string[]): Window {
  const { name, match, receivers = chats, ...rest } = given;
  const isOpen = opening(rest, defaultZone);
  return {
    name,
    ...(match && { match: matcher(match) }),
    ...(receivers && { receivers }),
    isOpen,
    endAfter: ending(isOpen),
  };
}

/** What does not end within this time never does, in milliseconds. */
export const LONGEST = 8 * DAY_MILLISECONDS;

/** Finds the end minute by minute, since clocks may be put forward or back until then; and remembers the last that it found. */
function ending(isOpen: (now: number) => boolean): (now: number) => number | undefined {
  let known: { readonly from: number; readonly until: number; readonly end: number | undefined } | undefined;
  return (now) => {
    if (known !== undefined && now >= known.from && now < known.until) return known.end;
    const from = Math.floor(now / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
    for (let at = from + MINUTE_MILLISECONDS; at <= from + LONGEST; at += MINUTE_MILLISECONDS) {
      if (isOpen(at)) continue;
      known = { from, until: at, end: at };
      return at;
    }
    known = { from, until: from + DAY_MILLISECONDS, end: undefined };
    return undefined;
  };
}

/**
 * A window is open whenever the clock on the wall shows a time in it. An hour that the clock skips is never shown, so a
 * window in it does not open that day; an hour that it shows twice counts twice.
 */
function opening(
  { days: wanted = [...days], from = '00:00', to = '24:00', timeZone }: Omit<Given, 'name' | 'match' | 'receivers'>,
  defaultZone: string,
): (now: number) => boolean {
  const at = wallClock(timeZone ?? defaultZone);
  const begins = new Set<number>(wanted.map((day) => days.indexOf(day)));
  const [first, last] = [minutesOf(from), minutesOf(to)];
  return (now) => {
    const { day, minute } = at(now);
    if (first < last) return begins.has(day) && minute >= first && minute < last;
    return (begins.has(day) && minute >= first) || (begins.has((day + 6) % 7) && minute < last);
  };
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

// As Intl has them, in the order of `days`.
const WEEKDAYS: readonly (string | undefined)[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What the clock on the wall shows in a zone: the day of the week, of which 0 is Monday, and the minute of the day. */
export function wallClock(timeZone: string): (now: number) => { readonly day: number; readonly minute: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (now) => {
    const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
    const day = WEEKDAYS.indexOf(parts['weekday']);
    return { day, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
  };
}
