/** What Azure says about scale sets, in the shapes that the drift report reads. Raw parts keep Azure's own JSON. */

/** A JSON object as Azure sent it. */
export type Json = Readonly<Record<string, unknown>>;

/** One scale set with its model. */
export interface ScaleSet {
  /** ARM id in Azure's own case. */
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly orchestration: 'Uniform' | 'Flexible';
  readonly mode: 'Manual' | 'Automatic' | 'Rolling';
  readonly autoOsUpgrade: boolean;
  /** Such an upgrade waits on each instance until somebody approves it (`osRollingUpgradeDeferral`). */
  readonly defersOsUpgrade?: true;
  /** Such an upgrade may pause for people to approve it (`lifecycleHooksProfile`). */
  readonly hasHooks?: true;
  /** Azure replaces or restarts instances that are unhealthy (`automaticRepairsPolicy`). */
  readonly repairsItself?: true;
  /** Azure moves instances between zones (`resiliencyPolicy.automaticZoneRebalancingPolicy`). */
  readonly rebalancesZones?: true;
  /** It is being deleted (`provisioningState`). */
  readonly isLeaving?: true;
  /** Instances that it should have: `sku.capacity`; undefined where Azure does not say. */
  readonly capacity?: number;
  readonly tags: Readonly<Record<string, string>>;
  /** ARM id of what manages it, such as an AKS cluster. */
  readonly managedBy?: string;
  /** ISO: when the model was last made, as far as Azure tells (`virtualMachineProfile.timeCreated`). */
  readonly modelCreatedAt?: string;
  /** Whether an upgrade pauses between batches, in seconds. */
  readonly pauseBetweenBatches?: number;
  /** `sku` and `properties.virtualMachineProfile`, as sent. */
  readonly model: { readonly sku: Json; readonly profile: Json };
}

/** One instance of a scale set. */
export interface Instance {
  /** A number as text for Uniform, the VM's name for Flexible. */
  readonly instanceId: string;
  /** GUID of the VM: instance ids are used again, this is not. Empty where Azure does not say. */
  readonly vmId: string;
  readonly zone?: string;
  /** Undefined for Flexible, where Azure does not tell. */
  readonly latestModelApplied?: boolean;
  /** Flexible: ISO, from the tag VirtualMachineProfileTimeCreated; undefined where the tag is missing or unreadable. */
  readonly profileCreatedAt?: string;
  readonly createdAt?: string;
  readonly isProtected: boolean;
  readonly skipsUpgrade: boolean;
  readonly state: 'ok' | 'updating' | 'failed' | 'unhealthy';
  /** leaving: it is being deleted. pooled: it is in a standby pool, whose machines are not in the set's capacity. */
  readonly apart?: 'leaving' | 'pooled';
  /** Somebody changed this one instance: its model is its own (`modelDefinitionApplied: VirtualMachine`). */
  readonly customised: boolean;
  /** ISO: when the last operation on it ended, as its view tells. */
  readonly touchedAt?: string;
  /** `sku`, `properties` and `resources` (extensions), as sent. Lives only while the set is compared. */
  readonly raw: Json;
}

/** The latest rolling upgrade. */
export interface Rollout {
  readonly code: 'RollingForward' | 'Cancelled' | 'Completed' | 'Faulted';
  /** ISO. */
  readonly startedAt?: string;
  readonly lastActionAt?: string;
  readonly done: number;
  readonly failed: number;
  readonly inProgress: number;
  readonly pending: number;
  readonly errorCode?: string;
}

/** An upgrade that a lifecycle hook has made wait. */
export interface Approval {
  /** ISO: when Azure does by itself what `otherwise` says; undefined where it does not say when. */
  readonly until?: string;
  /** What becomes of it without an answer; undefined where Azure does not say, or never does anything by itself. */
  readonly otherwise?: 'Approve' | 'Reject';
}

/** The newest entry of a set's OS upgrade history. */
export interface OsUpgrade {
  readonly code: Rollout['code'];
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly startedBy: 'Unknown' | 'User' | 'Platform';
  /** Instances that were set back to the old image. */
  readonly rolledBack: number;
  readonly failedToRollBack: number;
  readonly errorCode?: string;
}

/** Who changed a set's model last, as Resource Graph's change records tell. */
export interface ModelChange {
  /** ISO. */
  readonly at: string;
  readonly by?: string;
  readonly byType?: string;
  readonly paths: readonly string[];
}
