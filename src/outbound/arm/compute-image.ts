import * as z from 'zod';
import { instant } from '../../event/time/instant.ts';

/** A version of an image, and whether `latest` may mean it in a region. */
export interface GalleryVersion {
  /** Numbers with dots. */
  readonly version: string;
  /** ISO. */
  readonly publishedAt?: string;
  isLatestIn(location: string): boolean;
}

const NUMBERS = /^\d+(\.\d+)*$/;

const platform = z.array(z.unknown());
const named = z.object({ name: z.string().regex(NUMBERS) });

/** The versions in an answer of the marketplace, which is a bare array; undefined for anything else. */
export const readPlatformVersions = (raw: unknown): readonly string[] | undefined =>
  platform.safeParse(raw).data?.flatMap((one) => named.safeParse(one).data?.name ?? []);

const flag = z.boolean().nullish().catch(undefined);
const date = z.string().nullish().catch(undefined);

// A gallery of one's own has a publishing profile; a shared or community one has its flag and its date outside of it.
// https://learn.microsoft.com/rest/api/compute/gallery-image-versions/list-by-gallery-image (2025-03-03)
// https://learn.microsoft.com/rest/api/compute/shared-gallery-image-versions/list
const galleryVersion = named.extend({
  properties: z
    .object({
      provisioningState: z.string().nullish(),
      excludeFromLatest: flag,
      publishedDate: date,
      publishingProfile: z
        .object({
          excludeFromLatest: flag,
          publishedDate: date,
          targetRegions: z.array(z.object({ name: z.string(), excludeFromLatest: flag })).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

export function readGalleryVersion(raw: unknown): GalleryVersion | undefined {
  const { data } = galleryVersion.safeParse(raw);
  if (data === undefined) return undefined;
  const { provisioningState, excludeFromLatest, publishedDate, publishingProfile } = data.properties ?? {};
  const publishedAt = instant(publishedDate ?? publishingProfile?.publishedDate ?? '');
  const regions = publishingProfile?.targetRegions ?? undefined;
  return {
    version: data.name,
    ...(publishedAt !== undefined && { publishedAt }),
    isLatestIn(location) {
      const region = regions?.find(({ name }) => regionName(name) === regionName(location));
      return (
        (provisioningState ?? 'Succeeded') === 'Succeeded' &&
        !(excludeFromLatest ?? publishingProfile?.excludeFromLatest) &&
        (regions === undefined || (region !== undefined && !region.excludeFromLatest))
      );
    },
  };
}

// "West Europe" and westeurope are the same.
const regionName = (name: string): string => name.replaceAll(/\s/g, '').toLowerCase();

/** The highest, compared number by number: 1.0.10 is newer than 1.0.9. */
export const newestVersion = (versions: readonly string[]): string | undefined => [...versions].sort(compare).at(-1);

function compare(one: string, other: string): number {
  const [mine, theirs] = [one, other].map((version) => version.split('.').map(Number));
  const longest = Math.max(mine?.length ?? 0, theirs?.length ?? 0);
  for (let index = 0; index < longest; index += 1) {
    const difference = (mine?.[index] ?? 0) - (theirs?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
