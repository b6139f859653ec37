import type { ImageVersions } from '../../drift/rules/image-age.ts';
import type { ImageName, ReadResult, ScaleSets, SetLocation } from '../../drift/scale-sets.ts';
import type { Ask } from './answer.ts';
import type { Caller } from './call.ts';
import { newestVersion, readGalleryVersion, readPlatformVersions } from './compute/image.ts';
import { pages } from './pages.ts';
import { type Address, addressOf, understood } from './sets.ts';

// Galleries have versions of their own: https://learn.microsoft.com/rest/api/compute/gallery-image-versions
const GALLERY_VERSION = '2023-07-03';

/** Readings of what `latest` means today. An image that is gone, or is no image with versions, has none. */
export function imageReadings(call: Caller, { origin, computeVersion }: Address): Pick<ScaleSets, 'imageVersions'> {
  return {
    async imageVersions(set, image) {
      const path = pathOf(set, image);
      if (path === undefined) return NONE;
      const version = 'publisher' in image ? computeVersion : GALLERY_VERSION;
      const ask = askFor(set, path, addressOf(origin, path, version));
      const reading = await ('publisher' in image ? newestOffered(call, ask) : allInGallery(call, ask, set.location));
      return reading.kind === 'gone' ? NONE : reading;
    },
  };
}

type Versions = ImageVersions['versions'];

const NONE: ReadResult<Versions> = { kind: 'read', value: [] };

// The order that Azure can give is that of text, in which 1.0.9 comes after 1.0.10: so all are read. When each was
// published, the marketplace does not say.
async function newestOffered(call: Caller, ask: Ask): Promise<ReadResult<Versions>> {
  const reading = understood(ask, readPlatformVersions, await call(ask));
  if (reading.kind !== 'read') return reading;
  const version = newestVersion(reading.value);
  return version === undefined ? NONE : { kind: 'read', value: [{ version }] };
}

async function allInGallery(call: Caller, ask: Ask, location: string): Promise<ReadResult<Versions>> {
  const found: Versions[number][] = [];
  for await (const page of pages(call, ask, readGalleryVersion)) {
    if (page.kind !== 'page') return page;
    for (const { isLatestIn, ...version } of page.items) {
      found.push(isLatestIn(location) ? version : { ...version, excludedFromLatest: true });
    }
  }
  return { kind: 'read', value: found };
}

function askFor(set: SetLocation, path: string, url: string): Ask {
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
function pathOf({ subscriptionId, location }: SetLocation, image: ImageName): string | undefined {
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
