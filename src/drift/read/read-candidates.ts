import { inParallel } from '../../event/in-parallel.ts';
import { HOUR_MILLISECONDS, iso, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import type { ScaleSet } from '../rules/azure.ts';
import { setKey } from '../rules/ids.ts';
import type { Verdict } from '../rules/state.ts';
import { strongReads } from '../rules/verify.ts';
import type { Subscription } from '../scale-sets.ts';
import type { Checkpoint } from './checkpoint.ts';
import { locationOf, type RunContext } from './context.ts';
import { isPutOff, whyOf } from './failure.ts';
import { type GraphReading, readGraph } from './read-graph.ts';
import type { ImageReading, Images } from './read-images.ts';
import { readSet, readSets } from './read-sets.ts';

/**
 * Asks Resource Graph which sets may have drifted, and reads those from the resource provider of which something would be
 * told; and, each hour, a share of the others, since nobody says how fresh Resource Graph is. `rows`: how many instances
 * it said it knows of. If it knows of none where there are some, it is unfit, and nothing has been read.
 */
export async function readCandidates(
  context: RunContext,
  subscriptions: readonly Subscription[],
  imagesOf: () => Promise<Images>,
  rows: number | undefined,
): Promise<Partial<Checkpoint> | 'unfit'> {
  const { collector, before, now } = context;
  const answered = await readAnswered(context, subscriptions);
  const hour = sweepHour(context);
  const weak = await readGraph(context, hour);
  if (rows === 0 && weak.uniform > 0) return 'unfit';
  if (weak.failure !== undefined) {
    const isBegun = weak.sets.size > 0 || weak.candidates.length > 0;
    for (const { id } of subscriptions) {
      if (isBegun) collector.part(id, weak.failure);
      else collector.unseen(id, weak.failure, isPutOff(weak.failure) ? 'putOff' : 'failed');
    }
    context.progress('Resource Graph did not answer in full', { why: whyOf(weak.failure) });
  }
  const covered = weak.failure === undefined ? answered : new Set<string>();
  const urgent = strongReads(weak.candidates, before, covered, now).filter((id) => isWorth(context, weak, id));
  const again = [...Object.keys(before?.unread ?? {}), ...weak.puzzling].filter((id) => !collector.has(id));
  const ids = [...new Set([...urgent, ...watched(context), ...again, ...(await waiting(context, weak))])];
  context.progress('sets to be read', { urgent: ids.length, sweep: weak.turn.length });
  const places = ids.map((id) => weak.sets.get(id)?.place ?? locationOf(id));
  // Both wait for most of their time, and for different parts of Azure.
  const [images] = await Promise.all([imagesOf(), readSets(context, places).then(() => sweep(context, weak.turn))]);
  return {
    ...(weak.turn.every((set) => collector.has(setKey(set))) && hour !== undefined && { sweptAt: hour }),
    ...(await readPictured(context, weak, images)),
    ...missed(context, weak),
  };
}

/** Reads the sets whose images are news; those that have been read already are told of them. */
async function readPictured(context: RunContext, weak: GraphReading, images: Images): Promise<Partial<Checkpoint>> {
  const { collector } = context;
  const news = await newsOf(weak, images);
  const rest = [...news].flatMap(([key, found]) => (collector.amend(key, found) ? [] : [key]));
  if (rest.length > 0) context.progress('sets to be read for their images', { sets: rest.length });
  const places = rest.map((key) => weak.sets.get(key)?.place ?? locationOf(key));
  await readSets(context, places, ({ id }) => news.get(id.toLowerCase()) ?? {});
  const isDone = images.lookedOn !== undefined && rest.every((key) => collector.has(key));
  return isDone ? { imagesOn: images.lookedOn } : {};
}

/** The subscriptions that Resource Graph answers for. It leaves out what may not be read, without a word. */
async function readAnswered(
  { azure, settings, collector }: RunContext,
  subscriptions: readonly Subscription[],
): Promise<ReadonlySet<string>> {
  const answered = new Set<string>();
  for await (const page of azure.graph.subscriptions(settings.scopes)) {
    if (page.kind !== 'page') {
      for (const { id } of subscriptions) collector.part(id, page);
      return new Set();
    }
    for (const { id } of page.items) answered.add(id);
  }
  for (const { id } of subscriptions.filter((one) => !answered.has(one.id))) {
    collector.broken(id, { kind: 'forbidden', call: 'candidates', name: id, code: 'NotInResourceGraph' }, false);
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
const watched = ({ before }: RunContext): readonly string[] =>
  Object.entries(before?.sets ?? {}).flatMap(([id, { verdict }]) => (WATCHED.includes(verdict) ? [id] : []));

const AT_ONCE = 16;

/** The sets of which an upgrade waits for somebody, as far as they have hooks for it; it may wait before anything is behind. */
async function waiting({ azure }: RunContext, { sets }: GraphReading): Promise<readonly string[]> {
  const found: string[] = [];
  const hooked = [...sets].filter(([, { hasHooks }]) => hasHooks);
  await inParallel(hooked, AT_ONCE, async ([id, { place }]) => {
    const approval = await azure.approval(place);
    if (approval.kind === 'read' && approval.value !== undefined) found.push(id);
  });
  return found;
}

/** Old images are read again only when images are looked at; and what is left out now, not at all. */
function isWorth({ before, collector }: RunContext, { sets, candidates }: GraphReading, id: string): boolean {
  if (collector.has(id)) return false;
  const isOld = before?.sets[id]?.verdict === 'hidden' && sets.has(id);
  return !isOld || candidates.some((one) => one.id === id);
}

// A change that is younger may not have come to Resource Graph yet.
const FRESH_MILLISECONDS = 15 * MINUTE_MILLISECONDS;
const MOST_MISSED = 2;

/** Counts the runs in which a set had drifted that Resource Graph called clean; the second makes it unfit. */
function missed(
  { collector, checkpoint, settings, now, progress }: RunContext,
  weak: GraphReading,
): Partial<Checkpoint> {
  const named = new Set(weak.candidates.map(({ id }) => id));
  const overlooked = collector.reading.sets.filter(
    ({ set, drifted }) =>
      drifted.length > 0 &&
      set.orchestration === 'Uniform' &&
      !named.has(set.id.toLowerCase()) &&
      now - Date.parse(set.modelCreatedAt ?? '') > FRESH_MILLISECONDS,
  );
  if (overlooked.length === 0 || weak.failure !== undefined || settings.source === 'arg') return {};
  const count = checkpoint.missed + 1;
  progress('Resource Graph did not know of drift', { sets: overlooked.length, times: count });
  return count < MOST_MISSED ? { missed: count } : { missed: 0, unfitSince: iso(now) };
}

/** The hour whose share of the sets is to be read now; undefined where that has been done, or is not wanted. */
function sweepHour({ settings, checkpoint, now }: RunContext): string | undefined {
  const hour = iso(Math.floor(now / HOUR_MILLISECONDS) * HOUR_MILLISECONDS);
  return settings.source === 'arg' || checkpoint.sweptAt === hour ? undefined : hour;
}

/**
 * Reads the instances of sets whose models Resource Graph has just told. Where some are behind, the model is read as well:
 * the one that is known may be older than they are.
 */
async function sweep(context: RunContext, sets: readonly ScaleSet[]): Promise<void> {
  const { collector } = context;
  await inParallel(sets, AT_ONCE, async (set) => {
    if (collector.has(setKey(set))) return;
    const outcome = await readSet(context, set);
    const isBehind = outcome.kind === 'read' && outcome.reading.drifted.length > 0;
    collector.take(isBehind ? await readSet(context, locationOf(set.id)) : outcome);
  });
}
