import { baseSpecs, galleryImageId, galleryVersions, platformVersions } from './base-specs.ts';
import { systemClock } from './clock.ts';
import type { Fleet, FleetOptions, Subscription } from './fleet.ts';
import { LiveFleet } from './live-fleet.ts';
import type { SetIdentity } from './live-set.ts';
import { type ChangeName, changed, pathOf } from './model-changes.ts';
import type { ModelSpec } from './model-spec.ts';
import { guidOf, type Random, seeded } from './random.ts';
import type { Model, SetState } from './scale-set.ts';
import { DAY, HOUR } from './times.ts';
import { firstState, rolloutCancelled, rolloutFaulted, rolloutStarted, updated } from './transitions.ts';

const REGIONS = [
  'westeurope',
  'northeurope',
  'koreacentral',
  'eastus',
  'eastus2',
  'westus',
  'japaneast',
  'swedencentral',
];
const TEAMS = ['shop', 'pay', 'search', 'stock', 'mail', 'login'];
const ROLES = ['web', 'api', 'worker', 'cache'];

const CAUSES: readonly ChangeName[] = [
  'imageVersion',
  'extensionSettings',
  'vmSize',
  'secrets',
  'network',
  'extensionVersion',
  'nothing',
  'image',
  'dataDisks',
  'unseen',
];

const ROOT = { id: 'contoso', name: 'Contoso', parent: undefined };
const GROUPS = [
  ROOT,
  { id: 'contoso-prod', name: 'Production', parent: ROOT.id },
  { id: 'contoso-test', name: 'Test', parent: ROOT.id },
];

const subscriptionsOf = (count: number): Subscription[] =>
  Array.from({ length: count }, (_, index) => ({
    id: guidOf(2, index),
    name: `Shop ${index + 1}`,
    parent: index % 3 === 2 ? 'contoso-test' : 'contoso-prod',
  }));

/** 10 to 10,000 sets, always the same from the same options and time. All generated models hold a planted password. */
export function generateFleet(options: FleetOptions = {}): Fleet {
  const { subscriptions = 1, sets = 10, regions = 1, seed = 1, clock = systemClock } = options;
  const regionList = typeof regions === 'number' ? REGIONS.slice(0, regions) : regions;
  const fleet = new LiveFleet(clock, {
    subscriptions: subscriptionsOf(subscriptions),
    managementGroups: GROUPS,
    regions: regionList,
  });
  addImages(fleet);
  const random = seeded(seed);
  for (let ordinal = 0; ordinal < sets; ordinal += 1) addGenerated(fleet, ordinal, random, options);
  return fleet;
}

function addImages(fleet: LiveFleet): void {
  for (const { versions, ...image } of platformVersions) {
    for (const version of versions) fleet.newImageVersion(image, version);
  }
  const [first] = fleet.subscriptions;
  for (const name of galleryVersions) {
    fleet.newGalleryVersion(galleryImageId(first?.id ?? ''), { name, publishedAt: fleet.clock.now() - 20 * DAY });
  }
}

/** Sets go to subscriptions in turn, and within each to regions in turn. */
function addGenerated(fleet: LiveFleet, ordinal: number, random: Random, options: FleetOptions): void {
  const { instancesPerSet = 10, driftedShare = 0.1, flexShare = 0, rollingShare = 0 } = options;
  const { subscriptions, regions } = fleet;
  const subscription = subscriptions[ordinal % subscriptions.length];
  const location = regions[Math.floor(ordinal / subscriptions.length) % regions.length] ?? '';
  const team = TEAMS[ordinal % TEAMS.length] ?? '';
  const specs = baseSpecs(subscriptions[0]?.id ?? '');
  const spec = specs[ordinal % specs.length];
  if (subscription === undefined || spec === undefined) throw new Error('a fleet needs a subscription');
  // Always as many draws, so that one option does not move the dice of another.
  const [drift, flex, rolling, dice] = [random(), random(), random(), random()];
  const identity = {
    name: `${team}-${ROLES[Math.floor(ordinal / TEAMS.length) % ROLES.length]}-${ordinal}`,
    subscriptionId: subscription.id,
    resourceGroup: `rg-${team}-${Math.floor(ordinal / 50)}`,
    location,
    orchestration: flex < flexShare ? ('Flexible' as const) : ('Uniform' as const),
    createdAt: fleet.clock.now() - 60 * DAY,
  };
  fleet.add(identity, (full) => {
    const clean = cleanState(fleet, full, spec, instancesPerSet, rolling < rollingShare);
    return drift < driftedShare && instancesPerSet > 0 ? driftedState(fleet, full, clean, dice) : clean;
  });
}

function cleanState(
  fleet: LiveFleet,
  identity: SetIdentity,
  spec: ModelSpec,
  instances: number,
  rolling: boolean,
): SetState {
  const model: Model = { spec: shared(spec), createdAt: identity.createdAt };
  const state = firstState(identity, model, instances, fleet.resolve(spec.image, identity.location));
  const tags = { team: identity.name.split('-')[0] ?? '', environment: 'prod' };
  return { ...state, tags, mode: rolling ? 'Rolling' : 'Manual' };
}

// Equal models are one object, however often the list of models is made.
const known = new Map<string, ModelSpec>();

function shared(spec: ModelSpec): ModelSpec {
  const key = JSON.stringify(spec);
  const found = known.get(key) ?? spec;
  known.set(key, found);
  return found;
}

/** One change of the model one hour to ten days ago, and some instances, at least one, that did not follow. */
function driftedState(fleet: LiveFleet, { location }: SetIdentity, clean: SetState, dice: number): SetState {
  const cause = CAUSES[Math.floor(dice * CAUSES.length)] ?? 'nothing';
  const part = (dice * 1_000) % 1;
  const at = Math.floor(fleet.clock.now() - HOUR - part * 10 * DAY);
  const model = { spec: changed(clean.model.spec, cause), createdAt: at };
  const behind = 1 + Math.floor(part * clean.instances.length);
  const follow = updated(model, (image) => fleet.resolve(image, location));
  const state: SetState = {
    ...clean,
    model,
    instances: clean.instances.map((instance, index) => (index < behind ? instance : follow(instance))),
    etag: 2,
    changes: [{ at, by: 'anna@shop.example.com', byType: 'User', paths: [pathOf(cause)] }],
  };
  if (state.mode !== 'Rolling') return state;
  const rolling = rolloutStarted(state, at + 1_000);
  if (part < 1 / 3) return rolling;
  return part < 2 / 3
    ? rolloutCancelled(rolling, at + HOUR / 2)
    : rolloutFaulted(rolling, 'RollingUpgradeTimeoutError', 1);
}
