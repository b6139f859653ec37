import { asObject } from '../../event/json.ts';
import { iso } from '../../event/time/units.ts';
import type { ScaleSet } from '../rules/azure.ts';
import { setKey } from '../rules/ids.ts';
import { hiddenDrift, type ImageVersions, type InUse, known } from '../rules/image-age.ts';
import { text } from '../rules/json.ts';
import type { SetReading } from '../rules/reading.ts';
import { looksAtImages } from '../rules/settings.ts';
import type { ImageName, SetLocation } from '../scale-sets.ts';
import type { RunContext } from './context.ts';
import { whyOf } from './failure.ts';

/** What a set's model means by `latest`. */
export interface LatestImage {
  readonly name: ImageName;
  /** Names image and region, the same in every run. */
  readonly key: string;
}

export type ImageReading = Required<Pick<SetReading, 'newestImages' | 'inUse'>>;

/** Which image versions there are and which are in use, as far as this run looks. */
export interface Images {
  /** Undefined where that is not known, or the model does not say `latest`. */
  of(place: SetLocation, image: LatestImage | undefined): Promise<ImageReading | undefined>;
  /** Whether a reading of its images makes a set worth reading in full. */
  isNews(place: SetLocation, found: ImageReading): boolean;
  /** The day for which there is nothing left to look at. */
  readonly lookedOn: string | undefined;
}

const dayOf = (time: number): string => iso(time).slice(0, 10);

/**
 * Looks at images once a day: which versions are in use comes from Resource Graph, which are new from the provider. The
 * latter alone would say nothing, so where Resource Graph is not to be asked, images are not looked at.
 */
export async function readImages(context: RunContext): Promise<Images> {
  const { settings, checkpoint, now } = context;
  const today = dayOf(now);
  if (!looksAtImages(settings) || checkpoint.imagesOn === today) return { ...NONE, lookedOn: checkpoint.imagesOn };
  const inUse = await versionsInUse(context);
  return inUse === undefined
    ? { ...NONE, lookedOn: checkpoint.imagesOn }
    : { ...images(context, inUse), lookedOn: today };
}

const NONE = { of: async () => undefined, isNews: () => false };

async function versionsInUse({ azure, settings, progress }: RunContext) {
  const inUse = new Map<string, InUse[]>();
  for await (const page of azure.graph.images(settings.scopes)) {
    if (page.kind !== 'page') {
      progress('images are not looked at', { why: whyOf(page) });
      return undefined;
    }
    for (const { setId, version, count } of page.items) {
      const versions = inUse.get(setId);
      if (versions === undefined) inUse.set(setId, [{ version, count }]);
      else versions.push({ version, count });
    }
  }
  return inUse;
}

function images(context: RunContext, inUse: ReadonlyMap<string, readonly InUse[]>): Omit<Images, 'lookedOn'> {
  const { azure, before, settings, now } = context;
  const newest = new Map<string, Promise<ImageVersions | undefined>>();
  const told = new Set<string>();

  async function newestOf(place: SetLocation, { name, key }: LatestImage): Promise<ImageVersions | undefined> {
    const reading = await azure.imageVersions(place, name);
    return reading.kind === 'read' && reading.value.length > 0 ? { key, versions: reading.value } : undefined;
  }

  return {
    async of(place, image) {
      const used = inUse.get(setKey(place));
      if (image === undefined || used === undefined) return undefined;
      const asked = newest.get(image.key) ?? newestOf(place, image);
      newest.set(image.key, asked);
      const newestImages = await asked;
      return newestImages && { newestImages, inUse: used };
    },
    isNews(place, found) {
      const versions = before?.images[found.newestImages.key] ?? [];
      const updated = known(versions, found.newestImages, now);
      const isNewest = updated.at(-1)?.version !== versions.at(-1)?.version && !told.has(found.newestImages.key);
      // One set is enough to remember a new version by.
      if (isNewest) told.add(found.newestImages.key);
      const hidden = hiddenDrift(updated, found.inUse, settings.hiddenDays, now);
      const last = before?.sets[setKey(place)];
      const was = last?.verdict === 'hidden' ? last : undefined;
      const isDue = was?.dueAt !== undefined && Date.parse(was.dueAt) <= now;
      return isNewest || hidden?.count !== was?.behind || isDue;
    },
  };
}

const VERSIONED = /\/versions\/(?!latest$)[^/]+$/i;

/** The image that a model names without a version; undefined for one with a version, and for a captured image. */
export function latestImage({ model, location }: Pick<ScaleSet, 'model' | 'location'>): LatestImage | undefined {
  const reference = asObject(asObject(model.profile['storageProfile'])['imageReference']);
  const ids = ['sharedGalleryImageId', 'communityGalleryImageId', 'id'].map((name) => text(reference[name]));
  const id = ids.find((each) => each !== undefined);
  const region = location.toLowerCase();
  if (id !== undefined) {
    const galleryImageId = id.replace(/\/versions\/latest$/i, '');
    return VERSIONED.test(id)
      ? undefined
      : { name: { galleryImageId }, key: `${region}/${galleryImageId.toLowerCase()}` };
  }
  const [publisher, offer, sku, version] = ['publisher', 'offer', 'sku', 'version'].map((name) =>
    text(reference[name]),
  );
  if (publisher === undefined || offer === undefined || sku === undefined) return undefined;
  if (version?.toLowerCase() !== 'latest') return undefined;
  return { name: { publisher, offer, sku }, key: `${region}/${publisher}:${offer}:${sku}`.toLowerCase() };
}
