import { instant } from '../../event/time/instant.ts';
import { DAY_MILLISECONDS, iso } from '../../event/time/units.ts';
import { compareVersions, isDotted } from '../../event/versions.ts';

/** What is known of the versions of one image in one region: all of them, or just the one that `latest` means. */
export interface ImageVersions {
  /** Names image and region, the same in every run: "westeurope/canonical:ubuntu-24_04-lts:server". */
  readonly key: string;
  readonly versions: readonly ImageVersion[];
}

interface ImageVersion {
  readonly version: string;
  /** A gallery's owner can keep a version from being what `latest` means. Neither is one that is not in the region. */
  readonly excludedFromLatest?: boolean;
  /** ISO; galleries tell it, the marketplace does not. */
  readonly publishedAt?: string;
}

/** Instances of a set that run one version of its image. */
export interface InUse {
  /** As Azure writes it, "18.04.201906271". */
  readonly version: string;
  readonly count: number;
}

/** Versions that `latest` has meant, oldest first, and since when: published, or first seen by us. */
export type KnownVersions = readonly { readonly version: string; readonly since: string }[];

/** Instances that run an older image than `latest` means now, and have for too long. */
export interface Hidden {
  readonly count: number;
  /** ISO: since when a newer one was to be had, for the oldest of them. */
  readonly since: string;
  readonly newest: string;
  readonly groups: readonly InUse[];
}

/** Versions that `latest` may mean, compared as numbers: the highest is what it means now. */
const offered = (image: ImageVersions) =>
  image.versions
    .filter(({ version, excludedFromLatest }) => !excludedFromLatest && isDotted(version))
    .toSorted((one, other) => compareVersions(one.version, other.version));

// The oldest is kept as well: it answers for all that is older still.
const MOST_KNOWN = 20;

/** Adds what a reading tells of an image's versions. What is higher than the newest now has been withdrawn. */
export function known(before: KnownVersions, image: ImageVersions, now: number): KnownVersions {
  const current = offered(image);
  const newest = current.at(-1)?.version;
  if (newest === undefined) return before;
  const withdrawn = new Set(image.versions.flatMap((each) => (each.excludedFromLatest ? [each.version] : [])));
  const merged = new Map(
    before
      .filter(({ version }) => compareVersions(version, newest) <= 0 && !withdrawn.has(version))
      .map(({ version, since }) => [version, since]),
  );
  for (const { version, publishedAt } of current) {
    const published = instant(publishedAt ?? '');
    const at = iso(now);
    // A clock that is ahead of ours has published nothing yet.
    merged.set(version, published !== undefined && published <= at ? published : (merged.get(version) ?? at));
  }
  const all = [...merged]
    .map(([version, since]) => ({ version, since }))
    .sort((one, other) => compareVersions(one.version, other.version));
  return all.length <= MOST_KNOWN ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_KNOWN)];
}

/** Since when something newer than a version was to be had; undefined while it is the newest. */
function behindSince(versions: KnownVersions, version: string): string | undefined {
  const newer = versions.filter((each) => compareVersions(each.version, version) > 0).map(({ since }) => since);
  return newer.sort()[0];
}

/**
 * The instances that have been behind `latest` for more than some days. Azure calls them up to date: `latest` is
 * resolved when an instance is made, and not again. The platform rolls a fresh version out over days, hence the grace.
 */
export function hiddenDrift(
  versions: KnownVersions,
  inUse: readonly InUse[],
  days: number | undefined,
  now: number,
): Hidden | undefined {
  const newest = versions.at(-1)?.version;
  if (newest === undefined || days === undefined) return undefined;
  const old = inUse
    .filter(({ version, count }) => count > 0 && isDotted(version))
    .flatMap((group) => {
      const since = behindSince(versions, group.version);
      return since !== undefined && now - Date.parse(since) >= days * DAY_MILLISECONDS ? [{ ...group, since }] : [];
    });
  const since = old.map((group) => group.since).sort()[0];
  if (since === undefined) return undefined;
  const groups = old.map(({ version, count }) => ({ version, count }));
  return { count: old.reduce((sum, { count }) => sum + count, 0), since, newest, groups };
}
