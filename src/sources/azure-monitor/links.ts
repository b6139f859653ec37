import { linkTo } from '../source.ts';

export interface Link {
  readonly rel: string;
  readonly url: string;
}

/** The first of several URLs for the same purpose that can be linked. */
export const firstLink = (rel: string, urls: readonly (string | undefined)[]): Link[] =>
  urls.flatMap((url) => linkTo(rel, url)).slice(0, 1);

/** At most six, each address once. */
export const linksOf = (...given: readonly (readonly Link[])[]): Link[] => {
  const byUrl = new Map<string, Link>();
  for (const link of given.flat()) if (!byUrl.has(link.url)) byUrl.set(link.url, link);
  return [...byUrl.values()].slice(0, 6);
};
