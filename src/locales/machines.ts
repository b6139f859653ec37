import type { EventOf } from '../event/event.ts';
import type { Machines, NamedMachine } from '../event/machines.ts';

/** A language's words for the machines of a scaling. Names stand where they are not declined. */
export interface MachineWords {
  /** "vm-7, vm-8 in zones 1, 2", "vm-7 in zone 1". */
  readonly placed: (names: string, zones: readonly string[]) => string;
  /** "and 4 more". */
  readonly others: (count: number) => string;
  /** "3 instances, not seen which". */
  readonly unseen: (count: number) => string;
  /** "1, after 15 min": so many did not come, or did not go, in the time that was looked for them. */
  readonly overdue: (count: number) => string;
  readonly limit: Readonly<Record<NonNullable<Machines['limit']>, string>>;
  /** "vm-7 in zone 1, running after 2 min 10 s". */
  readonly running: (which: string, after: string | undefined) => string;
  readonly removed: (which: string) => string;
  /** "1 not running yet after 15 min". */
  readonly notRunning: (count: number) => string;
  readonly notRemoved: (count: number) => string;
  /** "1 failed (AllocationFailed)". */
  readonly failed: (count: number, codes: string) => string;
  /** "maximum reached". */
  readonly reached: (limit: string) => string;
  /** "9 wanted by now". */
  readonly changed: (capacity: number) => string;
  /** "stays at 5, nothing was added". */
  readonly unmoved: Readonly<Record<EventOf<'scale'>['direction'], (capacity: number) => string>>;
  /** "3 to 8 in the last 24 hours". */
  readonly lastDay: (minimum: string, maximum: string) => string;
}

// What a line of a message has room for, even in zones of their own.
const MOST_SHOWN = 5;

/** "vm-7, vm-8, vm-9 in zones 1, 2, 3", "vm-7, vm-8 in zone 1, and 998 more"; a count where no name is known. */
export function whichOf({ named, count }: Machines, words: MachineWords): string {
  if (named.length === 0) return words.unseen(count);
  const shown = named.slice(0, MOST_SHOWN);
  const more = count - shown.length;
  return [placesOf(shown, words), ...(more > 0 ? [words.others(more)] : [])].join(', ');
}

/** Each in a zone of its own is said in one go, else zone by zone. */
function placesOf(named: readonly NamedMachine[], { placed }: MachineWords): string {
  const byZone = Map.groupBy(named, ({ zone = '' }) => zone);
  const namesOf = (some: readonly NamedMachine[]) => some.map(({ name }) => name).join(', ');
  if (byZone.size === named.length && !byZone.has('')) return placed(namesOf(named), [...byZone.keys()]);
  return [...byZone].map(([zone, some]) => (zone === '' ? namesOf(some) : placed(namesOf(some), [zone]))).join(', ');
}

/** What became of the machines, for the end of a sentence: "; " between the parts, no full stop. */
export function machinesText(
  direction: EventOf<'scale'>['direction'],
  machines: Machines,
  words: MachineWords,
  duration: (seconds: number) => string,
): string {
  const { count, seconds, waiting, failed, codes = [], limit, capacity, unmoved } = machines;
  const isOut = direction === 'out';
  const which = whichOf(machines, words);
  const took = seconds === undefined ? undefined : duration(seconds);
  return [
    ...(count === 0 ? [] : [isOut ? words.running(which, took) : words.removed(which)]),
    ...(waiting ? [isOut ? words.notRunning(waiting) : words.notRemoved(waiting)] : []),
    ...(failed ? [words.failed(failed, codes.join(', '))] : []),
    ...(limit === undefined ? [] : [words.reached(words.limit[limit])]),
    ...(capacity === undefined ? [] : [(unmoved ? words.unmoved[direction] : words.changed)(capacity)]),
  ].join('; ');
}

/** Between how many instances its set was in the last day; empty where nothing is known of that. */
export const lastDayText = (
  { day, machines }: EventOf<'scale'>,
  words: MachineWords,
  number: (count: number) => string,
): string =>
  day === undefined || machines !== undefined ? '' : `; ${words.lastDay(number(day.minimum), number(day.maximum))}`;
