import type { RelayEvent } from '../event/event.ts';
import { shownName } from '../event/identity.ts';
import { FEWEST, isMeant } from '../event/meant.ts';
import { outline } from '../event/outline.ts';
import { AmbiguousIdError, RequestError } from '../problems/errors.ts';
import type { Ports, Row } from './ports.ts';
import { allOf, eventKey, UNROUTED } from './rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from './rules/ledger.ts';
import { sideBySide } from './side-by-side.ts';

type Read = Pick<Ports, 'ledger'>;

/**
 * What the ledger holds of the event, the story or the digest that an id means, whoever it was for. Rejects with an
 * AmbiguousIdError where it means several, a RequestError where it is too short to mean one, a StorageError.
 */
export async function entriesMeant(
  { ledger }: Read,
  receivers: readonly string[],
  given: string,
): Promise<readonly LedgerEntry[]> {
  const places = [...receivers, UNROUTED];
  const rows = await Promise.all(places.map((place) => ledger.read(place, eventKey(given))));
  const whole = rows.flatMap((row) => (row === undefined ? [] : entriesIn([row])));
  if (whole.length > 0) return whole;
  longEnough(given);
  const found: LedgerEntry[] = [];
  await sideBySide(places, async (place) => {
    for await (const page of ledger.list(place, allOf('event:'))) {
      found.push(...entriesIn(page).filter((entry) => isMeantBy(entry, given)));
    }
  });
  const groups = Map.groupBy(found, (entry) => groupOf(entry, given));
  if (groups.size > 1) throw new AmbiguousIdError(given, [...groups].slice(0, MOST_LISTED).map(candidate));
  return found.toSorted((a, b) => (a.event.occurredAt < b.event.occurredAt ? -1 : 1));
}

/** The same with what the ledger holds of these events for everybody else: what left in a digest of one receiver went to others by itself. */
export async function withOthers(
  { ledger }: Read,
  receivers: readonly string[],
  found: readonly LedgerEntry[],
): Promise<readonly LedgerEntry[]> {
  const ids = new Set(found.map(({ event }) => event.id));
  const known = new Set(found.map(rowOf));
  const others: LedgerEntry[] = [];
  await sideBySide(receivers, async (place) => {
    for await (const page of ledger.list(place, allOf('event:'))) {
      others.push(...entriesIn(page).filter((entry) => ids.has(entry.event.id) && !known.has(rowOf(entry))));
    }
  });
  return [...found, ...others];
}

const rowOf = ({ receiver, event }: LedgerEntry): string => `${receiver} ${event.id}`;

/** Throws a RequestError where an id that nothing has as a whole is too short to be the beginning of one. */
export function longEnough(given: string): void {
  if (given.length >= FEWEST) return;
  throw new RequestError(
    'no-such-event',
    `"${given}" is too short: give at least ${FEWEST} letters of an id, as a message shows it behind "id"`,
  );
}

const MOST_LISTED = 20;

export const isMeantBy = ({ event, digest }: LedgerEntry, given: string): boolean =>
  isMeant(event, given) || (given.length >= FEWEST && digest?.startsWith(given) === true);

/** What an entry is meant as: its event or story; or the digest that it left in, which people know by its own id. */
const groupOf = ({ event, digest }: LedgerEntry, given: string): string =>
  !isMeant(event, given) && digest !== undefined ? digest : shownName(meantBy(event));

/** What somebody did belongs to what they did it with. */
const meantBy = (event: RelayEvent) =>
  event.kind === 'act' ? { kind: event.of.kind, id: event.event, story: event.story } : event;

/** "scaling out", of a program's word for a state. */
const inWords = (state: string): string => state.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** Enough to choose by: when, what and of what. */
const candidate = ([path, entries]: [string, readonly LedgerEntry[]]) => {
  const event = entries.map((entry) => entry.event).reduce((a, b) => (a.occurredAt > b.occurredAt ? a : b));
  const { state, subject } = outline(event);
  const { name, group } = event.resource;
  const place = event.environment ?? group;
  const told = [
    event.kind,
    inWords(state),
    subject,
    ...(name === subject ? [] : [`on ${name}`]),
    ...(place ? [`(${place})`] : []),
  ];
  return { path, message: `${event.occurredAt} ${told.join(' ')}` };
};

const entriesIn = (rows: readonly Row[]): readonly LedgerEntry[] =>
  rows.flatMap(({ value }) => {
    const { data } = ledgerEntry.safeParse(value);
    return data === undefined ? [] : [data];
  });
