import * as z from 'zod';
import type { Instance } from '../../../drift/rules/azure.ts';
import { instant } from '../../../event/time/instant.ts';
import { json, textTags } from './set.ts';
import { instanceView, skipsUpgrade, touchedAt } from './view.ts';

// What Uniform instances and the VMs of Flexible sets have in common. Fields:
// https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-set-vms/list
const machine = z.object({
  name: z.string().nullish(),
  instanceId: z.string().nullish(),
  zones: z.array(z.string()).nullish().catch(undefined),
  tags: json.nullish().catch(undefined),
  sku: z.unknown().optional(),
  resources: z.unknown().optional(),
  properties: z.object({
    latestModelApplied: z.boolean().nullish(),
    modelDefinitionApplied: z.string().nullish().catch(undefined),
    provisioningState: z.string().nullish().catch(undefined),
    protectionPolicy: z.unknown().optional(),
    vmId: z.string().nullish().catch(undefined),
    timeCreated: z.string().nullish().catch(undefined),
    instanceView,
  }),
});

// What cannot be understood protects: an instance that is left alone by mistake is seen, the contrary is not.
const unprotected = z.object({ protectFromScaleSetActions: z.literal(false).nullish() }).nullish();

const withProperties = z.object({ properties: json });

/** An instance of a Uniform set; undefined for what is none. */
export function readInstance(raw: unknown): Instance | undefined {
  const { data } = machine.safeParse(raw);
  if (!data?.instanceId) return undefined;
  const { latestModelApplied } = data.properties;
  return {
    instanceId: data.instanceId,
    ...(typeof latestModelApplied === 'boolean' && { latestModelApplied }),
    ...common(data, raw),
  };
}

const PROFILE_TAG = 'virtualmachineprofiletimecreated';

/** A VM of a Flexible set; undefined for what is none. */
export function readFlexInstance(raw: unknown): Instance | undefined {
  const { data } = machine.safeParse(raw);
  if (!data?.name) return undefined;
  const [, tag] = Object.entries(textTags(data.tags)).find(([key]) => key.toLowerCase() === PROFILE_TAG) ?? [];
  const profileCreatedAt = profileTime(tag);
  return {
    instanceId: data.name,
    ...(profileCreatedAt !== undefined && { profileCreatedAt }),
    ...common(data, raw),
  };
}

function common({ zones, sku, resources, properties }: z.infer<typeof machine>, raw: unknown) {
  const createdAt = instant(properties.timeCreated ?? '');
  const touched = touchedAt(properties.instanceView);
  const apart = apartOf(properties);
  const [zone] = zones ?? [];
  return {
    vmId: properties.vmId ?? '',
    ...(zone !== undefined && { zone }),
    ...(createdAt !== undefined && { createdAt }),
    isProtected: !unprotected.safeParse(properties.protectionPolicy).success,
    skipsUpgrade: skipsUpgrade(properties.instanceView),
    state: stateOf(properties),
    ...(apart !== undefined && { apart }),
    ...(touched !== undefined && { touchedAt: touched }),
    customised: properties.modelDefinitionApplied === 'VirtualMachine',
    raw: { sku, properties: withProperties.safeParse(raw).data?.properties ?? {}, resources },
  };
}

/**
 * An instance under way is unhealthy as a matter of course; two of the words are of what has ended badly:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations#provisioningstate-values
 */
function stateOf({ provisioningState, instanceView }: z.infer<typeof machine>['properties']): Instance['state'] {
  const word = provisioningState?.toLowerCase();
  if (word === 'failed' || word === 'canceled') return 'failed';
  if (word && word !== 'succeeded') return 'updating';
  return instanceView?.vmHealth?.status?.code?.toLowerCase() === 'healthstate/unhealthy' ? 'unhealthy' : 'ok';
}

/**
 * Machines of a standby pool are not in the set's capacity until they are taken from it:
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/standby-pools-overview; the flag is one of
 * VirtualMachineInstanceView, api-version 2026-04-01, a preview there.
 */
function apartOf({ provisioningState, instanceView }: z.infer<typeof machine>['properties']): Instance['apart'] {
  if (provisioningState?.toLowerCase() === 'deleting') return 'leaving';
  return instanceView?.isVMInStandbyPool === true ? 'pooled' : undefined;
}

/**
 * The time in the tag VirtualMachineProfileTimeCreated, "4/3/2025 7:34:39 PM +00:00", as ISO; undefined for anything else.
 * The tag is described with `timeCreated` of the profile:
 * https://learn.microsoft.com/javascript/api/@azure/arm-compute/virtualmachinescalesetvmprofile
 */
export function profileTime(tag: string | undefined): string | undefined {
  // Newer runtimes put a narrow blank before AM and PM.
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2})\s([AP])M ([+-]\d{2}:\d{2})$/.exec(tag ?? '');
  if (parts === null) return instant(tag ?? '');
  const [, month = '', day = '', year = '', hour = '', minutes = '', seconds = '', half = '', zone = ''] = parts;
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  return instant(`${year}-${two(month)}-${two(day)}T${two(hours)}:${minutes}:${seconds}${zone}`);
}

const two = (number: number | string): string => String(number).padStart(2, '0');
