import { identity } from '../event/identity.ts';
import { type Dispatch, iso } from './dispatch.ts';
import type { Change, Row } from './ports.ts';
import type { Room } from './room.ts';
import { allOf, deadKey, eventKey } from './rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from './rules/ledger.ts';

/** An event in its receiver's parking place. */
export interface Parked {
  readonly key: string;
  readonly entry: LedgerEntry;
}

/** The most events of one digest. What is over leaves with the next. */
const MOST_EVENTS = 5_000;

/** What is parked for a receiver, the urgent first, then the oldest, `most` at most, as far as there is room; `more` where that is not all. */
export async function parkedFor(
  dispatch: Dispatch,
  name: string,
  { most = MOST_EVENTS, room }: { readonly most?: number; readonly room: Room },
): Promise<{ readonly parked: readonly Parked[]; readonly more: boolean }> {
  const parked: Parked[] = [];
  for await (const page of dispatch.ports.ledger.list(name, allOf('parked:'))) {
    for (const row of page) {
      const { data } = ledgerEntry.safeParse(row.value);
      if (data === undefined) await setAside(dispatch, name, row);
      else parked.push({ key: row.key, entry: data });
      if (!room.take(row.value) || parked.length >= most) return { parked, more: true };
    }
  }
  return { parked, more: false };
}

/** A row that nobody can read is no event; it waits with the dead letters for whoever looks. */
async function setAside({ ports }: Dispatch, name: string, { key, value: unread }: Row): Promise<void> {
  const diedAt = iso(ports.clock.now());
  const value = { reason: 'unreadable', diedAt, unread };
  await ports.ledger.write(name, [
    { kind: 'delete', key },
    { kind: 'put', key: deadKey(diedAt, identity(key)), value },
  ]);
}

// Each event changes up to three rows, and a transaction holds a hundred and 4 MiB.
const AT_ONCE = 20;

/** Writes how it went for each, and takes what waits no more from the parking place, a few at a time. */
export async function recordAll(
  dispatch: Dispatch,
  name: string,
  parked: readonly Parked[],
  ended: (entry: LedgerEntry) => LedgerEntry,
): Promise<void> {
  const updatedAt = iso(dispatch.ports.clock.now());
  const write = (some: readonly Parked[]) =>
    dispatch.ports.ledger.write(
      name,
      some.flatMap(({ key, entry }) => changesOf(key, { ...ended(entry), updatedAt })),
    );
  for (let at = 0; at < parked.length; at += AT_ONCE) {
    const some = parked.slice(at, at + AT_ONCE);
    if ((await write(some)) !== 'conflict') continue;
    // Somebody has taken some of them away: what is written of these counts.
    for (const one of some) await write([one]);
  }
}

function changesOf(key: string, value: LedgerEntry): readonly Change[] {
  const { id } = value.event;
  return [
    value.state === 'parked' ? { kind: 'put', key, value } : { kind: 'delete', key },
    { kind: 'put', key: eventKey(id), value },
    ...(value.state === 'dead' ? [{ kind: 'put' as const, key: deadKey(value.updatedAt, id), value }] : []),
  ];
}
