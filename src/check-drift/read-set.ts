import type { OsUpgrade, Rollout, ScaleSet } from '../drift/azure.ts';
import { joined, type Look, look, type SetReading, totalOf } from '../drift/reading.ts';
import type { Failure, Place } from '../drift/scale-sets.ts';
import { isLeftOut } from '../drift/tags.ts';
import type { Session } from './session.ts';

export type SetOutcome =
  | { readonly kind: 'read'; readonly reading: SetReading }
  | { readonly kind: 'unread'; readonly place: Place; readonly failure: Failure };

type Sight = Pick<Session, 'azure' | 'settings' | 'key'>;

/** Reads one set from the resource provider, to its last page; with its model, unless that was just read. */
export async function readSet(sight: Sight, place: Place | ScaleSet): Promise<SetOutcome> {
  const model = 'model' in place ? ({ kind: 'read', value: place } as const) : await sight.azure.set(place);
  if (model.kind !== 'read') return { kind: 'unread', place, failure: model };
  const set = model.value;
  if (isLeftOut(set, sight.settings.ignore)) return { kind: 'read', reading: leftOut(set) };
  const looked = await lookAt(sight, set);
  if ('kind' in looked) return { kind: 'unread', place: set, failure: looked };
  const { drifted, unknown } = looked;
  const reading = { set, total: totalOf(set, looked), drifted, unknown };
  if (drifted.length === 0 || !upgradesItself(set)) return { kind: 'read', reading };
  const upgrades = await upgradesOf(sight, set, looked);
  if ('kind' in upgrades) return { kind: 'unread', place: set, failure: upgrades };
  return { kind: 'read', reading: { ...reading, ...upgrades } };
}

/** A set that is left out is only counted. Of its model, that is kept by which it is known. */
export const leftOut = (set: ScaleSet): SetReading => ({
  set: {
    ...set,
    model: { sku: {}, profile: { extensionProfile: set.model.profile['extensionProfile'] } },
  },
  total: set.capacity,
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
  return shared(joined(looks));
}

/** Instances of one set mostly differ alike: what is equal is kept once. */
function shared(whole: Look): Look {
  const known = new Map<string, Look['drifted'][number]['reasons']>();
  const drifted = whole.drifted.map((instance) => {
    const text = JSON.stringify(instance.reasons);
    const reasons = known.get(text) ?? instance.reasons;
    known.set(text, reasons);
    return { ...instance, reasons };
  });
  return { ...whole, drifted };
}

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
