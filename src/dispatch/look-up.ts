import type { ClaimWish } from '../delivery/claim.ts';
import { deadKey, eventKey, storyKey } from '../delivery/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../delivery/ledger.ts';
import { storyEnd } from '../delivery/story.ts';
import type { Change, Ledger, Row } from '../ports.ts';

/** What the ledger holds of an event and of its story. */
export interface Found {
  readonly row?: Row | undefined;
  readonly entry?: LedgerEntry | undefined;
  readonly story?: Row | undefined;
  /** ISO: when the story ended. */
  readonly ended?: string | undefined;
}

/** Nobody has looked yet: it is written as if nothing were there, and refused where something is. */
export const UNSEEN: Found = {};

export async function lookedUp(ledger: Ledger, { event, receiver, place }: ClaimWish): Promise<Found> {
  const [row, story] = await Promise.all([
    ledger.read(receiver, eventKey(event.id)),
    place === undefined ? undefined : ledger.read(receiver, storyKey(place.story)),
  ]);
  // A row of another form is overwritten: the worst that can happen is one message twice.
  const entry = ledgerEntry.safeParse(row?.value).data;
  return { row, entry, story, ended: storyEnd.safeParse(story?.value).data?.ended };
}

/** The dead letter that stands for an event which was given up. */
export async function deadLetterOf(
  ledger: Ledger,
  { receiver }: ClaimWish,
  { entry }: Found,
): Promise<Row | undefined> {
  if (entry?.state !== 'dead') return undefined;
  return ledger.read(receiver, deadKey(entry.updatedAt, entry.event.id));
}

/** The end of a story is written down; its beginning as well, so that an end which comes at the same time is noticed. */
export function storyChanges({ place }: ClaimWish, { story, ended }: Found): readonly Change[] {
  if (place === undefined) return [];
  const key = storyKey(place.story);
  const value = place.final ? { ended: latest(place.at, ended) } : (story?.value ?? {});
  return [story === undefined ? { kind: 'insert', key, value } : { kind: 'replace', key, value, etag: story.etag }];
}

const latest = (at: string, ended: string | undefined): string => (ended !== undefined && ended > at ? ended : at);
