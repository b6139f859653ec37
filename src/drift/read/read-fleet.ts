import type { DriftMark, DriftStore } from '../ports.ts';
import { isUnread } from '../rules/reading.ts';
import type { Subscription } from '../scale-sets.ts';
import type { Bookmark } from './bookmark.ts';
import { chooseSource } from './choose-source.ts';
import { readCandidates } from './read-candidates.ts';
import { readChanges } from './read-changes.ts';
import { readEverything } from './read-everything.ts';
import { readImages } from './read-images.ts';
import { readMarked } from './read-marked.ts';
import { readScopes } from './read-scopes.ts';
import { iso, type Session } from './session.ts';

export interface FleetReading {
  readonly source: 'arm' | 'graph';
  /** What the next run has to know. */
  readonly bookmark: Bookmark;
  readonly marks: readonly DriftMark[];
}

/** Reads what a run has to know, into the session's harvest: the most urgent first, as far as time and Azure allow. */
export async function readFleet(
  session: Session,
  store: Pick<DriftStore, 'marks'>,
  isFirst: boolean,
): Promise<FleetReading> {
  const subscriptions = await readScopes(session);
  const choice = await chooseSource(session, isFirst);
  session.progress('reading', { subscriptions: subscriptions.length, source: choice.source });
  const marks = await readMarked(session, store, subscriptions);
  const { source, ...read } =
    choice.source === 'arm'
      ? await byManager(session, subscriptions)
      : await byGraph(session, subscriptions, choice.rows);
  await readChanges(session);
  return { source, marks, bookmark: nextBookmark(session, choice.bookmark, read.bookmark) };
}

function nextBookmark(
  { bookmark, harvest }: Session,
  chosen: Partial<Bookmark>,
  { first, done, ...read }: Partial<Bookmark>,
): Bookmark {
  const { first: _, done: __, ...kept } = bookmark;
  const place = { ...(first !== undefined && { first }), ...(done !== undefined && { done }) };
  const { scopes } = harvest.reading;
  // Where nothing was allowed, or nothing answered, nothing was learnt of Resource Graph, images and how many sets there are.
  if (scopes.every(isUnread)) return { ...kept, ...place };
  const { sets } = harvest.yield;
  const isWhole = first === undefined && scopes.every((one) => one.read !== 'part');
  // What was not met may well be there.
  const known = isWhole ? sets : Math.max(sets, bookmark.sets ?? 0);
  return { ...kept, ...chosen, ...read, ...place, sets: known };
}

interface Part {
  readonly source: 'arm' | 'graph';
  readonly bookmark: Partial<Bookmark>;
}

async function byManager(session: Session, subscriptions: readonly Subscription[]): Promise<Part> {
  const images = await readImages(session);
  const place = await readEverything(session, subscriptions, images);
  const isWhole = place.first === undefined && images.lookedOn !== undefined;
  return { source: 'arm', bookmark: { ...place, ...(isWhole && { imagesOn: images.lookedOn }) } };
}

async function byGraph(
  session: Session,
  subscriptions: readonly Subscription[],
  rows: number | undefined,
): Promise<Part> {
  const bookmark = await readCandidates(session, subscriptions, () => readImages(session), rows);
  if (bookmark !== 'unfit') return { source: 'graph', bookmark };
  session.progress('Resource Graph knows of no instances, so Resource Manager is asked');
  const part = await byManager(session, subscriptions);
  return { ...part, bookmark: { ...part.bookmark, unfitSince: iso(session.now) } };
}
