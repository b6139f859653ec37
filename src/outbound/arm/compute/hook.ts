import * as z from 'zod';
import type { Approval } from '../../../drift/rules/azure.ts';
import { instant } from '../../../event/time/instant.ts';

// VMScaleSetLifecycleHookEvent since api-version 2025-11-01, as of 2026-04-01:
// https://github.com/Azure/azure-rest-api-specs/blob/main/specification/compute/resource-manager/Microsoft.Compute/Compute/stable/2026-04-01/ComputeRP.json
// with VirtualMachineScaleSetLifeCycleHookEvent_List.json as its example. It has not been seen live.
const target = z.object({ actionState: z.string().nullish() });
const hookEvent = z.object({
  properties: z.object({
    state: z.string().nullish(),
    waitUntil: z.string().nullish().catch(undefined),
    defaultAction: z.enum(['Approve', 'Reject']).nullish().catch(undefined),
    targetResources: z.array(target).nullish().catch(undefined),
  }),
});

/** What an event of a lifecycle hook waits for; `none` where everything in it has been answered. Undefined for no such event. */
export function readHookEvent(raw: unknown): Approval | 'none' | undefined {
  const { data } = hookEvent.safeParse(raw);
  if (data === undefined) return undefined;
  const { state, waitUntil, defaultAction, targetResources } = data.properties;
  const waits = targetResources?.some(({ actionState }) => actionState === 'Waiting') ?? true;
  if (state !== 'Active' || !waits) return 'none';
  const until = instant(waitUntil ?? '');
  return { ...(until !== undefined && { until }), ...(defaultAction && { otherwise: defaultAction }) };
}

// OrchestrationServiceSummary: https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/get-instance-view
// Azure suspends repairs after too many that did not help:
// https://learn.microsoft.com/troubleshoot/azure/virtual-machine-scale-sets/restart-stop/instances-not-repaired
const services = z.object({
  orchestrationServices: z
    .array(z.object({ serviceName: z.string().nullish(), serviceState: z.string().nullish() }))
    .nullish()
    .transform((all) => all ?? []),
});

/** Whether a set's view says that its automatic repairs are suspended; undefined for what is no such view. */
export const readRepairsSuspended = (raw: unknown): boolean | undefined =>
  services
    .safeParse(raw)
    .data?.orchestrationServices.some(
      ({ serviceName, serviceState }) => serviceName === 'AutomaticRepairs' && serviceState === 'Suspended',
    );
