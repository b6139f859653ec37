import type { Answer } from './answer.ts';
import { noGroup } from './arm-refusals.ts';
import { listing } from './listing.ts';
import type { AzureRequest } from './request.ts';
import type { AutoscaleState, FakeSet } from './scale-set.ts';

/**
 * The autoscale settings of a resource group. Counts are texts, and the type in an id is in small letters, as in the example:
 * azure-rest-api-specs, Microsoft.Insights/stable/2022-10-01/examples/listAutoscaleSetting.json
 */
export function autoscaleSettings(request: AzureRequest): Answer {
  const [subscription, group = ''] = [request.params['s']?.toLowerCase(), request.params['g']];
  const sets = request.fleet.sets.filter(
    (set) => set.subscriptionId === subscription && set.resourceGroup.toLowerCase() === group.toLowerCase(),
  );
  if (sets.length === 0) return noGroup(group);
  const settings = sets.flatMap((set) =>
    set.state.autoscale === undefined ? [] : [settingJson(set, set.state.autoscale)],
  );
  return listing(request, settings, { size: 50, write: (setting) => setting });
}

const settingJson = (set: FakeSet, { name, minimum, maximum }: AutoscaleState): string =>
  JSON.stringify({
    id: `/subscriptions/${set.subscriptionId}/resourceGroups/${set.resourceGroup}/providers/microsoft.insights/autoscalesettings/${name}`,
    name,
    type: 'Microsoft.Insights/autoscaleSettings',
    location: set.location,
    properties: {
      profiles: [
        {
          name: 'default',
          capacity: { minimum: `${minimum}`, maximum: `${maximum}`, default: `${minimum}` },
          rules: [],
        },
      ],
      enabled: true,
      name,
      targetResourceUri: set.id,
    },
  });
