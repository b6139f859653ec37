import type { ImageName, Place, Reading, ScaleSets } from '../drift/scale-sets.ts';
import { newestVersion, readGalleryVersion, readPlatformVersions } from './azure-compute-image.ts';
import type { Ask } from './resource-manager-answer.ts';
import type { Caller } from './resource-manager-call.ts';
import { pages } from './resource-manager-pages.ts';
import { type Address, addressOf, understood } from './resource-manager-sets.ts';

// Galleries have versions of their own: https://learn.microsoft.com/rest/api/compute/gallery-image-versions
const GALLERY_VERSION = '2023-07-03';

/** Readings of what `latest` means today. An image that is gone, or is no image with versions, has no newest one. */
export function imageReadings(call: Caller, { origin, computeVersion }: Address): Pick<ScaleSets, 'newestImage'> {
  return {
    async newestImage(set, image) {
      const path = pathOf(set, image);
      if (path === undefined) return { kind: 'read', value: undefined };
      const version = 'publisher' in image ? computeVersion : GALLERY_VERSION;
      const ask = askFor(set, path, addressOf(origin, path, version));
      const reading = await ('publisher' in image
        ? newestOffered(call, ask)
        : newestInGallery(call, ask, set.location));
      return reading.kind === 'gone' ? { kind: 'read', value: undefined } : reading;
    },
  };
}

// The order that Azure can give is that of text, in which 1.0.9 comes after 1.0.10: so all are read.
async function newestOffered(call: Caller, ask: Ask): Promise<Reading<string | undefined>> {
  const reading = understood(ask, readPlatformVersions, await call(ask));
  return reading.kind === 'read' ? { kind: 'read', value: newestVersion(reading.value) } : reading;
}

async function newestInGallery(call: Caller, ask: Ask, location: string): Promise<Reading<string | undefined>> {
  const found: string[] = [];
  for await (const page of pages(call, ask, readGalleryVersion)) {
    if (page.kind !== 'page') return page;
    found.push(...page.items.filter((one) => one.isLatestIn(location)).map(({ version }) => version));
  }
  return { kind: 'read', value: newestVersion(found) };
}

function askFor(set: Place, path: string, url: string): Ask {
  const [, , subscription = set.subscriptionId] = path.split('/');
  return {
    call: 'image',
    name: path.split('/').at(-2) ?? '',
    subscriptionId: subscription.toLowerCase(),
    location: set.location.toLowerCase(),
    cost: 'low',
    url,
  };
}

const OWN =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/galleries\/[^/]+\/images\/[^/]+/i;
const OTHERS = /^\/(shared|community)galleries\/([^/]+)\/images\/([^/]+)/i;

/** The path of an image's versions; undefined for an image without, such as a captured one. */
function pathOf({ subscriptionId, location }: Place, image: ImageName): string | undefined {
  const here = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location}`;
  if ('publisher' in image) {
    const { publisher, offer, sku } = image;
    return `${here}/publishers/${publisher}/artifacttypes/vmimage/offers/${offer}/skus/${sku}/versions`;
  }
  const [own] = OWN.exec(image.galleryImageId) ?? [];
  if (own !== undefined) return `${own}/versions`;
  const [, kind, gallery, name] = OTHERS.exec(image.galleryImageId) ?? [];
  return kind && `${here}/${kind.toLowerCase()}Galleries/${gallery}/images/${name}/versions`;
}
