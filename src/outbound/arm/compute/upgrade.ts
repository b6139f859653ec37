import * as z from 'zod';
import type { OsUpgrade, Rollout } from '../../../drift/rules/azure.ts';
import { instant } from '../../../event/time/instant.ts';
import { lettersOnly } from '../answer.ts';

const code = z.enum(['RollingForward', 'Cancelled', 'Completed', 'Faulted']);
const count = z
  .number()
  .int()
  .nonnegative()
  .nullish()
  .transform((told) => told ?? 0);
const time = z
  .string()
  .nullish()
  .transform((text) => instant(text ?? ''));
const error = z.object({ code: z.string().optional() }).nullish().catch(undefined);

// Fields: https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-set-rolling-upgrades/get-latest
const rollout = z.object({
  runningStatus: z.object({ code, startTime: time, lastActionTime: time }),
  progress: z
    .object({
      successfulInstanceCount: count,
      failedInstanceCount: count,
      inProgressInstanceCount: count,
      pendingInstanceCount: count,
    })
    .nullish(),
  error,
});

const wrapped = z.object({ properties: z.unknown() });

/** The latest rolling upgrade; undefined for what is none. The command line prints it without `properties`. */
export function readRollout(raw: unknown): Rollout | undefined {
  const { data } = rollout.safeParse(wrapped.safeParse(raw).data?.properties ?? raw);
  if (data === undefined) return undefined;
  const { runningStatus, progress } = data;
  const errorCode = lettersOnly(data.error?.code);
  return {
    code: runningStatus.code,
    ...(runningStatus.startTime !== undefined && { startedAt: runningStatus.startTime }),
    ...(runningStatus.lastActionTime !== undefined && { lastActionAt: runningStatus.lastActionTime }),
    done: progress?.successfulInstanceCount ?? 0,
    failed: progress?.failedInstanceCount ?? 0,
    inProgress: progress?.inProgressInstanceCount ?? 0,
    pending: progress?.pendingInstanceCount ?? 0,
    ...(errorCode !== undefined && { errorCode }),
  };
}

// Fields: https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/get-os-upgrade-history. The
// specification says endTime; the documentation of automatic upgrades prints completedTime.
const osUpgrade = z.object({
  properties: z.object({
    runningStatus: z.object({ code, startTime: time, endTime: time, completedTime: time }),
    startedBy: z.enum(['Unknown', 'User', 'Platform']).catch('Unknown'),
    rollbackInfo: z
      .object({ successfullyRolledbackInstanceCount: count, failedRolledbackInstanceCount: count })
      .nullish(),
    error,
  }),
});

export function readOsUpgrade(raw: unknown): OsUpgrade | undefined {
  const { data } = osUpgrade.safeParse(raw);
  if (data === undefined) return undefined;
  const { runningStatus, startedBy, rollbackInfo, error } = data.properties;
  const endedAt = runningStatus.endTime ?? runningStatus.completedTime;
  const errorCode = lettersOnly(error?.code);
  return {
    code: runningStatus.code,
    ...(runningStatus.startTime !== undefined && { startedAt: runningStatus.startTime }),
    ...(endedAt !== undefined && { endedAt }),
    startedBy,
    rolledBack: rollbackInfo?.successfullyRolledbackInstanceCount ?? 0,
    failedToRollBack: rollbackInfo?.failedRolledbackInstanceCount ?? 0,
    ...(errorCode !== undefined && { errorCode }),
  };
}

/** The one that started last. */
export const newestOsUpgrade = (upgrades: readonly OsUpgrade[]): OsUpgrade | undefined =>
  [...upgrades].sort((one, other) => (other.startedAt ?? '').localeCompare(one.startedAt ?? ''))[0];
