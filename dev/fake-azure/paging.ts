import { decoded } from './query.ts';
import { hexOf } from './random.ts';

/** Where a page begins: behind the item with this key. */
export interface Position {
  readonly after: number;
  /** Number of the page, from 1. */
  readonly page: number;
}

const FIRST: Position = { after: -1, page: 1 };

const seal = (list: string): string => hexOf(8, ...[...list].map((letter) => letter.charCodeAt(0)));

/** Opaque, and with letters that an address must escape. */
export function skipToken(list: string, { after, page }: Position): string {
  let plain = JSON.stringify([after, page, seal(list)]);
  // Padding brings the "=" that a careless client escapes once too often.
  while (plain.length % 3 !== 1) plain += ' ';
  return Buffer.from(plain).toString('base64');
}

/** `raw` as it stands in the address; undefined if it was not given out for this list, or not just so. */
export function positionOf(list: string, raw: string | undefined): Position | undefined {
  if (raw === undefined) return FIRST;
  const token = decoded(raw) ?? '';
  try {
    const [after, page, seen] = JSON.parse(Buffer.from(token, 'base64').toString()) as [number, number, string];
    const position = { after, page };
    return seen === seal(list) && encodeURIComponent(skipToken(list, position)) === raw ? position : undefined;
  } catch {
    return undefined;
  }
}

/** Items behind the position, and the position of the next page. Keys rise; an item that is gone shifts nothing. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item, index: number) => number,
  position: Position,
  size: number,
): { readonly items: readonly Item[]; readonly next: Position | undefined } {
  const page: Item[] = [];
  let last = position.after;
  for (const [index, item] of items.entries()) {
    const key = keyOf(item, index);
    if (key <= position.after) continue;
    if (page.length === size) return { items: page, next: { after: last, page: position.page + 1 } };
    page.push(item);
    last = key;
  }
  return { items: page, next: undefined };
}

/** The number of the page that a token leads to, whoever gave it out; 1 where there is none. */
export function pageNumber(raw: string | undefined): number {
  if (raw === undefined) return 1;
  try {
    const [, page] = JSON.parse(Buffer.from(decoded(raw) ?? '', 'base64').toString()) as [number, number];
    return typeof page === 'number' ? page : 2;
  } catch {
    return 2;
  }
}
