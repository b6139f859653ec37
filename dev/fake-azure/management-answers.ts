import type { Answer } from './answer.ts';
import { noResource } from './arm-refusals.ts';
import type { Subscription } from './fleet.ts';
import { listing } from './listing.ts';
import type { AzureRequest } from './request.ts';

/** https://learn.microsoft.com/rest/api/resources/subscriptions/list */
export const subscriptionList = (request: AzureRequest): Answer =>
  listing(request, request.fleet.subscriptions, {
    size: request.pageSizes.subscriptions,
    write: ({ id, name }) =>
      JSON.stringify({
        id: `/subscriptions/${id}`,
        authorizationSource: 'RoleBased',
        managedByTenants: [],
        subscriptionId: id,
        tenantId: request.fleet.tenantId,
        displayName: name,
        state: 'Enabled',
        subscriptionPolicies: {
          locationPlacementId: 'Public_2014-09-01',
          quotaId: 'EnterpriseAgreement_2014-09-01',
          spendingLimit: 'Off',
        },
      }),
  });

const groupId = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;

/** https://learn.microsoft.com/rest/api/managementgroups/management-groups/get-descendants */
export function descendants(request: AzureRequest): Answer {
  const { fleet, params } = request;
  const name = params['group']?.toLowerCase();
  const groups = fleet.managementGroups;
  const start = groups.find(({ id }) => id.toLowerCase() === name);
  if (start === undefined) return noResource('Microsoft.Management/managementGroups', name ?? '', '');
  const inside = new Set([start.id]);
  for (const { id, parent } of groups) if (parent !== undefined && inside.has(parent)) inside.add(id);
  const below = [
    ...groups
      .filter(({ id }) => inside.has(id) && id !== start.id)
      .map((group) => ({
        type: 'Microsoft.Management/managementGroups',
        id: groupId(group.id),
        of: group,
        name: group.id,
      })),
    ...fleet.subscriptions.filter(({ parent }) => inside.has(parent)).map(subscriptionBelow),
  ];
  return listing(request, below, {
    size: request.pageSizes.descendants,
    write: ({ id, type, name: itsName, of }) =>
      JSON.stringify({
        id,
        type,
        name: itsName,
        properties: { displayName: of.name, parent: { id: groupId(of.parent ?? '') } },
      }),
  });
}

const subscriptionBelow = (of: Subscription) => ({
  type: '/subscriptions',
  id: `/subscriptions/${of.id}`,
  of,
  name: of.id,
});
