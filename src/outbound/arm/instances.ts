import type { Instance } from '../../drift/rules/azure.ts';
import type { Pages, ScaleSets, SetLocation } from '../../drift/scale-sets.ts';
import type { Ask } from './answer.ts';
import type { Caller } from './call.ts';
import { readFlexInstance, readInstance } from './compute/instance.ts';
import { pages } from './pages.ts';
import { type Address, about, addressOf } from './sets.ts';

// Allowed values: https://learn.microsoft.com/javascript/api/@azure/arm-compute/virtualmachinescalesetvmslistoptionalparams
const DRIFTED = { $filter: 'properties/latestModelApplied eq false' };

// The view tells what is unhealthy and what asks to be skipped.
const WITH_VIEW = { $expand: 'instanceView' };

/** Readings of instances. Those of Flexible sets are standard VMs: https://learn.microsoft.com/rest/api/compute/virtual-machines/list-all */
export function instanceReadings(call: Caller, { origin, computeVersion }: Address): Pick<ScaleSets, 'instances'> {
  // No answer to the filter and the view together has been seen: where they are refused, all are listed with their views.
  const ways = [{ ...DRIFTED, ...WITH_VIEW }, WITH_VIEW, DRIFTED];
  let known = 0;

  async function* drifted(ask: Ask, path: string): Pages<Instance> {
    for (const [at, options] of ways.entries()) {
      if (at < known) continue;
      let isFirst = true;
      for await (const page of pages(
        call,
        { ...ask, url: addressOf(origin, path, computeVersion, options) },
        readInstance,
      )) {
        if (isFirst && page.kind === 'failed' && page.status === 400 && at < ways.length - 1) {
          known = Math.max(known, at + 1);
          break;
        }
        isFirst = false;
        yield page;
      }
      // Another list may have been refused meanwhile: only one that gave nothing is begun again.
      if (!isFirst) return;
    }
  }

  return {
    instances(set, which) {
      const path = `${set.id}/virtualMachines`;
      const ask: Ask = {
        ...about(set),
        call: 'instances',
        cost: 'high',
        setId: set.id.toLowerCase(),
        views: Math.max(1, set.capacity ?? 1),
        url: addressOf(origin, path, computeVersion),
      };
      if (set.orchestration === 'Flexible') {
        return pages(call, { ...ask, url: flexUrl(origin, set, computeVersion) }, readFlexInstance);
      }
      return which === 'drifted' ? drifted(ask, path) : pages(call, ask, readInstance);
    },
  };
}

// The left side is quoted too: https://github.com/Azure/azure-cli/issues/24609
const flexUrl = (origin: string, { id, subscriptionId }: SetLocation, version: string): string =>
  addressOf(origin, `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/virtualMachines`, version, {
    $filter: `'virtualMachineScaleSet/id' eq '${id.replaceAll("'", "''")}'`,
    ...WITH_VIEW,
  });
