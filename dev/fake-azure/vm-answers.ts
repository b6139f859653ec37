import type { Answer } from './answer.ts';
import { wrongParameter } from './arm-refusals.ts';
import { listing } from './listing.ts';
import type { AzureRequest } from './request.ts';
import { instancesAt } from './scaling.ts';
import { vmJson } from './vm-json.ts';

// The quotes stand around the left side too: https://github.com/Azure/azure-cli/issues/24609
const OF_SET = /^'virtualMachineScaleSet\/id' eq '([^']+)'$/;

const MOST_PER_SET = 1_000_000;

/** Standard VMs: here, those of Flexible sets. https://learn.microsoft.com/rest/api/compute/virtual-machines/list-all */
export function vmList(request: AzureRequest): Answer {
  const { fleet, params, query } = request;
  const filter = query.get('$filter');
  const expand = query.get('$expand');
  const setId = OF_SET.exec(filter ?? '')?.[1]?.toLowerCase();
  if (filter !== undefined && setId === undefined) return wrongParameter('$filter');
  // "$expand=instanceView" goes with that filter only.
  if (expand !== undefined && (expand !== 'instanceView' || setId === undefined)) return wrongParameter('$expand');
  const [subscription, group] = [params['s']?.toLowerCase(), params['g']?.toLowerCase()];
  const vms = fleet.sets
    .filter(
      (set) =>
        set.orchestration === 'Flexible' &&
        set.subscriptionId === subscription &&
        (group === undefined || set.resourceGroup.toLowerCase() === group) &&
        (setId === undefined || set.id.toLowerCase() === setId),
    )
    .flatMap((set) =>
      instancesAt(set.state, request.clock.now()).map((instance, index) => ({
        set,
        instance,
        key: set.ordinal * MOST_PER_SET + index,
      })),
    );
  return listing(request, vms, {
    size: request.pageSizes.vms,
    keyOf: ({ key }) => key,
    write: ({ set, instance }) => vmJson(set, set.state, instance, expand !== undefined),
  });
}
