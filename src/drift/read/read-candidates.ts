import { setKey } from '../rules/report.ts';
import type { Verdict } from '../rules/state.ts';
import { strongReads } from '../rules/verify.ts';
import type { Subscription } from '../scale-sets.ts';
import type { Bookmark } from './bookmark.ts';
import { isPutOff, whyOf } from './failures.ts';
import { inParallel } from './in-parallel.ts';
import { placeOf } from './place-of.ts';
import { type GraphReading, readGraph } from './read-graph.ts';
import type { ImageReading, Images } from './read-images.ts';
import { readPlaces } from './read-places.ts';
import { iso, type Session } from './session.ts';
import { sweep, sweepHour } from './sweep.ts';

/**
 * Asks Resource Graph which sets may have drifted, and reads those from the resource provider of which something would be
 * told; and, each hour, a share of the others, since nobody says how fresh Resource Graph is. `rows`: how many instances
 * it said it knows of. If it knows of none where there are some, it is unfit, and nothing has been read.
 */
export async function readCandidates(
  session: Session,
  subscriptions: readonly Subscription[],
  look: () => Promise<Images>,
  rows: number | undefined,
): Promise<Partial<Bookmark> | 'unfit'> {
  const { harvest, before, now } = session;
  const answered = await readAnswered(session, subscriptions);
  const hour = sweepHour(session);
  const weak = await readGraph(session, hour);
  if (rows === 0 && weak.uniform > 0) return 'unfit';
  if (weak.failure !== undefined) {
    const isBegun = weak.sets.size > 0 || weak.candidates.length > 0;
    for (const { id } of subscriptions) {
      if (isBegun) harvest.part(id, weak.failure);
      else harvest.unseen(id, weak.failure, isPutOff(weak.failure) ? 'putOff' : 'failed');
    }
    session.progress('Resource Graph did not answer in full', { why: whyOf(weak.failure) });
  }
  const covered = weak.failure === undefined ? answered : new Set<string>();
  const urgent = strongReads(weak.candidates, before, covered, now).filter((id) => isWorth(session, weak, id));
  const again = [...Object.keys(before?.unread ?? {}), ...weak.puzzling].filter((id) => !harvest.has(id));
  const ids = [...new Set([...urgent, ...watched(session), ...again, ...(await waiting(session, weak))])];
  session.progress('sets to be read', { urgent: ids.length, sweep: weak.turn.length });
  const places = ids.map((id) => weak.sets.get(id)?.place ?? placeOf(id));
  // Both wait for most of their time, and for different parts of Azure.
  const [images] = await Promise.all([look(), readPlaces(session, places).then(() => sweep(session, weak.turn))]);
  return {
    ...(weak.turn.every((set) => harvest.has(setKey(set))) && hour !== undefined && { sweptAt: hour }),
    ...(await readPictured(session, weak, images)),
    ...missed(session, weak),
  };
}

/** Reads the sets whose images are news; those that have been read already are told of them. */
async function readPictured(session: Session, weak: GraphReading, images: Images): Promise<Partial<Bookmark>> {
  const { harvest } = session;
  const news = await newsOf(weak, images);
  const rest = [...news].flatMap(([key, found]) => (harvest.amend(key, found) ? [] : [key]));
  if (rest.length > 0) session.progress('sets to be read for their images', { sets: rest.length });
  const places = rest.map((key) => weak.sets.get(key)?.place ?? placeOf(key));
  await readPlaces(session, places, ({ id }) => news.get(id.toLowerCase()) ?? {});
  const isDone = images.lookedOn !== undefined && rest.every((key) => harvest.has(key));
  return isDone ? { imagesOn: images.lookedOn } : {};
}

/** The subscriptions that Resource Graph answers for. It leaves out what may not be read, without a word. */
async function readAnswered(
  { azure, settings, harvest }: Session,
  subscriptions: readonly Subscription[],
): Promise<ReadonlySet<string>> {
  const answered = new Set<string>();
  for await (const page of azure.graph.subscriptions(settings.scopes)) {
    if (page.kind !== 'page') {
      for (const { id } of subscriptions) harvest.part(id, page);
      return new Set();
    }
    for (const { id } of page.items) answered.add(id);
  }
  for (const { id } of subscriptions.filter((one) => !answered.has(one.id))) {
    harvest.broken(id, { kind: 'forbidden', call: 'candidates', name: id, code: 'NotInResourceGraph' }, false);
  }
  return answered;
}

/** The sets whose images are news. */
async function newsOf({ sets }: GraphReading, images: Images): Promise<ReadonlyMap<string, ImageReading>> {
  const news = new Map<string, ImageReading>();
  for (const [key, { place, image }] of sets) {
    const found = await images.of(place, image);
    if (found !== undefined && images.isNews(place, found)) news.set(key, found);
  }
  return news;
}

const WATCHED: readonly Verdict[] = ['stalled', 'awaitingApproval', 'repairsSuspended'];

/** What stands still may go on, or fail, without any instance changing. */
const watched = ({ before }: Session): readonly string[] =>
  Object.entries(before?.sets ?? {}).flatMap(([id, { verdict }]) => (WATCHED.includes(verdict) ? [id] : []));

const AT_ONCE = 16;

/** The sets of which an upgrade waits for somebody, as far as they have hooks for it; it may wait before anything is behind. */
async function waiting({ azure }: Session, { sets }: GraphReading): Promise<readonly string[]> {
  const found: string[] = [];
  const hooked = [...sets].filter(([, { hasHooks }]) => hasHooks);
  await inParallel(hooked, AT_ONCE, async ([id, { place }]) => {
    const approval = await azure.approval(place);
    if (approval.kind === 'read' && approval.value !== undefined) found.push(id);
  });
  return found;
}

/** Old images are read again only when images are looked at; and what is left out now, not at all. */
function isWorth({ before, harvest }: Session, { sets, candidates }: GraphReading, id: string): boolean {
  if (harvest.has(id)) return false;
  const isOld = before?.sets[id]?.verdict === 'hidden' && sets.has(id);
  return !isOld || candidates.some((one) => one.id === id);
}

// A change that is younger may not have come to Resource Graph yet.
const FRESH_MILLISECONDS = 15 * 60_000;
const MOST_MISSED = 2;

/** Counts the runs in which a set had drifted that Resource Graph called clean; the second makes it unfit. */
function missed({ harvest, bookmark, settings, now, progress }: Session, weak: GraphReading): Partial<Bookmark> {
  const named = new Set(weak.candidates.map(({ id }) => id));
  const overlooked = harvest.reading.sets.filter(
    ({ set, drifted }) =>
      drifted.length > 0 &&
      set.orchestration === 'Uniform' &&
      !named.has(set.id.toLowerCase()) &&
      now - Date.parse(set.modelCreatedAt ?? '') > FRESH_MILLISECONDS,
  );
  if (overlooked.length === 0 || weak.failure !== undefined || settings.source === 'arg') return {};
  const count = bookmark.missed + 1;
  progress('Resource Graph did not know of drift', { sets: overlooked.length, times: count });
  return count < MOST_MISSED ? { missed: count } : { missed: 0, unfitSince: iso(now) };
}
