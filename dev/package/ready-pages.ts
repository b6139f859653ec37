import { readFile } from 'node:fs/promises';
import type { PageAsset } from '../host/page-assets.ts';

/** What scripts/package.ts has made of the pages: in the npm package this stands in for building them. */
export async function pageAssets(): Promise<ReadonlyMap<string, PageAsset>> {
  const text = await readFile(new URL('../../lib/pages.json', import.meta.url), 'utf8');
  return new Map(JSON.parse(text) as [string, PageAsset][]);
}
