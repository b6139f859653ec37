import { type Answer, jsonAnswer } from './answer.ts';
import { wrongParameter } from './arm-refusals.ts';
import { pageOf, positionOf, skipToken } from './paging.ts';
import type { AzureRequest } from './request.ts';

/** One page of a list in Resource Manager's form, with an absolute link to the next one. */
export function listing<Item>(
  { path, query, origin }: AzureRequest,
  all: readonly Item[],
  {
    size,
    write,
    keyOf = (_item, index) => index,
    headers,
  }: {
    readonly size: number;
    readonly write: (item: Item) => string;
    readonly keyOf?: (item: Item, index: number) => number;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Answer {
  const options = ['api-version', '$filter', '$expand', '$select']
    .filter((name) => query.raw(name) !== undefined)
    .map((name) => `${name}=${query.raw(name)}`)
    .join('&');
  const list = `${path.toLowerCase()}?${options}`;
  const position = positionOf(list, query.raw('$skiptoken'));
  if (position === undefined) return wrongParameter('$skiptoken');
  const { items, next } = pageOf(all, keyOf, position, size);
  const link = next && `${origin}${path}?${options}&$skiptoken=${encodeURIComponent(skipToken(list, next))}`;
  const more = link === undefined ? '' : `,"nextLink":${JSON.stringify(link)}`;
  return jsonAnswer(`{"value":[${items.map(write).join(',')}]${more}}`, headers);
}
