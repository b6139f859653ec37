import * as z from 'zod';
import type { Machine } from '../../../delivery/rules/sight.ts';
import { isUnseen } from '../../../event/text.ts';
import { instant } from '../../../event/time/instant.ts';
import { lettersOnly } from '../answer.ts';

const status = z.object({
  code: z.string(),
  message: z.string().nullish().catch(undefined),
  time: z.string().nullish().catch(undefined),
});

// What instances of Uniform sets and VMs of Flexible ones have in common; what Azure hides is not there. Fields:
// https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-set-vms/list; isVMInStandbyPool is one of
// VirtualMachineInstanceView, api-version 2026-04-01, a preview there.
const machine = z.object({
  name: z.string().min(1).max(200),
  zones: z.array(z.string()).nullish().catch(undefined),
  properties: z.object({
    provisioningState: z.string().nullish().catch(undefined),
    timeCreated: z.string().nullish().catch(undefined),
    instanceView: z
      .object({
        isVMInStandbyPool: z.boolean().nullish().catch(undefined),
        statuses: z.array(status.optional().catch(undefined)).nullish().catch(undefined),
      })
      .nullish()
      .catch(undefined),
  }),
});

type Status = z.infer<typeof status>;

/** A machine of a scale set, as a list shows it; undefined for what is none. */
export function readMachine(raw: unknown): Machine | undefined {
  const { data } = machine.safeParse(raw);
  if (data === undefined || isUnseen(data.name)) return undefined;
  const { provisioningState, timeCreated, instanceView } = data.properties;
  const statuses = (instanceView?.statuses ?? []).filter((each) => each !== undefined);
  const provisioned = statuses.find(({ code }) => /^ProvisioningState\//i.test(code));
  const power = statuses.find(({ code }) => /^PowerState\//i.test(code))?.code;
  const state = stateOf(provisioningState, power);
  const zone = data.zones?.[0];
  return {
    name: data.name,
    state,
    ...(instanceView?.isVMInStandbyPool === true && { isPooled: true }),
    ...(zone !== undefined && { zone }),
    ...present('createdAt', instant(timeCreated ?? '')),
    ...present('since', instant(provisioned?.time ?? '')),
    ...(state === 'failed' && failureOf(provisioned)),
  };
}

/** Values: https://learn.microsoft.com/azure/virtual-machines/states-billing. A word that nobody knows is no machine that runs. */
function stateOf(provisioning: string | null | undefined, power: string | undefined): Machine['state'] {
  switch (provisioning?.toLowerCase()) {
    case 'failed':
    case 'canceled':
      return 'failed';
    case 'deleting':
      return 'deleting';
    case 'succeeded':
      return power === undefined || isRunning(power) ? 'running' : 'underWay';
    case undefined:
      return power !== undefined && isRunning(power) ? 'running' : 'underWay';
    default:
      return 'underWay';
  }
}

const isRunning = (power: string): boolean => power.toLowerCase() === 'powerstate/running';

/**
 * `ProvisioningState/failed/AllocationFailed`, as the page above has it. A quota is named by the code or by the message:
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-resource-quota
 */
function failureOf(provisioned: Status | undefined): Pick<Machine, 'code' | 'quota'> {
  const code = lettersOnly(provisioned?.code.split('/')[2]);
  return {
    ...present('code', code),
    ...(/quota/i.test(`${provisioned?.code} ${provisioned?.message ?? ''}`) && { quota: true }),
  };
}

const present = <Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, string>>;
