import * as z from 'zod';
import { jsonIn } from '../../../event/json.ts';
import { instant } from '../../../event/time/instant.ts';

const substatus = z.object({ code: z.string(), message: z.string().optional() });

const extension = z.object({ substatuses: z.array(substatus.optional().catch(undefined)).nullish().catch(undefined) });

/** The parts of an instance view that are looked at; a view of another form counts as none. */
export const instanceView = z
  .object({
    isVMInStandbyPool: z.boolean().nullish().catch(undefined),
    vmHealth: z
      .object({ status: z.object({ code: z.string().optional() }).optional() })
      .nullish()
      .catch(undefined),
    statuses: z
      .array(z.object({ code: z.string(), time: z.string().optional() }).optional().catch(undefined))
      .nullish()
      .catch(undefined),
    extensions: z.array(extension.optional().catch(undefined)).nullish().catch(undefined),
  })
  .nullish()
  .catch(undefined);

/** When the last operation on the machine ended, as ISO. */
export const touchedAt = (view: z.infer<typeof instanceView>): string | undefined =>
  instant((view?.statuses ?? []).find((status) => /^ProvisioningState\//i.test(status?.code ?? ''))?.time ?? '');

const CUSTOM_METRICS = 'ComponentStatus/CustomMetrics/succeeded';

const skip = z.object({ rollingUpgrade: z.object({ SkipUpgrade: z.union([z.boolean(), z.stringbool()]) }) });

/**
 * Whether the application asks to be left out of upgrades, by custom metrics of the health extension.
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-rolling-upgrade-custom-metrics
 */
export const skipsUpgrade = (view: z.infer<typeof instanceView>): boolean =>
  (view?.extensions ?? [])
    .flatMap((one) => one?.substatuses ?? [])
    .some((status) => status?.code === CUSTOM_METRICS && saysSkip(status.message));

const saysSkip = (message = ''): boolean => skip.safeParse(jsonIn(message)).data?.rollingUpgrade.SkipUpgrade ?? false;
