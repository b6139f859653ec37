import { asObject } from '../../../event/json.ts';
import type { Json } from '../azure.ts';
import { at, text } from '../json.ts';
import type { Compare, Difference } from './difference.ts';

interface Image {
  /** Names the image without its version: a lower-cased id, or publisher, offer and sku. */
  readonly key: string;
  readonly label: string;
  /** Undefined for `latest`. */
  readonly version?: string;
}

const VERSIONED = /^(.*)\/versions\/([^/]+)$/i;

/** Reads an image reference: of a gallery (own, shared, community), an image by id, or of the marketplace. */
function imageOf(reference: Json): Image | undefined {
  const id =
    text(reference['sharedGalleryImageId']) ?? text(reference['communityGalleryImageId']) ?? text(reference['id']);
  if (id !== undefined) {
    const [, image = id, version] = VERSIONED.exec(id) ?? [];
    return { key: image.toLowerCase(), label: image.replace(/^.*\/(?=.)/s, ''), ...pinned(version) };
  }
  const names = ['publisher', 'offer', 'sku'].map((key) => text(reference[key]) ?? '');
  if (names.every((name) => name === '')) return undefined;
  const label = names.join(':');
  return { key: label.toLowerCase(), label, ...pinned(text(reference['version'])) };
}

const pinned = (version: string | undefined) =>
  version === undefined || version.toLowerCase() === 'latest' ? {} : { version };

const reference = (from: unknown): Json => asObject(at(from, 'storageProfile', 'imageReference'));

/** Another image, or another version of it. */
export const image: Compare = (set, instance) => {
  const has = reference(instance.raw['properties']);
  const [wanted, own] = [imageOf(reference(set.model.profile)), imageOf(has)];
  if (wanted === undefined || own === undefined) return [];
  if (wanted.key !== own.key) {
    const told = wanted.label === own.label ? {} : { from: own.label, to: wanted.label };
    return [{ kind: 'image', ...told, had: own.key }];
  }
  return versions(wanted.version, own.version, text(has['exactVersion']));
};

/**
 * `latest` in the model says nothing of a number. Answers before 2020 gave the instance the number that it was made of;
 * since then the instance says `latest` as well, and the number is its exactVersion.
 */
function versions(
  wanted: string | undefined,
  own: string | undefined,
  exact: string | undefined,
): readonly Difference[] {
  const made = exact ?? own ?? 'latest';
  if (wanted !== undefined) return made === wanted ? [] : [{ kind: 'imageVersion', from: made, to: wanted, had: made }];
  return own !== undefined && exact !== undefined ? [{ kind: 'imageVersion', from: own, to: 'latest', had: own }] : [];
}

/** Another VM size. A set that mixes sizes ("Mix") asks for none. */
export const size: Compare = (set, instance) => {
  const wanted = text(set.model.sku['name']);
  // Old answers have no size in the hardware profile.
  const own =
    text(at(instance.raw, 'properties', 'hardwareProfile', 'vmSize')) ?? text(at(instance.raw, 'sku', 'name'));
  if (wanted === undefined || own === undefined || wanted.toLowerCase() === 'mix') return [];
  return wanted.toLowerCase() === own.toLowerCase() ? [] : [{ kind: 'vmSize', from: own, to: wanted, had: own }];
};
