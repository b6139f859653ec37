import type { FakeSet } from './scale-set.ts';

/**
 * What autoscale posts when it has begun to scale a set. Shape:
 * https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-webhook-email
 */
export function scaleWebhook(
  set: FakeSet,
  { from, to, at }: { readonly from: number; readonly to: number; readonly at: number },
) {
  const { name, subscriptionId, resourceGroup, location, id } = set;
  const setting = set.state.autoscale?.name ?? `${name}-scale`;
  return {
    version: '1.0',
    status: 'Activated',
    operation: to > from ? 'Scale Out' : 'Scale In',
    context: {
      timestamp: new Date(at).toISOString(),
      id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/microsoft.insights/autoscalesettings/${setting}`,
      name: setting,
      details: `Autoscale successfully started scale operation for resource '${name}' from capacity '${from}' to capacity '${to}'`,
      subscriptionId,
      resourceGroupName: resourceGroup,
      resourceName: name,
      resourceType: 'microsoft.compute/virtualmachinescalesets',
      resourceId: id,
      portalLink: `https://portal.azure.com/#resource${id}`,
      resourceRegion: location,
      oldCapacity: `${from}`,
      newCapacity: `${to}`,
    },
    properties: {},
  };
}
