import type { OsUpgrade, Rollout, ScaleSet } from '../rules/azure.ts';
import { leanModel } from '../rules/lean.ts';
import { type DriftedInstance, joined, type Look, look, type SetReading, totalOf } from '../rules/reading.ts';
import { setKey } from '../rules/report.ts';
import { isLeftOut } from '../rules/tags.ts';
import type { Failure, Place, Reading } from '../scale-sets.ts';
import { iso, type Session } from './session.ts';
import { isTurn } from './turn.ts';

export type SetOutcome =
  | { readonly kind: 'read'; readonly reading: SetReading }
  | { readonly kind: 'unread'; readonly place: Place; readonly failure: Failure };

type Sight = Pick<Session, 'azure' | 'settings' | 'key' | 'before' | 'now'>;

/**
 * Reads one set from the resource provider, to its last page; with its model, unless that was just read. One that is being
 * deleted is as good as gone.
 */
export async function readSet(sight: Sight, place: Place | ScaleSet): Promise<SetOutcome> {
  const model = 'model' in place ? ({ kind: 'read', value: place } as const) : await sight.azure.set(place);
  if (model.kind !== 'read') return { kind: 'unread', place, failure: model };
  const set = model.value;
  if (set.isLeaving) return { kind: 'unread', place: set, failure: { kind: 'gone', call: 'set', name: set.name } };
  if (isLeftOut(set, sight.settings.ignore)) return { kind: 'read', reading: leftOut(set) };
  const looked = await lookAt(sight, set);
  if ('kind' in looked) return { kind: 'unread', place: set, failure: looked };
  const { drifted, unknown, leaving } = looked;
  const care = await careOf(sight, set, drifted.length > 0);
  if ('kind' in care) return { kind: 'unread', place: set, failure: care };
  const reading = { set, total: totalOf(set, looked), drifted, unknown, ...(leaving > 0 && { leaving }), ...care };
  if (drifted.length === 0 || !upgradesItself(set)) return { kind: 'read', reading };
  const upgrades = await upgradesOf(sight, set, looked);
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

async function lookAt({ azure, key }: Sight, set: ScaleSet): Promise<Look | Failure> {
  const looks: Look[] = [];
  for await (const page of azure.instances(set, 'drifted')) {
    if (page.kind !== 'page') return page;
    // An instance that cannot be understood may have drifted or not.
    if (page.unread.length > 0) return { kind: 'failed', call: 'instances', name: set.name, code: 'NotUnderstood' };
    looks.push(look(set, page.items, key));
  }
  const whole = shared(joined(looks));
  if (set.capacity !== undefined || set.orchestration === 'Flexible') return whole;
  const seen = await countOf(azure, set);
  return typeof seen === 'number' ? { ...whole, seen } : seen;
}

/** The instances of a set whose capacity Azure does not say: the list of those behind does not tell of the others. */
async function countOf(azure: Sight['azure'], set: ScaleSet): Promise<number | Failure> {
  let count = 0;
  for await (const page of azure.instances(set, 'all')) {
    if (page.kind !== 'page') return page;
    count += page.items.filter(({ apart }) => apart === undefined).length + page.unread.length;
  }
  return count;
}

/** Instances of one set mostly differ alike: what is equal is kept once. */
function shared(whole: Look): Look {
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
  { azure, before, now }: Sight,
  set: ScaleSet,
  isBehind: boolean,
): Promise<Pick<SetReading, 'approval' | 'repairsSuspended'> | Failure> {
  const key = setKey(set);
  const approval = set.hasHooks ? await azure.approval(set) : undefined;
  if (isFailure(approval)) return approval;
  const known = before?.sets[key];
  const isDue = isBehind || isTurn(key, iso(now)) || known?.repairsSuspended || known?.verdict === 'repairsSuspended';
  const repairs = set.repairsItself && isDue ? await azure.repairsSuspended(set) : undefined;
  if (isFailure(repairs)) return repairs;
  return {
    ...(approval?.kind === 'read' && approval.value !== undefined && { approval: approval.value }),
    ...(repairs?.kind === 'read' && { repairsSuspended: repairs.value }),
  };
}

const isFailure = (reading: Reading<unknown> | undefined): reading is Failure =>
  reading !== undefined && reading.kind !== 'read' && reading.kind !== 'forbidden';

const upgradesItself = ({ mode, autoOsUpgrade }: ScaleSet): boolean => mode === 'Rolling' || autoOsUpgrade;

/** The rolling upgrade, and the history where the upgrade has failed or images went back. */
async function upgradesOf(
  { azure }: Sight,
  set: ScaleSet,
  { drifted }: Look,
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
