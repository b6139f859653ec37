import * as z from 'zod';
import { instant } from '../../../event/time/instant.ts';
import { compareVersions, isDotted } from '../../../event/versions.ts';

/** A version of an image, and whether `latest` may mean it in a region. */
export interface GalleryVersion {
  /** Numbers with dots. */
  readonly version: string;
  /** ISO. */
  readonly publishedAt?: string;
  isLatestIn(location: string): boolean;
}

const platform = z.array(z.unknown());
const named = z.object({ name: z.string().refine(isDotted) });

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
export const newestVersion = (versions: readonly string[]): string | undefined =>
  versions.toSorted(compareVersions).at(-1);
