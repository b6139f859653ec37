import { iso } from '../../event/time/units.ts';
import type { DriftMark, DriftStore } from '../ports.ts';
import { isMany } from '../rules/coverage.ts';
import { setKey, subscriptionOf } from '../rules/ids.ts';
import type { Scope } from '../rules/settings.ts';
import { isBaseline } from '../rules/state.ts';
import type { Failure, Subscription } from '../scale-sets.ts';
import { type Checkpoint, nextCheckpoint } from './checkpoint.ts';
import { chooseSource } from './choose-source.ts';
import { locationOf, type RunContext } from './context.ts';
import { isRefused } from './failure.ts';
import { readCandidates } from './read-candidates.ts';
import { readEverything } from './read-everything.ts';
import { readImages } from './read-images.ts';
import { readSets } from './read-sets.ts';

export interface FleetReading {
  readonly source: 'arm' | 'graph';
  /** What the next run has to know. */
  readonly checkpoint: Checkpoint;
  readonly marks: readonly DriftMark[];
}

/** Reads what a run has to know, into the context's collector: the most urgent first, as far as time and Azure allow. */
export async function readFleet(
  context: RunContext,
  store: Pick<DriftStore, 'marks'>,
  isFirst: boolean,
): Promise<FleetReading> {
  const subscriptions = await readScopes(context);
  const choice = await chooseSource(context, isFirst);
  context.progress('reading', { subscriptions: subscriptions.length, source: choice.source });
  const marks = await readMarked(context, store, subscriptions);
  const { source, ...read } =
    choice.source === 'arm'
      ? await byManager(context, subscriptions)
      : await byGraph(context, subscriptions, choice.rows);
  await readChanges(context);
  return { source, marks, checkpoint: nextCheckpoint(context, choice.checkpoint, read.checkpoint) };
}

interface Part {
  readonly source: 'arm' | 'graph';
  readonly checkpoint: Partial<Checkpoint>;
}

async function byManager(context: RunContext, subscriptions: readonly Subscription[]): Promise<Part> {
  const images = await readImages(context);
  const place = await readEverything(context, subscriptions, images);
  const isWhole = place.first === undefined && images.lookedOn !== undefined;
  return { source: 'arm', checkpoint: { ...place, ...(isWhole && { imagesOn: images.lookedOn }) } };
}

async function byGraph(
  context: RunContext,
  subscriptions: readonly Subscription[],
  rows: number | undefined,
): Promise<Part> {
  const checkpoint = await readCandidates(context, subscriptions, () => readImages(context), rows);
  if (checkpoint !== 'unfit') return { source: 'graph', checkpoint };
  context.progress('Resource Graph knows of no instances, so Resource Manager is asked');
  const part = await byManager(context, subscriptions);
  return { ...part, checkpoint: { ...part.checkpoint, unfitSince: iso(context.now) } };
}

/** The subscriptions that this run is about. Those that it should be about and cannot find are told as such. */
async function readScopes({ azure, settings, before, collector }: RunContext): Promise<readonly Subscription[]> {
  const { found, missing } = await azure.subscriptions(settings.scopes);
  for (const one of found) collector.scope(one);
  const isFound = new Set(found.map(({ id }) => id));
  const lost = Object.keys(before?.coverage ?? {}).filter((id) => !isFound.has(id) && !isMany(id));
  for (const { scope, failure } of missing) {
    collector.scope(standIn(scope));
    collector.broken(standIn(scope).id, failure, false);
    // What a group holds is not known now: as little as it is gone.
    if (isMany(scope) && !isRefused(failure)) for (const id of lost) collector.unseen(id, failure, 'putOff');
  }
  const failed = new Set(missing.map(({ scope }) => scope));
  for (const scope of settings.scopes.filter((each) => isMany(each) && !failed.has(each))) {
    const { id } = standIn(scope);
    // An identity without any role sees an empty tenant.
    if (found.length === 0) collector.broken(id, NOTHING, false);
    else if (before?.coverage[id] !== undefined) collector.scope(standIn(scope));
  }
  return found;
}

const NOTHING: Failure = { kind: 'forbidden', call: 'subscriptions', name: '', code: 'NoSubscription' };

/** A scope of many subscriptions has a place of its own among what can be read. */
const standIn = (scope: Scope): Subscription => {
  const name = scope.slice(scope.indexOf(':') + 1);
  return { id: isMany(scope) ? scope : name.toLowerCase(), name };
};

// Scaling marks a set as well: what is left waits for the next run, which reads it anyway if it has drifted.
const MOST_MARKS = 300;

/** Reads the sets that something was done to since the last run; gives the marks that have been dealt with. */
async function readMarked(
  context: RunContext,
  store: Pick<DriftStore, 'marks'>,
  subscriptions: readonly Subscription[],
): Promise<readonly DriftMark[]> {
  const covered = new Set(subscriptions.map(({ id }) => id));
  const marks = await store.marks(MOST_MARKS);
  const wanted = marks.filter(({ setId }) => covered.has(subscriptionOf(setId)));
  if (wanted.length > 0) context.progress('sets that something was done to', { sets: wanted.length });
  await readSets(
    context,
    wanted.map(({ setId }) => locationOf(setId)),
  );
  return marks.filter((mark) => !wanted.includes(mark) || context.collector.has(mark.setId));
}

// Five queries. A digest names nobody, so the first run asks once, and only for the age of some.
const MOST_CHANGES = 250;
const MOST_CHANGES_AT_FIRST = 50;

/**
 * What changed the models of sets whose drift nobody was told of yet, or whose model changed since, by whom and when. Only
 * Resource Graph knows; without an answer they are told without it.
 */
async function readChanges({ azure, settings, before, collector }: RunContext): Promise<void> {
  if (settings.source === 'arm') return;
  const fresh = collector.reading.sets
    .filter(({ set: { modelCreatedAt = '', ...set }, drifted }) => {
      const told = before?.sets[setKey(set)]?.told;
      return told === undefined ? drifted.length > 0 : modelCreatedAt > told.at;
    })
    .map(({ set }) => setKey(set))
    .slice(0, isBaseline(before) ? MOST_CHANGES_AT_FIRST : MOST_CHANGES);
  if (fresh.length === 0) return;
  for await (const page of azure.graph.changes(fresh)) {
    if (page.kind !== 'page') return;
    for (const { setId, change } of page.items) collector.amend(setId, { change });
  }
}
