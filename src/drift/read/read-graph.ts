import type { Instance, ScaleSet } from '../rules/azure.ts';
import { setKey, subscriptionOf } from '../rules/ids.ts';
import { modelHash } from '../rules/model-hash.ts';
import { standing } from '../rules/reading.ts';
import { isLeftOut } from '../rules/tags.ts';
import type { Candidate } from '../rules/verify.ts';
import type { Failure, FlexCount, Pages, SetLocation } from '../scale-sets.ts';
import { isItsHour, type RunContext } from './context.ts';
import { type LatestImage, latestImage } from './read-images.ts';
import { leftOut } from './read-sets.ts';

/** A set as Resource Graph tells of it, reduced to what decides whether it is read. */
interface GraphSet {
  readonly place: SetLocation;
  /** Whether an upgrade of it may wait for somebody. */
  readonly hasHooks: boolean;
  readonly image: LatestImage | undefined;
}

/** What Resource Graph tells of everything. */
export interface GraphReading {
  readonly candidates: readonly Candidate[];
  /** Without those that are left out; by their keys. */
  readonly sets: ReadonlyMap<string, GraphSet>;
  /** Keys of what is listed and nobody understands: the resource provider tells what it is. */
  readonly puzzling: readonly string[];
  /** The sets whose turn it is in the sweep. */
  readonly turn: readonly ScaleSet[];
  /** Instances that Uniform sets should have. */
  readonly uniform: number;
  /** Why something is missing; undefined where nothing is. */
  readonly failure: Failure | undefined;
}

/**
 * Asks Resource Graph which sets have drifted, and which there are. Of a model only its hash is kept, unless it is the
 * set's turn in the sweep.
 */
export async function readGraph(context: RunContext, hour: string | undefined): Promise<GraphReading> {
  const { azure, settings, collector } = context;
  const behind = new Map<string, number>();
  const counts = new Map<string, FlexCount[]>();
  const sets = new Map<string, GraphSet>();
  const candidates: Candidate[] = [];
  const turn: ScaleSet[] = [];
  const puzzling: string[] = [];
  let uniform = 0;

  const listed = await each(azure.graph.candidates(settings.scopes), ({ setId, drifted }) =>
    behind.set(setId, drifted),
  );
  const flexible = await each(azure.graph.flex(settings.scopes), (count) => {
    const known = counts.get(count.setId);
    if (known === undefined) counts.set(count.setId, [count]);
    else known.push(count);
  });
  const modelled = await each(noting(azure.graph.models(settings.scopes), puzzling), (set) => {
    const key = setKey(set);
    if (set.isLeaving) {
      behind.delete(key);
      return collector.gone([key]);
    }
    collector.meet(set);
    if (isLeftOut(set, settings.ignore)) {
      behind.delete(key);
      return collector.take({ kind: 'read', reading: leftOut(set) });
    }
    const { id, subscriptionId, location, orchestration } = set;
    uniform += orchestration === 'Uniform' ? (set.capacity ?? 0) : 0;
    const hasHooks = set.hasHooks === true;
    sets.set(key, { place: { id, subscriptionId, location }, image: latestImage(set), hasHooks });
    if (hour !== undefined && isItsHour(key, hour)) turn.push(set);
    const drifted = orchestration === 'Uniform' ? (behind.get(key) ?? 0) : flexDrift(set, counts.get(key) ?? []);
    behind.delete(key);
    if (drifted > 0) candidates.push({ id: key, behind: drifted, modelHash: modelHash(set.model) });
  });
  // What is behind and has no model here was made a moment ago, or its model did not come.
  for (const [id, count] of behind) candidates.push({ id, behind: count });
  return { candidates, sets, puzzling, turn, uniform, failure: listed ?? flexible ?? modelled };
}

/** The same list; keys of what is in it and nobody understands come into `puzzling`. */
async function* noting<T>(pages: Pages<T>, puzzling: string[]): Pages<T> {
  for await (const page of pages) {
    if (page.kind === 'page') puzzling.push(...page.unread.filter(subscriptionOf).map((id) => id.toLowerCase()));
    yield page;
  }
}

/** Goes through a list; why it is not whole, if so. */
async function each<T>(pages: Pages<T>, work: (item: T) => void): Promise<Failure | undefined> {
  for await (const page of pages) {
    if (page.kind !== 'page') return page;
    for (const item of page.items) work(item);
    if (page.truncated) return { kind: 'failed', call: 'models', name: '', code: 'Truncated' };
  }
  return undefined;
}

const NOBODY: Instance = {
  instanceId: '',
  vmId: '',
  isProtected: false,
  skipsUpgrade: false,
  state: 'ok',
  customised: false,
  raw: {},
};

const flexDrift = (set: ScaleSet, counts: readonly FlexCount[]): number =>
  counts
    .filter(({ profileCreatedAt }) => {
      const made = profileCreatedAt === undefined ? {} : { profileCreatedAt };
      return standing(set, { ...NOBODY, ...made }) === 'drifted';
    })
    .reduce((sum, { count }) => sum + count, 0);
