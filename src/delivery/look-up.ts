import type { Change, Ledger, Row } from './ports.ts';
import type { ClaimDecision, ClaimWish } from './rules/claim.ts';
import { deadKey, eventKey, storyKey } from './rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from './rules/ledger.ts';
import { remembering } from './rules/order.ts';
import { type StoryMemory, storyMemory } from './rules/story.ts';

/** What the ledger holds of an event and of its story. */
export interface Found {
  readonly row?: Row | undefined;
  readonly entry?: LedgerEntry | undefined;
  readonly story?: Row | undefined;
  readonly memory?: StoryMemory | undefined;
}

/** Nobody has looked yet: it is written as if nothing were there, and refused where something is. */
const UNSEEN: Found = {};

export async function lookedUp(ledger: Ledger, { event, receiver, place }: ClaimWish): Promise<Found> {
  const [row, story] = await Promise.all([
    ledger.read(receiver, eventKey(event.id)),
    place === undefined ? undefined : ledger.read(receiver, storyKey(place.story)),
  ]);
  // A row of another form is overwritten: the worst that can happen is one message twice.
  const entry = ledgerEntry.safeParse(row?.value).data;
  return { row, entry, ...remembered(story) };
}

/** Of an event that comes for the first time, its story alone: that of a scale set goes on for as long as the set does. */
export async function storyFound(ledger: Ledger, { receiver, place }: ClaimWish): Promise<Found> {
  if (place?.step === undefined) return UNSEEN;
  return remembered(await ledger.read(receiver, storyKey(place.story)));
}

const remembered = (story: Row | undefined): Found => ({ story, memory: storyMemory.safeParse(story?.value).data });

/** The dead letter that stands for an event which was given up. */
export async function deadLetterOf(
  ledger: Ledger,
  { receiver }: ClaimWish,
  { entry }: Found,
): Promise<Row | undefined> {
  if (entry?.state !== 'dead') return undefined;
  return ledger.read(receiver, deadKey(entry.updatedAt, entry.event.id));
}

/**
 * The end of a story is written down; its beginning as well, so that an end which comes at the same time is noticed, or
 * another sender that tells of the same beginning.
 */
export function storyChanges(
  { place }: ClaimWish,
  { story, memory = {} }: Found,
  decided: ClaimDecision['kind'],
): readonly Change[] {
  if (place === undefined) return [];
  const key = storyKey(place.story);
  const value = remembering(place, memory, decided === 'quiet');
  return [story === undefined ? { kind: 'insert', key, value } : { kind: 'replace', key, value, etag: story.etag }];
}
