import type { Fixture } from '../../support/fixtures.ts';
import { published, publishedIn } from '../../support/published.ts';
import { headersOf, notPosted, sampleFolders } from '../../support/samples.ts';

type Posted = Pick<Fixture, 'name' | 'headers' | 'body'>;

/** What senders publish of their bodies, by folder, with the sources that may read them. */
export const sampleBodies: readonly {
  readonly name: string;
  readonly allowed: readonly string[];
  readonly bodies: readonly Posted[];
}[] = sampleFolders.map(({ folder, allowed }) => ({
  name: folder,
  allowed,
  bodies: publishedIn(folder)
    .filter((name) => !notPosted.includes(`${folder}/${name}`))
    .map((name) => ({ name, headers: headersOf(folder, name), body: published(`${folder}/${name}`) })),
}));
