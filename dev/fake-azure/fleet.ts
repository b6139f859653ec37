import type { Clock } from './clock.ts';
import type { ChangeName } from './model-changes.ts';
import type { ImageReference, ModelSpec, PlatformImage } from './model-spec.ts';
import type { AutoscaleState, FakeSet, OsUpgradeState, Provisioning, SetState } from './scale-set.ts';
import type { ScaleOutWish } from './scaling.ts';

export interface Subscription {
  readonly id: string;
  readonly name: string;
  /** Management group that it stands in. */
  readonly parent: string;
}

export interface ManagementGroup {
  readonly id: string;
  readonly name: string;
  readonly parent: string | undefined;
}

export interface GalleryVersion {
  readonly name: string;
  readonly excludeFromLatest: boolean;
  /** As in `westeurope`. */
  readonly regions: readonly string[];
  readonly publishedAt: number;
}

export interface FleetOptions {
  readonly subscriptions?: number;
  readonly sets?: number;
  readonly instancesPerSet?: number;
  /** How many, or which. */
  readonly regions?: number | readonly string[];
  /** Share of the sets, 0 to 1, in which some instances are behind. */
  readonly driftedShare?: number;
  readonly flexShare?: number;
  /** Share of the sets in mode Rolling; the others are in mode Manual. */
  readonly rollingShare?: number;
  readonly seed?: number;
  readonly clock?: Clock;
}

/** A set, its name, or its id in any case. */
export type SetReference = FakeSet | string;

/** A named change of a model, or a function from one to the next. */
export type ModelChange = ChangeName | ((spec: ModelSpec) => ModelSpec);

type Policy =
  | 'mode'
  | 'autoOsUpgrade'
  | 'pauseBetweenBatches'
  | 'defersOsUpgrade'
  | 'hooks'
  | 'repairs'
  | 'rebalancesZones'
  | 'provisioning';

export interface Fleet {
  readonly clock: Clock;
  readonly tenantId: string;
  readonly subscriptions: readonly Subscription[];
  readonly managementGroups: readonly ManagementGroup[];
  /** All there are, in a stable order. */
  readonly sets: readonly FakeSet[];
  /** Throws if there is none. */
  set(reference: SetReference): FakeSet;
  find(reference: SetReference): FakeSet | undefined;
  /** Adds a set made to measure; the rest as generated ones have it. */
  addSet(wish?: {
    readonly name?: string;
    readonly subscriptionId?: string;
    readonly resourceGroup?: string;
    readonly location?: string;
    readonly orchestration?: 'Uniform' | 'Flexible';
    readonly instances?: number;
    readonly spec?: ModelSpec;
    readonly state?: Partial<SetState>;
  }): FakeSet;

  changeModel(
    set: SetReference,
    change: ModelChange,
    by?: { readonly by: string; readonly byType: 'User' | 'Application' },
  ): void;
  /** Brings instances to the model, as manualupgrade does; all of them without ids. */
  update(set: SetReference, ids?: readonly string[]): void;
  /** protectFromScaleSetActions; false takes it away. */
  protect(set: SetReference, ids: readonly string[], on?: boolean): void;
  /** The custom metric SkipUpgrade, seen in the instance view only. */
  skipUpgrade(set: SetReference, ids: readonly string[], on?: boolean): void;
  fail(
    set: SetReference,
    ids: readonly string[],
    how?: Exclude<Provisioning, 'Succeeded'> | 'unhealthy' | 'none',
  ): void;
  /** An operation on these instances that ended a moment ago, and left their model as it was. */
  touch(set: SetReference, ids: readonly string[]): void;
  /** Somebody changed these instances themselves: modelDefinitionApplied = VirtualMachine. */
  customise(set: SetReference, ids: readonly string[]): void;
  /** Puts these instances into a standby pool. */
  pool(set: SetReference, ids: readonly string[]): void;
  /** Capacity and instances; new ones get the model of the hour, the last ones go first. */
  scale(set: SetReference, instances: number): void;
  /** Raises the capacity at once; the new instances are Creating, and running as time goes by. */
  scaleOut(set: SetReference, instances: number, how?: ScaleOutWish): void;
  /** Lowers the capacity at once; the last instances are Deleting for so many seconds, and gone then. */
  scaleIn(set: SetReference, instances: number, seconds?: number): void;
  /** An autoscale setting for the set, in its resource group. */
  autoscale(set: SetReference, setting: AutoscaleState): void;
  /** The same instance id on a new machine: taken away and made again, on the model. */
  reimageNewVmId(set: SetReference, ids: readonly string[]): void;
  /** Deletes instances and makes new ones on the model, with new ids (MaxSurge). */
  surge(set: SetReference, ids: readonly string[]): void;
  deleteSet(set: SetReference): void;
  setTags(set: SetReference, tags: Readonly<Record<string, string>>): void;
  setPolicy(set: SetReference, policy: Partial<Pick<SetState, Policy>>): void;
  /** Makes it look like a node pool of an AKS cluster. */
  aks(set: SetReference): void;

  startRollout(set: SetReference): void;
  /** Brings so many more of the pending instances to the model. */
  advanceRollout(set: SetReference, instances: number): void;
  faultRollout(set: SetReference, errorCode?: string, failed?: number): void;
  cancelRollout(set: SetReference): void;
  completeRollout(set: SetReference): void;
  /** Newest first. */
  addOsUpgrade(set: SetReference, upgrade: Partial<OsUpgradeState>): void;

  /** Flexible: takes the tag VirtualMachineProfileTimeCreated away. */
  wipeTag(set: SetReference, ids: readonly string[]): void;

  /** A newer version of a platform image, in all regions or these; nobody gets it who does not ask. */
  newImageVersion(image: Omit<PlatformImage, 'version'>, version: string, regions?: readonly string[]): void;
  newGalleryVersion(imageId: string, version: Partial<GalleryVersion> & { readonly name: string }): void;
  imageVersions(location: string, image: Omit<PlatformImage, 'version'>): readonly string[];
  galleryVersions(imageId: string): readonly GalleryVersion[];
  /** What `latest` means there today. */
  resolve(image: ImageReference, location: string): string;

  /** From then on it is not found. */
  removeSubscription(id: string): void;
}
