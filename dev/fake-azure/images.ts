import type { GalleryVersion } from './fleet.ts';
import type { ImageReference, PlatformImage } from './model-spec.ts';

type ImageKey = Omit<PlatformImage, 'version'>;

const keyOf = ({ publisher, offer, sku }: ImageKey): string => `${publisher}/${offer}/${sku}`.toLowerCase();

/** Dotted numbers as numbers. */
function compareVersions(one: string, other: string): number {
  const numbers = other.split('.').map(Number);
  for (const [index, number] of one.split('.').map(Number).entries()) {
    const difference = number - (numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** All images there are: the marketplace's, and those of galleries. */
export class Images {
  readonly #platform = new Map<string, { readonly name: string; readonly regions: readonly string[] | undefined }[]>();
  readonly #galleries = new Map<string, GalleryVersion[]>();

  addPlatform(image: ImageKey, name: string, regions: readonly string[] | undefined): void {
    const known = this.#platform.get(keyOf(image)) ?? [];
    this.#platform.set(keyOf(image), [...known, { name, regions }]);
  }

  addGallery(imageId: string, version: GalleryVersion): void {
    const id = imageId.toLowerCase();
    this.#galleries.set(id, [...(this.#galleries.get(id) ?? []), version]);
  }

  /** Oldest first; empty for an image that does not exist. */
  platform(location: string, image: ImageKey): readonly string[] {
    return (this.#platform.get(keyOf(image)) ?? [])
      .filter(({ regions }) => regions === undefined || regions.includes(location))
      .map(({ name }) => name)
      .sort(compareVersions);
  }

  /** Oldest first. */
  gallery(imageId: string): readonly GalleryVersion[] {
    return (this.#galleries.get(imageId.toLowerCase()) ?? []).toSorted((one, other) =>
      compareVersions(one.name, other.name),
    );
  }

  /** The version that a new instance would get. */
  resolve(image: ImageReference, location: string): string {
    if (!('id' in image))
      return image.version === 'latest' ? (this.platform(location, image).at(-1) ?? '0.0.0') : image.version;
    const [, imageId = '', version] = /^(.*?)(?:\/versions\/(.+))?$/.exec(image.id) ?? [];
    const usable = this.gallery(imageId).filter(
      ({ excludeFromLatest, regions }) => !excludeFromLatest && regions.includes(location),
    );
    return version ?? usable.at(-1)?.name ?? '0.0.0';
  }
}
