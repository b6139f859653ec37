import type { EventKind, EventOf } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';

const common = {
  severity: 'info',
  occurredAt: '2026-11-20T14:05:09.962Z',
  environment: 'prod',
  resource: {
    id: '/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web',
    name: 'shop-web',
    type: 'microsoft.compute/virtualmachinescalesets',
    group: 'rg-shop',
    subscriptionId: '00000000-0000-0000-0000-0000000000a1',
    region: 'Korea Central',
  },
} as const;

/** One good event of every kind. A new kind does not compile until it has one. */
export const examples: { readonly [Kind in EventKind]: EventOf<Kind> } = {
  scale: {
    ...common,
    kind: 'scale',
    id: identity('example', 'scale'),
    story: common.resource.id.toLowerCase(),
    source: 'azure-autoscale',
    links: [
      { rel: 'resource', url: `https://portal.azure.com/#resource${common.resource.id}` },
      {
        rel: 'scale-history',
        url: 'https://portal.azure.com/#resource/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg-shop/providers/microsoft.insights/autoscalesettings/shop-web-scale',
      },
    ],
    properties: { team: 'shop' },
    direction: 'out',
    from: 3,
    to: 6,
    phase: 'started',
    setting: 'shop-web-scale',
    reason: "Autoscale successfully started scale operation for resource 'shop-web' from capacity '3' to capacity '6'",
  },
  custom: {
    ...common,
    kind: 'custom',
    id: identity('example', 'custom'),
    source: 'custom',
    severity: 'warning',
    links: [{ rel: 'runbook', url: 'https://wiki.example.com/runbooks/certificates' }],
    title: 'Certificate of shop.example.com expires in 7 days',
    text: 'Renew it before 2026-11-27.\nThe last renewal was done by hand.',
  },
};
