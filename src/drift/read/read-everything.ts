import { inParallel } from '../../event/in-parallel.ts';
import type { ScaleSet } from '../rules/azure.ts';
import { setKey, subscriptionOf } from '../rules/ids.ts';
import type { Failure, Subscription } from '../scale-sets.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Collector } from './collector.ts';
import { locationOf, type RunContext } from './context.ts';
import { type Images, latestImage } from './read-images.ts';
import { readSet } from './read-sets.ts';

// Azure lets a subscription be read 20 times a second, so many of them have to be under way to keep all calls busy;
// each has one page of a hundred models in memory.
const SUBSCRIPTIONS_AT_ONCE = 8;
const SETS_AT_ONCE = 8;

type ResumePoint = Pick<Checkpoint, 'first' | 'done'>;

/**
 * Reads every set of every subscription from the resource providers. Where the run before did not come to its end, it
 * goes on from there, and what was read then comes last.
 */
export async function readEverything(
  context: RunContext,
  subscriptions: readonly Subscription[],
  images: Images,
): Promise<ResumePoint> {
  const { first, done = {} } = context.checkpoint;
  const start = Math.max(
    0,
    subscriptions.findIndex(({ id }) => id === first),
  );
  const ordered = [...subscriptions.slice(start), ...subscriptions.slice(0, start)];
  const unfinished = new Map<string, number>();
  let finished = 0;
  await inParallel(ordered, SUBSCRIPTIONS_AT_ONCE, async ({ id }) => {
    const stoppedAt = await readSubscription(context, id, done[id] ?? 0, images);
    if (stoppedAt !== undefined) unfinished.set(id, stoppedAt);
    else finished += 1;
    context.progress('subscription', { finished, of: ordered.length, sets: context.collector.counts.sets });
  });
  const next = ordered.find(({ id }) => unfinished.has(id));
  if (next === undefined) return {};
  return { first: next.id, done: Object.fromEntries([...unfinished].filter(([, position]) => position > 0)) };
}

/** Where in the list the run was stopped; undefined where it was not. `skip`: sets that the run before has read. */
async function readSubscription(
  context: RunContext,
  subscriptionId: string,
  skip: number,
  images: Images,
): Promise<number | undefined> {
  const { azure, collector, before } = context;
  const named = new Set<string>();
  let position = 0;
  for await (const page of azure.sets(subscriptionId)) {
    if (page.kind !== 'page') {
      collector.broken(subscriptionId, page, position > skip);
      return page.kind === 'stopped' ? Math.max(skip, position) : undefined;
    }
    puzzling(collector, subscriptionId, page.unread);
    for (const key of [...page.unread.map((id) => id.toLowerCase()), ...page.items.map(setKey)]) named.add(key);
    const stopped = await readPage(context, page.items, Math.max(0, skip - position), images);
    if (stopped !== undefined) return position + stopped;
    position += page.items.length;
  }
  // One without an id could be any of them.
  if (!named.has('')) collector.gone(knownIn(before, subscriptionId).filter((key) => !named.has(key)));
  return undefined;
}

/** The first set that was not read before the time was up. */
async function readPage(
  context: RunContext,
  sets: readonly ScaleSet[],
  skip: number,
  images: Images,
): Promise<number | undefined> {
  const { collector } = context;
  let stopped: number | undefined;
  await inParallel(sets, SETS_AT_ONCE, async (set, index) => {
    if (!set.isLeaving) collector.meet(set);
    if (index < skip || collector.has(setKey(set))) return;
    const outcome = await readSet(context, set);
    if (outcome.kind === 'unread' && outcome.failure.kind === 'stopped') stopped = Math.min(index, stopped ?? index);
    if (outcome.kind === 'unread') return collector.take(outcome);
    const found = await images.of(set, latestImage(set));
    const isNews = found !== undefined && images.isNews(set, found);
    collector.take({ kind: 'read', reading: isNews ? { ...outcome.reading, ...found } : outcome.reading });
  });
  return stopped;
}

const knownIn = (before: RunContext['before'], subscriptionId: string): readonly string[] =>
  Object.keys({ ...before?.sets, ...before?.unread }).filter((key) => subscriptionOf(key) === subscriptionId);

/**
 * Tells of entries of a subscription's list of sets that nobody understands, by their ids, as sets that were not read. One
 * without such an id could be any set: the list was not read in full then.
 */
function puzzling(collector: Collector, subscriptionId: string, ids: readonly string[]): void {
  for (const id of ids) {
    const name = nameIn(id);
    const failure: Failure = { kind: 'failed', call: 'sets', name, status: 200, code: 'NotUnderstood' };
    if (name === '' || subscriptionOf(id) !== subscriptionId) collector.part(subscriptionId, failure);
    else if (!collector.has(id.toLowerCase())) collector.take({ kind: 'unread', place: locationOf(id), failure });
  }
}

const SET = /\/virtualMachineScaleSets\/([^/]{1,200})$/i;

/** Longer than an id of Azure's can be, it is none. */
const nameIn = (id: string): string => (id.length > 1_000 ? '' : (SET.exec(id)?.[1] ?? ''));
