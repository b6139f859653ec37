import * as z from 'zod';
import type { ScaleSet } from '../../../drift/rules/azure.ts';
import { count } from '../../../event/fields.ts';
import { instant } from '../../../event/time/instant.ts';

export const json = z.record(z.string(), z.unknown());

const SET_ID =
  /^\/subscriptions\/([0-9a-z-]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/([^/]+)$/i;

const flag = z.boolean().nullish().catch(undefined);
const policy = z.object({ enabled: flag }).nullish().catch(undefined);

// Fields: https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/get, api-version 2026-04-01; in
// https://github.com/Azure/azure-rest-api-specs: VirtualMachineScaleSetProperties. Azure writes null for what is not set.
const scaleSet = z.object({
  id: z.string().regex(SET_ID),
  location: z.string().min(1),
  // Null for a Flexible set without a profile.
  sku: json.nullish(),
  tags: json.nullish().catch(undefined),
  managedBy: z.string().nullish().catch(undefined),
  properties: z.object({
    // Sets older than Flexible orchestration do not say.
    orchestrationMode: z.enum(['Uniform', 'Flexible']).nullish(),
    upgradePolicy: z
      .object({
        mode: z.enum(['Manual', 'Automatic', 'Rolling']).nullish(),
        rollingUpgradePolicy: z.object({ pauseTimeBetweenBatches: z.string().optional() }).nullish().catch(undefined),
        automaticOSUpgradePolicy: z
          .object({ enableAutomaticOSUpgrade: flag, osRollingUpgradeDeferral: flag })
          .nullish(),
      })
      .nullish(),
    virtualMachineProfile: json.nullish(),
    provisioningState: z.string().nullish().catch(undefined),
    lifecycleHooksProfile: z
      .object({ lifecycleHooks: z.array(z.unknown()).nullish() })
      .nullish()
      .catch(undefined),
    automaticRepairsPolicy: policy,
    resiliencyPolicy: z.object({ automaticZoneRebalancingPolicy: policy }).nullish().catch(undefined),
  }),
});

// More than an event can count is no capacity.
const sku = z.object({ capacity: count });

/** A scale set of Resource Manager or of Resource Graph; undefined for what is none. */
export function readScaleSet(raw: unknown): ScaleSet | undefined {
  const { data } = scaleSet.safeParse(raw);
  const [, subscriptionId, resourceGroup, name] = SET_ID.exec(data?.id ?? '') ?? [];
  if (data === undefined || subscriptionId === undefined || resourceGroup === undefined || name === undefined) {
    return undefined;
  }
  const { orchestrationMode, upgradePolicy, virtualMachineProfile } = data.properties;
  const { mode, rollingUpgradePolicy } = upgradePolicy ?? {};
  const profile = virtualMachineProfile ?? {};
  const modelCreatedAt = typeof profile['timeCreated'] === 'string' ? instant(profile['timeCreated']) : undefined;
  const pauseBetweenBatches = seconds(rollingUpgradePolicy?.pauseTimeBetweenBatches);
  return {
    id: data.id,
    name,
    subscriptionId: subscriptionId.toLowerCase(),
    resourceGroup,
    location: data.location,
    orchestration: orchestrationMode ?? 'Uniform',
    mode: mode ?? 'Manual',
    ...traitsOf(data.properties),
    ...sku.safeParse(data.sku).data,
    tags: textTags(data.tags),
    ...(data.managedBy && { managedBy: data.managedBy }),
    ...(modelCreatedAt !== undefined && { modelCreatedAt }),
    ...(pauseBetweenBatches !== undefined && { pauseBetweenBatches }),
    model: { sku: data.sku ?? {}, profile },
  };
}

/** What Azure does with a set by itself, and whether it is about to be gone. */
function traitsOf(properties: z.infer<typeof scaleSet>['properties']) {
  const { upgradePolicy, lifecycleHooksProfile, automaticRepairsPolicy, resiliencyPolicy, provisioningState } =
    properties;
  const { enableAutomaticOSUpgrade, osRollingUpgradeDeferral } = upgradePolicy?.automaticOSUpgradePolicy ?? {};
  return {
    autoOsUpgrade: enableAutomaticOSUpgrade ?? false,
    ...(osRollingUpgradeDeferral && { defersOsUpgrade: true as const }),
    ...((lifecycleHooksProfile?.lifecycleHooks?.length ?? 0) > 0 && { hasHooks: true as const }),
    ...(automaticRepairsPolicy?.enabled && { repairsItself: true as const }),
    ...(resiliencyPolicy?.automaticZoneRebalancingPolicy?.enabled && { rebalancesZones: true as const }),
    ...(provisioningState?.toLowerCase() === 'deleting' && { isLeaving: true as const }),
  };
}

export const textTags = (tags: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tags ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );

/** Seconds of an ISO duration of days and less, such as PT5M. */
export function seconds(duration: string | undefined): number | undefined {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration ?? '');
  if (parts === null || duration === 'P' || duration?.endsWith('T')) return undefined;
  const [days = 0, hours = 0, minutes = 0, rest = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + rest;
}
