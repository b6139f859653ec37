import type { Json } from './model-spec.ts';
import type { FakeSet, HookState, OsUpgradeState, RolloutState, SetState } from './scale-set.ts';
import { rollingPolicyJson } from './set-json.ts';
import { armTime } from './times.ts';

const TYPE = 'Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades';

const errorJson = (code: string | undefined): Json | undefined =>
  code === undefined ? undefined : { code, message: `The rolling upgrade ended with ${code}.`, details: [] };

/** What rollingUpgrades/latest answers. The real one has neither id nor name (azure-sdk-for-net#45613). */
export const rolloutJson = (set: FakeSet, state: SetState, rollout: RolloutState): Json => ({
  type: TYPE,
  location: set.location,
  properties: {
    policy: rollingPolicyJson(state),
    runningStatus: {
      code: rollout.code,
      startTime: armTime(rollout.startedAt),
      lastAction: rollout.lastAction,
      lastActionTime: armTime(rollout.lastActionAt),
    },
    progress: progressJson(rollout),
    ...(rollout.errorCode !== undefined && { error: errorJson(rollout.errorCode) }),
  },
});

export const osUpgradeJson = (set: FakeSet, { model }: SetState, upgrade: OsUpgradeState): Json => ({
  properties: {
    runningStatus: {
      code: upgrade.code,
      startTime: armTime(upgrade.startedAt),
      ...(upgrade.endedAt !== undefined && { [upgrade.endedUnder ?? 'endTime']: armTime(upgrade.endedAt) }),
    },
    progress: progressJson({ ...upgrade, inProgress: 0, pending: 0 }),
    ...(upgrade.errorCode !== undefined && { error: errorJson(upgrade.errorCode) }),
    startedBy: upgrade.startedBy,
    targetImageReference: model.spec.image,
    rollbackInfo: {
      successfullyRolledbackInstanceCount: upgrade.rolledBack,
      failedRolledbackInstanceCount: upgrade.failedToRollBack,
    },
  },
  type: TYPE,
  location: set.location,
});

/** As in the example VirtualMachineScaleSetLifeCycleHookEvent_List of 2026-04-01. */
export const hookEventJson = ({ id, uniqueId }: FakeSet, hook: HookState, index: number): Json => {
  const { type, state, waitUntil, defaultAction, actionState = 'Waiting' } = hook;
  const name = `${uniqueId.slice(0, -2)}${String(index).padStart(2, '0')}`;
  const resource = { id: type === 'UpgradeAutoOSScheduling' ? id : `${id}/virtualMachines/0` };
  return {
    name,
    id: `${id}/lifecycleHookEvents/${name}`,
    properties: {
      type,
      ...(waitUntil !== undefined && { waitUntil, maxWaitUntil: waitUntil }),
      timeCreated: '2026-11-20T07:00:00.6844555+00:00',
      ...(defaultAction !== undefined && { defaultAction }),
      targetResources: [{ resource, actionState }],
      state,
    },
  };
};

/** As in the example VirtualMachineScaleSet_GetInstanceView of 2026-04-01, in short. */
export const setViewJson = ({ repairs, instances, rebalancesZones }: SetState): Json => ({
  virtualMachine: { statusesSummary: [{ code: 'ProvisioningState/succeeded', count: instances.length }] },
  statuses: [{ code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' }],
  orchestrationServices: [
    ...(repairs === undefined ? [] : [{ serviceName: 'AutomaticRepairs', serviceState: repairs }]),
    ...(rebalancesZones ? [{ serviceName: 'AutomaticZoneRebalancing', serviceState: 'Running' }] : []),
  ],
});

const progressJson = (rollout: Pick<RolloutState, 'done' | 'failed' | 'inProgress' | 'pending'>): Json => ({
  successfulInstanceCount: rollout.done,
  failedInstanceCount: rollout.failed,
  inProgressInstanceCount: rollout.inProgress,
  pendingInstanceCount: rollout.pending,
});
