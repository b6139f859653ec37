import type { ModelSpec } from './model-spec.ts';

/** One version of a set's model. Two versions may say the same (a change and its undoing), and still differ. */
export interface Model {
  readonly spec: ModelSpec;
  /** Milliseconds; the service tells it as `virtualMachineProfile.timeCreated`. */
  readonly createdAt: number;
}

export type Provisioning = 'Succeeded' | 'Creating' | 'Updating' | 'Deleting' | 'Migrating' | 'Failed';

export interface InstanceState {
  /** Uniform: a number as text. Flexible: the name of the VM. */
  readonly id: string;
  readonly vmId: string;
  /** The model it was last brought to. */
  readonly model: Model;
  readonly exactVersion: string;
  readonly createdAt: number;
  readonly isProtected: boolean;
  readonly skipsUpgrade: boolean;
  readonly customised: boolean;
  readonly provisioning: Provisioning;
  /** Until when `provisioning` is so (milliseconds); then it has succeeded or failed, or the instance is gone. */
  readonly until?: number;
  /** What is wrong with one that fails: the code of the error. */
  readonly failure?: string;
  /** The zone that it was placed in; by its machine's id where nobody said. */
  readonly zone?: string;
  /** When the last operation on it ended, where that is not when it was made. */
  readonly touchedAt?: number;
  readonly health: 'healthy' | 'unhealthy';
  /** Flexible: milliseconds told by the tag VirtualMachineProfileTimeCreated; undefined once the tag is gone. */
  readonly taggedAt: number | undefined;
  /** In a standby pool: listed, and not in the capacity. */
  readonly isInPool?: boolean;
}

type RolloutCode = 'RollingForward' | 'Cancelled' | 'Completed' | 'Faulted';

export interface RolloutState {
  readonly code: RolloutCode;
  readonly startedAt: number;
  readonly lastAction: 'Start' | 'Cancel';
  readonly lastActionAt: number;
  readonly done: number;
  readonly failed: number;
  readonly inProgress: number;
  readonly pending: number;
  readonly errorCode?: string;
}

export interface OsUpgradeState {
  readonly code: RolloutCode;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The specification says `endTime`, the documentation's sample `completedTime`. */
  readonly endedUnder?: 'endTime' | 'completedTime';
  readonly startedBy: 'Unknown' | 'User' | 'Platform';
  readonly done: number;
  readonly failed: number;
  readonly rolledBack: number;
  readonly failedToRollBack: number;
  readonly errorCode?: string;
}

/** A record of Resource Graph's table of changes. */
interface ChangeRecord {
  readonly at: number;
  readonly by: string;
  readonly byType: 'User' | 'Application';
  readonly paths: readonly string[];
}

/** What a lifecycle hook asks. Times are ISO, as sent; anything may be left out. */
export interface HookState {
  readonly type: 'UpgradeAutoOSScheduling' | 'UpgradeAutoOSRollingBatchStarting';
  readonly state: 'Active' | 'Completed';
  readonly waitUntil?: string | null;
  readonly defaultAction?: 'Approve' | 'Reject' | null;
  readonly actionState?: 'Waiting' | 'Approved' | 'Rejected';
}

/** Everything about a set that may change. Replaced as a whole, so that an older one stays readable. */
export interface SetState {
  readonly model: Model;
  readonly instances: readonly InstanceState[];
  readonly capacity: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly managedBy?: string;
  readonly mode: 'Manual' | 'Automatic' | 'Rolling';
  readonly autoOsUpgrade: boolean;
  readonly defersOsUpgrade?: boolean;
  /** With it, the set has lifecycle hooks. */
  readonly hooks?: readonly HookState[];
  /** With it, the set has automatic repairs. */
  readonly repairs?: 'Running' | 'NotRunning' | 'Suspended';
  readonly rebalancesZones?: boolean;
  readonly provisioning?: Provisioning;
  /** ISO duration. */
  readonly pauseBetweenBatches: string;
  readonly etag: number;
  readonly nextId: number;
  readonly rollout?: RolloutState;
  readonly autoscale?: AutoscaleState;
  readonly osUpgrades: readonly OsUpgradeState[];
  readonly changes: readonly ChangeRecord[];
}

/** One scale set. Read `state` anew after every change. */
export interface FakeSet {
  /** ARM id, in Azure's case. */
  readonly id: string;
  readonly ordinal: number;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly orchestration: 'Uniform' | 'Flexible';
  readonly createdAt: number;
  readonly uniqueId: string;
  readonly state: SetState;
  /** What it was at some time (milliseconds); undefined before it was made. */
  stateAt(time: number): SetState | undefined;
}

/** How an autoscale setting limits a set. */
export interface AutoscaleState {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
}

export const isBehind = (instance: InstanceState, { model }: SetState): boolean => instance.model !== model;
