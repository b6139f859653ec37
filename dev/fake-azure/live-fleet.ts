import { baseSpecs } from './base-specs.ts';
import type { Clock } from './clock.ts';
import type { Fleet, GalleryVersion, ManagementGroup, ModelChange, SetReference, Subscription } from './fleet.ts';
import { Images } from './images.ts';
import type { LiveSet } from './live-set.ts';
import { changed, pathOf } from './model-changes.ts';
import type { ImageReference, PlatformImage } from './model-spec.ts';
import { guidOf } from './random.ts';
import type { AutoscaleState, FakeSet, InstanceState, OsUpgradeState, SetState } from './scale-set.ts';
import { instancesAt, type ScaleOutWish, underWay } from './scaling.ts';
import { SetIndex } from './set-index.ts';
import { DAY } from './times.ts';
import {
  firstState,
  newInstance,
  rolloutAdvanced,
  rolloutCancelled,
  rolloutCompleted,
  rolloutFaulted,
  rolloutStarted,
  updated,
  withInstances,
} from './transitions.ts';

const KEPT_CHANGES = 10;

/** Scale sets in memory. An instance costs some hundred bytes; its JSON is made when somebody asks. */
export class LiveFleet implements Fleet {
  readonly clock: Clock;
  readonly tenantId = guidOf(1, 1);
  readonly images = new Images();
  readonly managementGroups: readonly ManagementGroup[];
  readonly regions: readonly string[];
  #subscriptions: readonly Subscription[];
  readonly #index = new SetIndex();

  constructor(
    clock: Clock,
    where: {
      readonly subscriptions: readonly Subscription[];
      readonly managementGroups: readonly ManagementGroup[];
      readonly regions: readonly string[];
    },
  ) {
    this.clock = clock;
    this.#subscriptions = where.subscriptions;
    this.managementGroups = where.managementGroups;
    this.regions = where.regions;
  }

  get subscriptions(): readonly Subscription[] {
    return this.#subscriptions;
  }

  get sets(): readonly LiveSet[] {
    return this.#index.all;
  }

  find(reference: SetReference): LiveSet | undefined {
    return this.#index.find(reference);
  }

  set(reference: SetReference): LiveSet {
    return this.#index.get(reference);
  }

  add(...wish: Parameters<SetIndex['add']>): LiveSet {
    return this.#index.add(...wish);
  }

  addSet(wish: Parameters<Fleet['addSet']>[0] = {}): FakeSet {
    const subscriptionId = wish.subscriptionId ?? this.#subscriptions[0]?.id ?? '';
    const location = wish.location ?? this.regions[0] ?? 'westeurope';
    const [base] = baseSpecs(subscriptionId);
    const spec = wish.spec ?? base;
    if (spec === undefined) throw new Error('there is no model');
    const createdAt = this.clock.now() - 30 * DAY;
    const identity = {
      name: wish.name ?? `made${this.#index.nextOrdinal}`,
      subscriptionId,
      resourceGroup: wish.resourceGroup ?? 'rg-made',
      location,
      orchestration: wish.orchestration ?? ('Uniform' as const),
      createdAt,
    };
    return this.add(identity, (full) => ({
      ...firstState(full, { spec, createdAt }, wish.instances ?? 3, this.resolve(spec.image, location)),
      ...wish.state,
    }));
  }

  changeModel(
    reference: SetReference,
    change: ModelChange,
    who = { by: 'anna@shop.example.com', byType: 'User' as const },
  ): void {
    this.#change(reference, (state, now) => {
      const spec = typeof change === 'string' ? changed(state.model.spec, change) : change(state.model.spec);
      const path = typeof change === 'string' ? pathOf(change) : 'properties.virtualMachineProfile';
      return {
        ...state,
        model: { spec, createdAt: now },
        changes: [...state.changes, { ...who, at: now, paths: [path] }].slice(-KEPT_CHANGES),
      };
    });
  }

  update(reference: SetReference, ids?: readonly string[]): void {
    const set = this.set(reference);
    this.#change(set, (state) => withInstances(state, ids, this.#updateOf(set)));
  }

  protect(reference: SetReference, ids: readonly string[], on = true): void {
    this.#change(reference, (state) => withInstances(state, ids, (one) => ({ ...one, isProtected: on })));
  }

  skipUpgrade(reference: SetReference, ids: readonly string[], on = true): void {
    this.#change(reference, (state) => withInstances(state, ids, (one) => ({ ...one, skipsUpgrade: on })));
  }

  fail(reference: SetReference, ids: readonly string[], how: Parameters<Fleet['fail']>[2] = 'Failed'): void {
    const health = how === 'unhealthy' ? 'unhealthy' : 'healthy';
    const provisioning = how === 'unhealthy' || how === 'none' ? 'Succeeded' : how;
    this.#change(reference, (state) => withInstances(state, ids, (one) => ({ ...one, health, provisioning })));
  }

  touch(reference: SetReference, ids: readonly string[]): void {
    this.#change(reference, (state, now) => withInstances(state, ids, (one) => ({ ...one, touchedAt: now })));
  }

  customise(reference: SetReference, ids: readonly string[]): void {
    this.#change(reference, (state) => withInstances(state, ids, (one) => ({ ...one, customised: true })));
  }

  pool(reference: SetReference, ids: readonly string[]): void {
    this.#change(reference, (state) => withInstances(state, ids, (one) => ({ ...one, isInPool: true })));
  }

  scale(reference: SetReference, instances: number): void {
    const set = this.set(reference);
    this.#change(set, (state) =>
      this.#grown(set, { ...state, instances: state.instances.slice(0, instances) }, instances),
    );
  }

  scaleOut(reference: SetReference, instances: number, how: ScaleOutWish = {}): void {
    const set = this.set(reference);
    this.#change(set, (state, now) => {
      const before = instancesAt(state, now);
      const leaving = before.filter(({ provisioning }) => provisioning === 'Deleting').length;
      const grown = this.#grown(set, { ...state, instances: before }, instances + leaving);
      const known = before.length;
      const total = grown.instances.length - known;
      return {
        ...grown,
        capacity: instances,
        instances: grown.instances.map((one, at) =>
          at < known ? one : underWay(one, { at: at - known, total, now }, how),
        ),
      };
    });
  }

  scaleIn(reference: SetReference, instances: number, seconds = 60): void {
    this.#change(reference, (state, now) => ({
      ...state,
      capacity: instances,
      instances: instancesAt(state, now).map((one, at) =>
        at < instances || one.provisioning === 'Deleting'
          ? one
          : { ...one, provisioning: 'Deleting', until: now + seconds * 1000 },
      ),
    }));
  }

  autoscale(reference: SetReference, autoscale: AutoscaleState): void {
    this.#change(reference, (state) => ({ ...state, autoscale }));
  }

  reimageNewVmId(reference: SetReference, ids: readonly string[]): void {
    const set = this.set(reference);
    this.#change(set, (state, now) =>
      withInstances(state, ids, (one) => ({
        ...this.#newcomer(set, state, 0),
        id: one.id,
        vmId: guidOf(set.ordinal, now, state.etag, state.instances.indexOf(one)),
      })),
    );
  }

  surge(reference: SetReference, ids: readonly string[]): void {
    const set = this.set(reference);
    this.#change(set, (state) => {
      const kept = withInstances(state, ids, (one) => one).instances.filter(({ id }) => !ids.includes(id));
      return this.#grown(set, { ...state, instances: kept }, state.instances.length);
    });
  }

  deleteSet(reference: SetReference): void {
    this.#index.delete(this.set(reference));
  }

  setTags(reference: SetReference, tags: Readonly<Record<string, string>>): void {
    this.#change(reference, (state) => ({ ...state, tags }));
  }

  setPolicy(reference: SetReference, policy: Parameters<Fleet['setPolicy']>[1]): void {
    this.#change(reference, (state) => ({ ...state, ...policy }));
  }

  aks(reference: SetReference): void {
    const set = this.set(reference);
    this.#change(set, (state) => ({
      ...state,
      tags: {
        ...state.tags,
        'aks-managed-poolName': 'nodepool1',
        'aks-managed-orchestrator': 'Kubernetes:1.31.2',
        'aks-managed-createOperationID': guidOf(set.ordinal, 9),
      },
      managedBy: `/subscriptions/${set.subscriptionId}/resourceGroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/aks`,
    }));
  }

  startRollout(reference: SetReference): void {
    this.#change(reference, rolloutStarted);
  }

  advanceRollout(reference: SetReference, instances: number): void {
    const set = this.set(reference);
    this.#change(set, (state) => rolloutAdvanced(state, instances, this.#updateOf(set)));
  }

  faultRollout(
    reference: SetReference,
    errorCode = 'MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade',
    failed = 1,
  ): void {
    this.#change(reference, (state) => rolloutFaulted(state, errorCode, failed));
  }

  cancelRollout(reference: SetReference): void {
    this.#change(reference, rolloutCancelled);
  }

  completeRollout(reference: SetReference): void {
    const set = this.set(reference);
    this.#change(set, (state) =>
      rolloutCompleted(rolloutAdvanced(state, Number.POSITIVE_INFINITY, this.#updateOf(set))),
    );
  }

  addOsUpgrade(reference: SetReference, upgrade: Partial<OsUpgradeState>): void {
    const usual = {
      code: 'Completed',
      startedBy: 'Platform',
      done: 0,
      failed: 0,
      rolledBack: 0,
      failedToRollBack: 0,
    } as const;
    this.#change(reference, (state, now) => ({
      ...state,
      osUpgrades: [{ ...usual, startedAt: now, ...upgrade }, ...state.osUpgrades].slice(0, 5),
    }));
  }

  wipeTag(reference: SetReference, ids: readonly string[]): void {
    this.#change(reference, (state) => withInstances(state, ids, (one) => ({ ...one, taggedAt: undefined })));
  }

  newImageVersion(image: Omit<PlatformImage, 'version'>, version: string, regions?: readonly string[]): void {
    this.images.addPlatform(image, version, regions);
  }

  newGalleryVersion(imageId: string, version: Parameters<Fleet['newGalleryVersion']>[1]): void {
    const usual = { excludeFromLatest: false, regions: this.regions, publishedAt: this.clock.now() };
    this.images.addGallery(imageId, { ...usual, ...version });
  }

  imageVersions(location: string, image: Omit<PlatformImage, 'version'>): readonly string[] {
    return this.images.platform(location, image);
  }

  galleryVersions(imageId: string): readonly GalleryVersion[] {
    return this.images.gallery(imageId);
  }

  resolve(image: ImageReference, location: string): string {
    return this.images.resolve(image, location);
  }

  removeSubscription(id: string): void {
    this.#subscriptions = this.#subscriptions.filter((each) => each.id !== id);
  }

  #change(reference: SetReference, change: (state: SetState, now: number) => SetState): void {
    const set = this.set(reference);
    const now = this.clock.now();
    set.become({ ...change(set.state, now), etag: set.state.etag + 1 }, now);
  }

  #updateOf(set: LiveSet): (instance: InstanceState) => InstanceState {
    return updated(set.state.model, (image) => this.resolve(image, set.location));
  }

  #newcomer(set: LiveSet, { model }: SetState, serial: number): InstanceState {
    const exactVersion = this.resolve(model.spec.image, set.location);
    return newInstance(set, serial, { model, exactVersion, now: this.clock.now() });
  }

  #grown(set: LiveSet, state: SetState, total: number): SetState {
    const missing = Math.max(0, total - state.instances.length);
    const newcomers = Array.from({ length: missing }, (_, index) => this.#newcomer(set, state, state.nextId + index));
    return { ...state, capacity: total, instances: [...state.instances, ...newcomers], nextId: state.nextId + missing };
  }
}
