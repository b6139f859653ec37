import { shownId } from '../event/identity.ts';
import { iso } from './dispatch.ts';
import { entriesMeant, isMeantBy } from './find.ts';
import type { Ports, Row } from './ports.ts';
import type { Delivery } from './rules/delivery.ts';
import { allOf, UNREAD } from './rules/keys.ts';
import { type DeliveryState, type LedgerEntry, ledgerEntry } from './rules/ledger.ts';
import { sideBySide } from './side-by-side.ts';

/** Which deliveries are asked for. */
export interface DeliveryQuery {
  readonly receivers: readonly string[];
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Changed before then: with the time of the oldest that was shown, what comes next. */
  readonly until?: number | undefined;
  readonly state?: DeliveryState | undefined;
  /** Which of them; without it, all. */
  readonly fits?: ((entry: LedgerEntry) => boolean) | undefined;
  /** Of the event, the story or the digest that this means. */
  readonly id?: string | undefined;
  /** More only where several changed in the same moment. */
  readonly most: number;
}

/** What was tried and how it ended, the newest first, and whether more of that has changed before. */
export async function deliveriesOf(
  { ledger }: Ports,
  query: DeliveryQuery,
): Promise<{ readonly found: readonly LedgerEntry[]; readonly more: boolean }> {
  const { receivers, since, until, state, fits, id, most } = query;
  const before = until === undefined ? '~' : iso(until);
  const isWanted = (entry: LedgerEntry) =>
    entry.updatedAt < before &&
    (state === undefined || entry.state === state) &&
    (fits === undefined || fits(entry)) &&
    (id === undefined || isMeantBy(entry, id));
  const range = { ...allOf(state === 'dead' ? 'dead:' : 'event:'), ...(since !== undefined && { since: iso(since) }) };
  const found: LedgerEntry[] = [];
  let dropped = false;
  await sideBySide(receivers, async (receiver) => {
    for await (const page of ledger.list(receiver, range)) {
      found.push(...page.flatMap(entryOf).filter(isWanted));
      // So many at most are kept while a long ledger is read.
      if (found.length > 4 * most) {
        const kept = newest(found, most);
        dropped ||= kept.length < found.length;
        found.splice(0, found.length, ...kept);
      }
    }
  });
  const shown = newest(found, most);
  return { found: shown, more: dropped || shown.length < found.length };
}

/** What nobody could read: the start of messages, and rows of another form. The ledger keeps it with the dead letters. */
export async function unreadOf({ ledger }: Ports, receivers: readonly string[], most: number): Promise<unknown[]> {
  const partitions = [UNREAD, ...receivers];
  const found = new Map(partitions.map((partition) => [partition, [] as unknown[]]));
  await sideBySide(partitions, async (partition) => {
    const here = found.get(partition) ?? [];
    for await (const page of ledger.list(partition, allOf('dead:'))) {
      for (const { value } of page) if (!ledgerEntry.safeParse(value).success) here.push(value);
      if (here.length >= most) return;
    }
  });
  return [...found.values()].flat().slice(0, most);
}

/** So many, and whatever changed in the same moment as the last: what left in one digest must not be torn apart. */
function newest(entries: readonly LedgerEntry[], most: number): readonly LedgerEntry[] {
  const sorted = entries.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  const last = sorted[most - 1];
  return last === undefined ? sorted : sorted.filter(({ updatedAt }) => updatedAt >= last.updatedAt);
}

const entryOf = ({ value }: Row): readonly LedgerEntry[] => {
  const { data } = ledgerEntry.safeParse(value);
  return data === undefined ? [] : [data];
};

export interface ReplayWish {
  readonly receivers: readonly string[];
  /** Those that there are; what is queued for another one is dead again at once. */
  readonly configured: readonly string[];
  /** One event or story, by what people call it; without it, every dead letter. */
  readonly eventId?: string | undefined;
  /** Dead letters since this time, in milliseconds. */
  readonly since?: number | undefined;
  /** Also what was sent already. */
  readonly force: boolean;
}

export interface Replayed {
  readonly receiver: string;
  readonly eventId: string;
  /** The id that messages show. */
  readonly short: string;
  /** Queued again; or why not. */
  readonly outcome: 'queued' | 'sent-already' | 'under-way' | 'no-such-receiver';
  /** What keeps it back and is overridden, as the ledger says it: "window nights", "silence 7f3a". */
  readonly despite?: string;
}

const MOST_REPLAYED = 5_000;

/** Queues again what was given up; what was sent only when it is forced. The ledger sees to it that it is sent once. */
export async function replay({ ledger, deliveries, clock }: Ports, wish: ReplayWish): Promise<readonly Replayed[]> {
  const { eventId, since } = wish;
  const entries = eventId === undefined ? undefined : await entriesMeant({ ledger }, wish.receivers, eventId);
  const done: Replayed[] = [];
  for (const receiver of wish.receivers) {
    for await (const page of wanted(ledger, receiver, { since, entries })) {
      for (const entry of page) {
        const isThere = wish.configured.includes(receiver);
        const outcome = isThere ? outcomeOf(entry, wish.force, clock.now()) : 'no-such-receiver';
        if (outcome === 'queued')
          await deliveries.send(replayOf(entry, wish.force ? 'forced' : 'unsent', iso(clock.now())));
        const despite = outcome === 'queued' && entry.state === 'quiet' && entry.reason;
        const said = { receiver, eventId: entry.event.id, short: shownId(entry.event), outcome };
        done.push({ ...said, ...(despite && { despite }) });
        if (done.length >= MOST_REPLAYED) return done;
      }
    }
  }
  return done;
}

async function* wanted(ledger: Ports['ledger'], receiver: string, { since, entries }: Wanted) {
  if (entries !== undefined) {
    yield entries.filter((entry) => entry.receiver === receiver);
    return;
  }
  for await (const page of ledger.list(receiver, {
    ...allOf('dead:'),
    ...(since !== undefined && { since: iso(since) }),
  })) {
    yield page.flatMap(entryOf);
  }
}

/** With what one event's id means. */
type Wanted = Pick<ReplayWish, 'since'> & { readonly entries: readonly LedgerEntry[] | undefined };

// The longest wait between two tries, and some more: whoever waits for longer is not waited for.
const LONGEST_WAIT = 8 * 3_600_000;

function outcomeOf({ state, leaseUntil, updatedAt }: LedgerEntry, force: boolean, now: number): Replayed['outcome'] {
  switch (state) {
    case 'sent':
      return force ? 'queued' : 'sent-already';
    case 'dead':
    case 'overtaken':
    case 'quiet':
      return 'queued';
    case 'sending':
      // Nobody came back to say how it ended.
      return force && Date.parse(leaseUntil) <= now ? 'queued' : 'under-way';
    case 'waiting':
      // Its message is lost.
      return force && Date.parse(updatedAt) + LONGEST_WAIT <= now ? 'queued' : 'under-way';
    case 'parked':
      return 'under-way';
  }
}

/** The message that has it sent again, with all its tries; `acceptedAt` is ISO. */
export const replayOf = (
  { event, proven, receiver }: LedgerEntry,
  replay: NonNullable<Delivery['replay']>,
  acceptedAt: string,
): Delivery => ({
  version: 1,
  event,
  proven,
  receivers: [receiver],
  attempt: 0,
  acceptedAt,
  replay,
});
