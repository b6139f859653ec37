import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readJson } from './fixtures.ts';

// Bodies in the shapes of published examples; test/fixtures/MANIFEST.md says which.

const PUBLISHED = fileURLToPath(new URL('../fixtures/published', import.meta.url));

/** Its folders: senders, and what Azure Resource Manager answers. */
export const publishedFolders = (): readonly string[] => readdirSync(PUBLISHED);

/** The names of the bodies in a folder, without `.json`. An empty folder is an error, so that no suite is empty. */
export function publishedIn(folder: string): readonly string[] {
  const names = readdirSync(`${PUBLISHED}/${folder}`).map((file) => file.replace(/\.json$/, ''));
  if (names.length === 0) throw new Error(`nothing is in ${folder}`);
  return names;
}

/** A body by its folder and name: `acr/webhook-image-push`. */
export const published = (name: string): unknown => readJson(`${PUBLISHED}/${name}.json`);
