import type { ScaleSet } from '../rules/azure.ts';
import { subscriptionOf } from '../rules/decide.ts';
import { setKey } from '../rules/report.ts';
import type { Subscription } from '../scale-sets.ts';
import type { Bookmark } from './bookmark.ts';
import { inParallel } from './in-parallel.ts';
import { puzzling } from './puzzling.ts';
import { type Images, latestImage } from './read-images.ts';
import { readSet } from './read-set.ts';
import type { Session } from './session.ts';

// Azure lets a subscription be read 20 times a second, so many of them have to be under way to keep all calls busy;
// each has one page of a hundred models in memory.
const SUBSCRIPTIONS_AT_ONCE = 8;
const SETS_AT_ONCE = 8;

type Place = Pick<Bookmark, 'first' | 'done'>;

/**
 * Reads every set of every subscription from the resource providers. Where the run before did not come to its end, it
 * goes on from there, and what was read then comes last.
 */
export async function readEverything(
  session: Session,
  subscriptions: readonly Subscription[],
  images: Images,
): Promise<Place> {
  const { first, done = {} } = session.bookmark;
  const start = Math.max(
    0,
    subscriptions.findIndex(({ id }) => id === first),
  );
  const ordered = [...subscriptions.slice(start), ...subscriptions.slice(0, start)];
  const unfinished = new Map<string, number>();
  let finished = 0;
  await inParallel(ordered, SUBSCRIPTIONS_AT_ONCE, async ({ id }) => {
    const stoppedAt = await readSubscription(session, id, done[id] ?? 0, images);
    if (stoppedAt !== undefined) unfinished.set(id, stoppedAt);
    else finished += 1;
    session.progress('subscription', { finished, of: ordered.length, sets: session.harvest.yield.sets });
  });
  const next = ordered.find(({ id }) => unfinished.has(id));
  if (next === undefined) return {};
  return { first: next.id, done: Object.fromEntries([...unfinished].filter(([, position]) => position > 0)) };
}

/** Where in the list the run was stopped; undefined where it was not. `skip`: sets that the run before has read. */
async function readSubscription(
  session: Session,
  subscriptionId: string,
  skip: number,
  images: Images,
): Promise<number | undefined> {
  const { azure, harvest, before } = session;
  const named = new Set<string>();
  let position = 0;
  for await (const page of azure.sets(subscriptionId)) {
    if (page.kind !== 'page') {
      harvest.broken(subscriptionId, page, position > skip);
      return page.kind === 'stopped' ? Math.max(skip, position) : undefined;
    }
    puzzling(harvest, subscriptionId, page.unread);
    for (const key of [...page.unread.map((id) => id.toLowerCase()), ...page.items.map(setKey)]) named.add(key);
    const stopped = await readPage(session, page.items, Math.max(0, skip - position), images);
    if (stopped !== undefined) return position + stopped;
    position += page.items.length;
  }
  // One without an id could be any of them.
  if (!named.has('')) harvest.gone(knownIn(before, subscriptionId).filter((key) => !named.has(key)));
  return undefined;
}

/** The first set that was not read before the time was up. */
async function readPage(
  session: Session,
  sets: readonly ScaleSet[],
  skip: number,
  images: Images,
): Promise<number | undefined> {
  const { harvest } = session;
  let stopped: number | undefined;
  await inParallel(sets, SETS_AT_ONCE, async (set, index) => {
    if (!set.isLeaving) harvest.meet(set);
    if (index < skip || harvest.has(setKey(set))) return;
    const outcome = await readSet(session, set);
    if (outcome.kind === 'unread' && outcome.failure.kind === 'stopped') stopped = Math.min(index, stopped ?? index);
    if (outcome.kind === 'unread') return harvest.take(outcome);
    const found = await images.of(set, latestImage(set));
    const isNews = found !== undefined && images.isNews(set, found);
    harvest.take({ kind: 'read', reading: isNews ? { ...outcome.reading, ...found } : outcome.reading });
  });
  return stopped;
}

const knownIn = (before: Session['before'], subscriptionId: string): readonly string[] =>
  Object.keys({ ...before?.sets, ...before?.unread }).filter((key) => subscriptionOf(key) === subscriptionId);
