import { linkTo } from './source.ts';

/** As many as an event holds. */
export const MOST_LINKS = 6;

/** The links of an event, most useful first: each address and each purpose once. */
export function linksOf(...given: readonly (readonly [rel: string, url: string | undefined])[]) {
  const said = new Set<string>();
  const isNew = (text: string): boolean => !said.has(text) && said.add(text).size > 0;
  return given
    .flatMap(([rel, url]) => linkTo(rel, url))
    .filter(({ rel, url }) => isNew(url) && isNew(rel))
    .slice(0, MOST_LINKS);
}
