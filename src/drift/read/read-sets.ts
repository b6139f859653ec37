import { inParallel } from '../../event/in-parallel.ts';
import { iso } from '../../event/time/units.ts';
import type { OsUpgrade, Rollout, ScaleSet } from '../rules/azure.ts';
import { setKey } from '../rules/ids.ts';
import { leanModel } from '../rules/lean.ts';
import {
  type DriftedInstance,
  type InstanceSummary,
  joinSummaries,
  type SetReading,
  summarize,
  totalOf,
} from '../rules/reading.ts';
import { isLeftOut } from '../rules/tags.ts';
import type { Failure, ReadResult, SetLocation } from '../scale-sets.ts';
import { isItsHour, type RunContext } from './context.ts';
import type { SetOutcome } from './failure.ts';

type SetContext = Pick<RunContext, 'azure' | 'settings' | 'key' | 'before' | 'now'>;

/**
 * Reads one set from the resource provider, to its last page; with its model, unless that was just read. One that is being
 * deleted is as good as gone.
 */
export async function readSet(context: SetContext, place: SetLocation | ScaleSet): Promise<SetOutcome> {
  const model = 'model' in place ? ({ kind: 'read', value: place } as const) : await context.azure.set(place);
  if (model.kind !== 'read') return { kind: 'unread', place, failure: model };
  const set = model.value;
  if (set.isLeaving) return { kind: 'unread', place: set, failure: { kind: 'gone', call: 'set', name: set.name } };
  if (isLeftOut(set, context.settings.ignore)) return { kind: 'read', reading: leftOut(set) };
  const summary = await readInstances(context, set);
  if ('kind' in summary) return { kind: 'unread', place: set, failure: summary };
  const { drifted, unknown, leaving } = summary;
  const care = await careOf(context, set, drifted.length > 0);
  if ('kind' in care) return { kind: 'unread', place: set, failure: care };
  const reading = { set, total: totalOf(set, summary), drifted, unknown, ...(leaving > 0 && { leaving }), ...care };
  if (drifted.length === 0 || !upgradesItself(set)) return { kind: 'read', reading };
  const upgrades = await upgradesOf(context, set, summary);
  if ('kind' in upgrades) return { kind: 'unread', place: set, failure: upgrades };
  return { kind: 'read', reading: { ...reading, ...upgrades } };
}

/** A set that is left out is only counted. Of its model, that is kept by which it is known. */
export const leftOut = (set: ScaleSet): SetReading => ({
  set: { ...set, model: leanModel(set.model) },
  total: set.capacity ?? 0,
  drifted: [],
  unknown: 0,
});

async function readInstances({ azure, key }: SetContext, set: ScaleSet): Promise<InstanceSummary | Failure> {
  const pages: InstanceSummary[] = [];
  for await (const page of azure.instances(set, 'drifted')) {
    if (page.kind !== 'page') return page;
    // An instance that cannot be understood may have drifted or not.
    if (page.unread.length > 0) return { kind: 'failed', call: 'instances', name: set.name, code: 'NotUnderstood' };
    pages.push(summarize(set, page.items, key));
  }
  const whole = shared(joinSummaries(pages));
  if (set.capacity !== undefined || set.orchestration === 'Flexible') return whole;
  const seen = await countOf(azure, set);
  return typeof seen === 'number' ? { ...whole, seen } : seen;
}

/** The instances of a set whose capacity Azure does not say: the list of those behind does not tell of the others. */
async function countOf(azure: SetContext['azure'], set: ScaleSet): Promise<number | Failure> {
  let count = 0;
  for await (const page of azure.instances(set, 'all')) {
    if (page.kind !== 'page') return page;
    count += page.items.filter(({ apart }) => apart === undefined).length + page.unread.length;
  }
  return count;
}

/** Instances of one set mostly differ alike: what is equal is kept once. */
function shared(whole: InstanceSummary): InstanceSummary {
  const known = new Map<string, Pick<DriftedInstance, 'reasons' | 'fingerprint'>>();
  const drifted = whole.drifted.map((instance) => {
    const { reasons, fingerprint } = instance;
    const text = JSON.stringify([reasons, fingerprint]);
    const same = known.get(text) ?? { reasons, ...(fingerprint !== undefined && { fingerprint }) };
    known.set(text, same);
    return { ...instance, ...same };
  });
  return { ...whole, drifted };
}

/**
 * What waits for people: an upgrade to be approved, and automatic repairs to be resumed. The latter takes a read of its own,
 * so it is asked once a day, and always of sets where something is amiss. What may not be read is not known.
 */
async function careOf(
  { azure, before, now }: SetContext,
  set: ScaleSet,
  isBehind: boolean,
): Promise<Pick<SetReading, 'approval' | 'repairsSuspended'> | Failure> {
  const key = setKey(set);
  const approval = set.hasHooks ? await azure.approval(set) : undefined;
  if (isFailure(approval)) return approval;
  const known = before?.sets[key];
  const isDue =
    isBehind || isItsHour(key, iso(now)) || known?.repairsSuspended || known?.verdict === 'repairsSuspended';
  const repairs = set.repairsItself && isDue ? await azure.repairsSuspended(set) : undefined;
  if (isFailure(repairs)) return repairs;
  return {
    ...(approval?.kind === 'read' && approval.value !== undefined && { approval: approval.value }),
    ...(repairs?.kind === 'read' && { repairsSuspended: repairs.value }),
  };
}

const isFailure = (reading: ReadResult<unknown> | undefined): reading is Failure =>
  reading !== undefined && reading.kind !== 'read' && reading.kind !== 'forbidden';

const upgradesItself = ({ mode, autoOsUpgrade }: ScaleSet): boolean => mode === 'Rolling' || autoOsUpgrade;

/** The rolling upgrade, and the history where the upgrade has failed or images went back. */
async function upgradesOf(
  { azure }: SetContext,
  set: ScaleSet,
  { drifted }: InstanceSummary,
): Promise<{ readonly rollout?: Rollout; readonly osUpgrade?: OsUpgrade } | Failure> {
  const rollout = await azure.rollout(set);
  if (rollout.kind !== 'read') return rollout;
  const found = rollout.value === undefined ? {} : { rollout: rollout.value };
  const isOfImages = drifted.some(({ reasons }) => reasons.some(({ kind }) => kind === 'imageVersion'));
  if (rollout.value?.code !== 'Faulted' && !(set.autoOsUpgrade && isOfImages)) return found;
  const history = await azure.osUpgrade(set);
  if (history.kind !== 'read') return history;
  return history.value === undefined ? found : { ...found, osUpgrade: history.value };
}

const AT_ONCE = 16;

type More = Partial<Pick<SetReading, 'newestImages' | 'inUse'>>;

/**
 * Reads sets from the resource provider, the most urgent of each subscription first. `more` is added to what is read of a
 * set.
 */
export async function readSets(
  context: RunContext,
  places: readonly SetLocation[],
  more: (place: SetLocation) => More = () => ({}),
): Promise<void> {
  const { collector } = context;
  await inParallel(inTurn(places), AT_ONCE, async (place) => {
    const outcome = await readSet(context, place);
    collector.take(
      outcome.kind === 'read' ? { kind: 'read', reading: { ...outcome.reading, ...more(place) } } : outcome,
    );
  });
}

/** One of each subscription after the other: each lets itself be read so often in a second. */
function inTurn(places: readonly SetLocation[]): readonly SetLocation[] {
  const subscriptions = [...Map.groupBy(places, ({ subscriptionId }) => subscriptionId).values()];
  const longest = Math.max(0, ...subscriptions.map((some) => some.length));
  return Array.from({ length: longest }, (_, at) => subscriptions.flatMap((some) => some[at] ?? [])).flat();
}
