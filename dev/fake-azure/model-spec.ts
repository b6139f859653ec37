/** A JSON object as Azure would send it. */
export type Json = Readonly<Record<string, unknown>>;

export interface PlatformImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  /** `latest`, or a number with dots. */
  readonly version: string;
}

/** An image of an own, shared or community gallery (`/SharedGalleries/…/Images/…`); without `/versions/…` at the end of its id it means the newest. */
interface GalleryImage {
  readonly id: string;
}

export type ImageReference = PlatformImage | GalleryImage;

export interface Extension {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  readonly version: string;
  /** Public settings, which Azure returns in clear. */
  readonly settings: Json;
  readonly forceUpdateTag?: string;
}

/** What a scale set's model says, as far as this fake knows models. Shared between sets, and never changed in place. */
export interface ModelSpec {
  readonly size: string;
  readonly os: 'Linux' | 'Windows';
  readonly image: ImageReference;
  readonly extensions: readonly Extension[];
  /** Names of load balancer pools. */
  readonly pools: readonly string[];
  /** Names of Key Vault secrets. */
  readonly secrets: readonly string[];
  /** Sizes of data disks in GB. */
  readonly dataDisks: readonly number[];
  readonly licence?: string;
  /** Custom data, passwords and protected settings: part of the model, and returned by no GET. */
  readonly unseen?: string;
  /** Fields that nobody has heard of, added to the profile and not to the instance. */
  readonly unknown?: Json;
}
