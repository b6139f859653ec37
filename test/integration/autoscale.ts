const SUBSCRIPTION = '00000000-0000-0000-0000-0000000000a1';
const SCALE_SETS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets`;

let step = 0;

/** A body as Azure autoscale sends it; every call is another occurrence. */
export function scaleOut(name = 'shop-web') {
  step += 1;
  return {
    version: '1.0',
    status: 'Activated',
    operation: 'Scale Out',
    context: {
      timestamp: `2026-11-20T14:05:09.${String(step).padStart(7, '0')}Z`,
      id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop/providers/microsoft.insights/autoscalesettings/shop-web-scale`,
      name: 'shop-web-scale',
      details: `Autoscale successfully started scale operation for resource 'shop-web' from capacity '3' to capacity '6'`,
      subscriptionId: SUBSCRIPTION,
      resourceGroupName: 'rg-shop',
      resourceName: name,
      resourceType: 'microsoft.compute/virtualmachinescalesets',
      resourceId: `${SCALE_SETS}/${name}`,
      resourceRegion: 'Korea Central',
      portalLink: `https://portal.azure.com/#resource${SCALE_SETS}/${name}`,
      oldCapacity: '3',
      newCapacity: '6',
    },
    properties: { team: 'shop' },
  };
}

/** The ids in the answer to an accepted webhook. */
export async function acceptedIds(response: Response): Promise<string[]> {
  const { accepted = [] } = (await response.json()) as { accepted?: { id: string }[] };
  return accepted.map(({ id }) => id);
}

/** The short id that a message carries: the start of its event's id. */
export const eventIn = (body: string): string | undefined => /event-([0-9a-f]{8})/.exec(body)?.[1];
