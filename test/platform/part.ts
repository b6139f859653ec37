/** A real part of the platform that is put to the product. One file each, and one line in registry.ts. */
export interface Part {
  readonly name: string;
  readonly version: string;
  /** Debian's and what is brought by hand may be missing; .NET's and npm's may not, where `--strict` is asked. */
  readonly from: '.NET' | 'npm' | 'Debian' | 'by hand';
  /** What it is put to, in a few words. */
  readonly checks: string;
  /** Resolves with what was seen. Rejects with a `Missing` where the part is not to be had, with any other error where it found a fault. */
  readonly run: (wish: Wish) => Promise<string>;
}

export interface Wish {
  /** Also what takes ten minutes. */
  readonly isLong: boolean;
}

/** Nothing was checked: the part is not here. The message says why, after "because". */
export class Missing extends Error {
  override name = 'Missing';
}
