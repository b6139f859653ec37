import type { Json } from './model-spec.ts';
import type { FakeSet, OsUpgradeState, RolloutState, SetState } from './scale-set.ts';
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

const progressJson = (rollout: Pick<RolloutState, 'done' | 'failed' | 'inProgress' | 'pending'>): Json => ({
  successfulInstanceCount: rollout.done,
  failedInstanceCount: rollout.failed,
  inProgressInstanceCount: rollout.inProgress,
  pendingInstanceCount: rollout.pending,
});
