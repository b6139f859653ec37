import { brotliCompressSync } from 'node:zlib';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly etag: string;
  readonly text: string;
}

/** The files of the page, by their path below /api/ui; the build puts them in here. The local run serves its own. */
const FILES: Readonly<Record<string, PageFile>> = {};

export const fileAt = (path: string): PageFile | undefined => (Object.hasOwn(FILES, path) ? FILES[path] : undefined);

const small = new Map<PageFile, Uint8Array>();

/** The same for a client that takes Brotli, as every browser does over https:; the platform compresses nothing. */
export function inBrotli(file: PageFile): Uint8Array {
  const bytes = small.get(file) ?? brotliCompressSync(file.text);
  small.set(file, bytes);
  return bytes;
}
