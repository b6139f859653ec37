import type { EventOf } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { type Machines, MOST_NAMED } from '../../event/machines.ts';
import { MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import type { Machine, Sight } from './sight.ts';

/** What is remembered of the first look. */
type Remembered = Pick<Machine, 'name' | 'zone' | 'state' | 'isPooled'>;

/** A scaling whose machines are looked for. */
export interface Scaling {
  readonly direction: 'out' | 'in';
  readonly from: number;
  readonly to: number;
  /** ISO, by the sender's clock. */
  readonly at: string;
  /** ISO: when the set was told to be scaled again. */
  readonly until?: string | undefined;
}

export interface MachinesSeen {
  readonly scaling: Scaling;
  /** Of the first look that found something; undefined where this is the first. */
  readonly first?: readonly Remembered[] | undefined;
  readonly sight: Sight;
  /** Nobody will look again. */
  readonly last: boolean;
}

/** A scaling that can be followed: one that begins, of a set of machines, told by who speaks for autoscale. */
export function scalingIn(event: EventOf<'scale'>): Scaling | undefined {
  const { source, direction, from, to, phase, occurredAt: at, machines } = event;
  if (phase !== 'started' || source === 'custom' || machines !== undefined) return undefined;
  if (from === undefined || (direction === 'out' ? to <= from : to >= from)) return undefined;
  return { direction, from, to, at };
}

// Autoscale's clock is not Compute's, and it tells of a scaling when that has begun.
const EARLY_MILLISECONDS = MINUTE_MILLISECONDS;

/** What became of it; undefined while another look may tell more. Names only what was seen to come or go. */
export function machinesOf(looked: MachinesSeen): Machines | undefined {
  const { scaling, first, sight } = looked;
  const own = { ...looked, sight: { ...sight, machines: sight.machines.filter(isInSet) } };
  return scaling.direction === 'out' ? cameOf(own) : wentOf({ ...own, first: first?.filter(isInSet) });
}

/** Machines of a standby pool come when they are taken from it, and go when they are put back. */
const isInSet = ({ isPooled }: Remembered): boolean => isPooled !== true;

function cameOf({ scaling, first, sight, last }: MachinesSeen): Machines | undefined {
  const wanted = scaling.to - scaling.from;
  const came = newcomers(scaling, first, sight);
  const running = came.machines.filter(({ state }) => state === 'running');
  const failed = came.machines.filter(({ state }) => state === 'failed');
  const isSeen = !came.isBlind && came.machines.length <= wanted && isExplained(scaling, sight, last);
  const ended = isSeen ? running.length + failed.length >= wanted : runningIn(sight) >= scaling.to;
  // More than were wanted may be those that Azure makes to be on the safe side, and takes away again.
  if (!last && (!ended || came.machines.length > wanted)) return undefined;
  if (!isSeen) {
    const isUnmoved = came.machines.length === 0 && (first ?? []).filter(isInSet).length <= scaling.from;
    return { ...counted(scaling, sight, runningIn(sight) - scaling.from, isUnmoved), ...failures(failed) };
  }
  const seconds = secondsUntil(scaling, running);
  // Where fewer are wanted by now, what is missing may well be gone again.
  const waiting = (sight.capacity ?? scaling.to) < scaling.to ? came.machines.length : wanted;
  return {
    named: named(running),
    count: running.length,
    ...(seconds !== undefined && { seconds }),
    ...some('waiting', waiting - running.length - failed.length),
    ...failures(failed),
  };
}

/** The machines that were made for it, as far as their times or an earlier look prove it. */
function newcomers(
  { from, at, until }: Scaling,
  first: readonly Remembered[] | undefined,
  { machines, unread }: Sight,
): { readonly machines: readonly Machine[]; readonly isBlind: boolean } {
  const begin = Date.parse(at) - EARLY_MILLISECONDS;
  const end = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until) - EARLY_MILLISECONDS;
  const old = new Set(first?.filter(({ state }) => state !== 'underWay').map(({ name }) => name));
  const pooled = new Set(first?.filter((each) => !isInSet(each)).map(({ name }) => name));
  const isTimed = machines.every(({ createdAt }) => createdAt !== undefined);
  const isNew = ({ name, createdAt, state }: Machine): boolean => {
    if (pooled.has(name)) return true;
    if (createdAt === undefined) return first === undefined ? state === 'underWay' : !old.has(name);
    const made = Date.parse(createdAt);
    return made >= begin && made < end;
  };
  const found = machines.filter((machine) => machine.state !== 'deleting' && isNew(machine));
  const isLater = ({ createdAt }: Machine): boolean => createdAt !== undefined && Date.parse(createdAt) >= end;
  const before = machines.filter((each) => each.state !== 'deleting' && !isNew(each) && !isLater(each));
  // By whom a machine of a pool was taken, no time says.
  const isOpen = until !== undefined && (!isTimed || found.some(({ name }) => pooled.has(name)));
  // More than there were before are from before by their times: some were taken from a pool before anybody looked.
  return { machines: found, isBlind: unread > 0 || isOpen || before.length > from };
}

function wentOf({ scaling, first, sight, last }: MachinesSeen): Machines | undefined {
  const wanted = scaling.from - scaling.to;
  const left = new Set(sight.machines.map(({ name }) => name));
  const gone = (first ?? []).filter(({ name }) => !left.has(name));
  const isSeen =
    sight.unread === 0 &&
    (first ?? sight.machines).length === scaling.from &&
    gone.length <= wanted &&
    isExplained(scaling, sight, last);
  const ended = isSeen ? gone.length >= wanted : left.size <= scaling.to;
  if (!last && !ended) return undefined;
  if (!isSeen) return counted(scaling, sight, scaling.from - left.size, left.size >= scaling.from && gone.length === 0);
  return { named: named(gone), count: gone.length, ...some('waiting', wanted - gone.length) };
}

/** Whether the set wants what the scaling wanted, or what it wanted is known to be another scaling's. */
const isExplained = ({ from, to, until }: Scaling, { capacity }: Sight, last: boolean): boolean =>
  until !== undefined || capacity === to || (capacity === from && !last);

/** Counts alone: what is there was not seen to come, or not to go. Azure may have refused the scaling as a whole. */
function counted({ from, to }: Scaling, { capacity }: Sight, moved: number, isUnmoved: boolean): Machines {
  if (capacity !== undefined && capacity !== to) {
    return { named: [], count: 0, capacity, ...(isUnmoved && capacity === from && { unmoved: true as const }) };
  }
  const wanted = Math.abs(to - from);
  const count = Math.min(Math.max(moved, 0), wanted);
  return { named: [], count, ...some('waiting', wanted - count) };
}

const runningIn = ({ machines }: Sight): number => machines.filter(({ state }) => state === 'running').length;

const some = <Key extends string>(key: Key, count: number): Partial<Record<Key, number>> =>
  (count > 0 ? { [key]: count } : {}) as Partial<Record<Key, number>>;

const byName = new Intl.Collator('en', { numeric: true });

const named = (machines: readonly Remembered[]): Machines['named'] =>
  machines
    .toSorted((a, b) => byName.compare(a.name, b.name))
    .slice(0, MOST_NAMED)
    .map(({ name, zone }) => ({ name, ...(zone !== undefined && { zone }) }));

// Nobody looks for longer than a quarter of an hour after the event came: what says otherwise is a clock that is wrong.
const LONGEST_SECONDS = 86_400;

/** From the beginning until the last was running; undefined where Azure does not say it of all. */
function secondsUntil({ at }: Scaling, running: readonly Machine[]): number | undefined {
  const ends = running.map(({ since }) => (since === undefined ? Number.NaN : Date.parse(since)));
  const seconds = (Math.max(...ends) - Date.parse(at)) / 1_000;
  return seconds >= 0 && seconds <= LONGEST_SECONDS ? Math.round(seconds) : undefined;
}

function failures(failed: readonly Machine[]): Pick<Machines, 'failed' | 'codes' | 'limit'> {
  const codes = [...new Set(failed.flatMap(({ code }) => code ?? []))].slice(0, 3);
  return {
    ...some('failed', failed.length),
    ...(codes.length > 0 && { codes }),
    ...(failed.some(({ quota }) => quota) && { limit: 'quota' as const }),
  };
}

/** The event that tells of the machines: of the same story, and the same however often it is made. */
export function machinesEvent(event: EventOf<'scale'>, machines: Machines, at: string): EventOf<'scale'> {
  const { reason: _, ...scaling } = event;
  const { count, waiting = 0, failed = 0, codes = [], capacity, unmoved = false } = machines;
  const isDone = waiting === 0 && failed === 0 && capacity === undefined;
  const isLost = failed > 0 && count === 0 && waiting === 0;
  const [errorCode] = codes;
  return {
    ...scaling,
    id: identity('machines', event.id),
    occurredAt: at,
    phase: isDone ? 'succeeded' : isLost ? 'failed' : 'started',
    severity: failed > 0 ? 'error' : waiting > 0 || unmoved ? 'warning' : event.severity,
    ...(isLost && errorCode !== undefined && { errorCode }),
    machines,
  };
}
