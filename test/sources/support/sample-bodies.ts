import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Fixture } from '../../support/fixtures.ts';
import { readJson } from '../../support/fixtures.ts';
import { headersOf, notPosted, sampleFolders } from '../../support/samples.ts';

const SAMPLES = fileURLToPath(new URL('../../../../shared/samples/payloads', import.meta.url));

type Posted = Pick<Fixture, 'name' | 'headers' | 'body'>;

/** Every folder beside the repository that holds JSON; none where there are no samples. */
export const foldersThere: readonly string[] = existsSync(SAMPLES)
  ? readdirSync(SAMPLES, { withFileTypes: true })
      .filter((each) => each.isDirectory() && jsonIn(each.name).length > 0)
      .map(({ name }) => name)
  : [];

/** What senders publish of their bodies, by folder, with the sources that may read them. */
export const sampleBodies: readonly {
  readonly name: string;
  readonly allowed: readonly string[];
  readonly bodies: readonly Posted[];
}[] = sampleFolders
  .filter(({ folder }) => foldersThere.includes(folder))
  .map(({ folder, allowed }) => ({
    name: folder,
    allowed,
    bodies: jsonIn(folder)
      .filter((file) => !notPosted.includes(`${folder}/${file}`))
      .map((file) => ({
        name: file,
        headers: headersOf(folder, file),
        body: readJson(`${SAMPLES}/${folder}/${file}`),
      })),
  }));

function jsonIn(folder: string): readonly string[] {
  return readdirSync(`${SAMPLES}/${folder}`).filter((file) => file.endsWith('.json'));
}
