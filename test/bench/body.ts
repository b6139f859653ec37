/** An autoscale webhook as Azure sends it; `step` makes each one an occurrence of its own. */
export const autoscaleBody = (step: number) => ({
  version: '1.0',
  status: 'Activated',
  operation: step % 2 === 0 ? 'Scale Out' : 'Scale In',
  context: {
    timestamp: `2026-11-20T14:05:09.${String(step % 10_000_000).padStart(7, '0')}Z`,
    id: '/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg-shop/providers/microsoft.insights/autoscalesettings/shop-web-scale',
    name: 'shop-web-scale',
    details: "Autoscale successfully started scale operation for resource 'shop-web' from capacity '3' to capacity '6'",
    subscriptionId: '00000000-0000-0000-0000-0000000000a1',
    resourceGroupName: 'rg-shop',
    resourceName: 'shop-web',
    resourceType: 'microsoft.compute/virtualmachinescalesets',
    resourceId:
      '/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web',
    portalLink:
      'https://portal.azure.com/#resource/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web',
    resourceRegion: 'Korea Central',
    oldCapacity: '3',
    newCapacity: '6',
  },
  properties: { environment: 'prod', team: 'shop' },
});
