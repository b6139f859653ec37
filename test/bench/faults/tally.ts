import type { LedgerEntry } from '../../../src/delivery/rules/ledger.ts';
import { shortId } from '../../../src/event/identity.ts';
import type { Call } from './chat.ts';
import type { Accepted } from './sender.ts';

/** What came of a fault, for one receiver. Times are milliseconds from the accepted post to the chat. */
export interface Figures {
  readonly fault: string;
  readonly accepted: number;
  /** In a message of its own. */
  readonly told: number;
  /** In one that tells of several, which its row in the ledger names. */
  readonly digests: number;
  /** Not told yet, and listed as waiting: parked, held, or to be tried again. */
  readonly held: number;
  readonly dead: number;
  readonly doubled: number;
  /** Doubles that no order of steps could avoid: one for each send that was in flight when the relay was killed. */
  readonly excused: number;
  /** Neither told nor listed nor a dead letter. */
  readonly lost: number;
  /** The same, of what was taken out of storage by hand. */
  readonly taken: number;
  readonly messages: number;
  readonly p50: number;
  readonly p99: number;
  readonly notes: readonly string[];
  /** Whether what is promised was kept; `notes` say what was not. */
  readonly ok: boolean;
}

interface Told {
  readonly accepted: readonly Accepted[];
  readonly taken: readonly Call[];
  readonly ledger: readonly LedgerEntry[];
}

/** How often and when first each accepted event arrived: in a message of its own, or in a digest that its row names. */
export function arrivals({ accepted, taken, ledger }: Told): readonly { event: Accepted; times: number; at: number }[] {
  const messages = Map.groupBy(taken, ({ short }) => short);
  const digests = new Map(ledger.flatMap(({ event, digest }) => (digest === undefined ? [] : [[event.id, digest]])));
  // Six digits of an id are not unique among thousands: events that share them share their messages.
  const sharing = Map.groupBy(accepted, ({ id }) => shortId(id));
  return accepted.map((event) => {
    const own = messages.get(shortId(event.id)) ?? [];
    const namesakes = sharing.get(shortId(event.id)) ?? [event];
    const mine = own.filter((_, at) => at % namesakes.length === namesakes.indexOf(event));
    const digest = digests.get(event.id);
    const all = [...mine, ...(digest === undefined ? [] : (messages.get(shortId(digest)) ?? []))];
    return { event, times: all.length, at: Math.min(...all.map(({ at }) => at)) };
  });
}

interface Promises {
  readonly excused?: number;
  /** How many may wait, or be dead letters, in the end. */
  readonly held?: number;
  readonly dead?: number;
  /** Events that may be gone, because the bench emptied storage under them. */
  readonly robbed?: readonly Accepted[];
  readonly notes?: readonly string[];
  /** What was promised and not kept, each as a sentence. */
  readonly broken?: readonly string[];
}

const WAITING: readonly (LedgerEntry['state'] | undefined)[] = ['sending', 'waiting', 'parked', 'quiet'];

/** How each accepted event that has not arrived stands, by its row. */
function missingIn(told: Told, robbed: readonly Accepted[]) {
  const states = new Map(told.ledger.map(({ event, state }) => [event.id, state]));
  const count = (isSo: (state: LedgerEntry['state'] | undefined, isRobbed: boolean) => boolean): number =>
    arrivals(told).filter(({ event, times }) => times === 0 && isSo(states.get(event.id), robbed.includes(event)))
      .length;
  const isGone = (state: LedgerEntry['state'] | undefined) => state !== 'dead' && !WAITING.includes(state);
  return {
    held: count((state) => WAITING.includes(state)),
    dead: count((state) => state === 'dead'),
    lost: count((state, isRobbed) => isGone(state) && !isRobbed),
    taken: count((state, isRobbed) => isGone(state) && isRobbed),
  };
}

export function figures(fault: string, told: Told, promises: Promises = {}): Figures {
  const { excused = 0, robbed = [], notes = [], broken = [] } = promises;
  const all = arrivals(told);
  const digests = new Set(told.ledger.flatMap(({ event, digest }) => (digest === undefined ? [] : [event.id])));
  const arrived = all.filter(({ times }) => times > 0);
  const inDigests = arrived.filter(({ event }) => digests.has(event.id)).length;
  const waits = all.flatMap(({ event, at }) => (Number.isFinite(at) ? [at - event.postedAt] : []));
  const doubled = all.reduce((sum, { times }) => sum + Math.max(0, times - 1), 0);
  const missing = missingIn(told, robbed);
  const { held, dead, lost } = missing;
  const unkept = [
    ...broken,
    ...(lost > 0 ? [`${lost} lost`] : []),
    ...(held > (promises.held ?? 0) ? [`${held} still wait`] : []),
    ...(dead > (promises.dead ?? 0) ? [`${dead} are dead letters`] : []),
    ...(doubled > excused ? [`${doubled} doubled, and only ${excused} could not be helped`] : []),
    ...(all.length === 0 ? ['nothing was accepted'] : []),
  ];
  return {
    fault,
    accepted: all.length,
    told: arrived.length - inDigests,
    digests: inDigests,
    doubled,
    excused,
    ...missing,
    messages: told.taken.length,
    p50: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    notes: [...notes, ...unkept.map((each) => `NOT KEPT: ${each}`)],
    ok: unkept.length === 0,
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
