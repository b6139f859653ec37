import { type Answer, jsonAnswer, refusal } from './answer.ts';
import { noResource, wrongParameter } from './arm-refusals.ts';
import { listing } from './listing.ts';
import type { AzureRequest } from './request.ts';
import { armTime } from './times.ts';

const ORDERS = ['name', 'name asc', 'name desc'];

/** A bare array, not a list. https://learn.microsoft.com/rest/api/compute/virtual-machine-images/list */
export function platformVersionList({ fleet, params, query }: AzureRequest): Answer {
  const { s = '', l = '', publisher = '', offer = '', sku = '' } = params;
  const top = query.get('$top');
  const order = query.get('$orderby') ?? 'name';
  if (top !== undefined && !/^[1-9]\d{0,3}$/.test(top)) return wrongParameter('$top');
  if (!ORDERS.includes(order)) return wrongParameter('$orderby');
  const known = fleet.images.platform(l, { publisher, offer, sku });
  if (known.length === 0) return refusal(404, 'NotFound', 'Artifact: VMImage was not found.');
  // Undocumented. As text is the worse case: 1.0.9 comes after 1.0.10.
  const ordered = order === 'name desc' ? known.toSorted().reverse() : known.toSorted();
  return jsonAnswer(
    JSON.stringify(
      ordered.slice(0, top === undefined ? undefined : Number(top)).map((name) => ({
        location: l,
        name,
        id: `/Subscriptions/${s}/Providers/Microsoft.Compute/Locations/${l}/Publishers/${publisher}/ArtifactTypes/VMImage/Offers/${offer}/Skus/${sku}/Versions/${name}`,
      })),
    ),
  );
}

const DISPLAYED: Readonly<Record<string, string>> = {
  westeurope: 'West Europe',
  northeurope: 'North Europe',
  koreacentral: 'Korea Central',
  eastus: 'East US',
  eastus2: 'East US 2',
  westus: 'West US',
  japaneast: 'Japan East',
  swedencentral: 'Sweden Central',
};

/** Regions are named as people read them. https://learn.microsoft.com/rest/api/compute/gallery-image-versions/list-by-gallery-image */
export function galleryVersionList(request: AzureRequest): Answer {
  const { s = '', g = '', gallery = '', image = '' } = request.params;
  const id = `/subscriptions/${s}/resourceGroups/${g}/providers/Microsoft.Compute/galleries/${gallery}/images/${image}`;
  const versions = request.fleet.galleryVersions(id);
  if (versions.length === 0) return noResource('Microsoft.Compute/galleries/images', `${gallery}/${image}`, g);
  return listing(request, versions, {
    size: request.pageSizes.galleryVersions,
    write: ({ name, excludeFromLatest, regions, publishedAt }) =>
      JSON.stringify({
        name,
        id: `${id}/versions/${name}`,
        type: 'Microsoft.Compute/galleries/images/versions',
        location: regions[0] ?? 'westeurope',
        properties: {
          publishingProfile: {
            targetRegions: regions.map((region) => ({
              name: DISPLAYED[region] ?? region,
              regionalReplicaCount: 1,
              storageAccountType: 'Standard_LRS',
            })),
            replicaCount: 1,
            excludeFromLatest,
            publishedDate: armTime(publishedAt),
            storageAccountType: 'Standard_LRS',
            replicationMode: 'Full',
          },
          storageProfile: { osDiskImage: { sizeInGB: 30, hostCaching: 'ReadWrite' } },
          safetyProfile: { reportedForPolicyViolation: false, allowDeletionOfReplicatedLocations: false },
          provisioningState: 'Succeeded',
        },
      }),
  });
}

/** Others' galleries, per location. https://learn.microsoft.com/rest/api/compute/shared-gallery-image-versions/list */
const foreignVersionList =
  (kind: 'SharedGalleries' | 'CommunityGalleries') =>
  (request: AzureRequest): Answer => {
    const { l = '', gallery = '', image = '' } = request.params;
    const id = `/${kind}/${gallery}/Images/${image}`;
    const all = request.fleet.galleryVersions(id);
    if (all.length === 0) return noResource(`Microsoft.Compute/locations/${kind}`, `${gallery}/${image}`, l);
    const here = all.filter(({ regions }) => regions.includes(l));
    return listing(request, here, {
      size: request.pageSizes.galleryVersions,
      write: ({ name, excludeFromLatest, publishedAt }) =>
        JSON.stringify({
          name,
          location: l,
          identifier: { uniqueId: `${id}/Versions/${name}` },
          properties: { publishedDate: armTime(publishedAt), excludeFromLatest, storageProfile: {} },
        }),
    });
  };

export const sharedVersionList = foreignVersionList('SharedGalleries');
export const communityVersionList = foreignVersionList('CommunityGalleries');
