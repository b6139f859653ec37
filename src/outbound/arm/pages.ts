import * as z from 'zod';
import type { Page, Pages, ReadResult } from '../../drift/scale-sets.ts';
import { type Answered, type Ask, failed } from './answer.ts';
import type { Caller } from './call.ts';

const list = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });

/**
 * A list of Resource Manager, page by page, as far as `nextLink` leads. It is followed as it is: written anew, it is
 * refused (https://github.com/Azure/azure-sdk-for-java/issues/27991). A refused one starts the list again, once, and what
 * was given already is left out then.
 */
export async function* pages<T>(call: Caller, first: Ask, parse: (item: unknown) => T | undefined): Pages<T> {
  const given = new Set<string>();
  const followed = new Set<string>();
  let restarted = false;
  let ask = first;
  for (;;) {
    const asked = ask;
    // A page is worked on for long: what it was read from must not live as long in this frame.
    const { page, nextLink } = await call(asked).then((reading) => pageIn(asked, reading, given, parse));
    if (page.kind === 'failed' && page.status === 400 && asked !== first && !restarted) {
      restarted = true;
      followed.clear();
      ask = first;
      continue;
    }
    yield page;
    if (page.kind !== 'page' || !nextLink) return;
    if (followed.has(nextLink)) {
      yield failed(asked, { code: 'EndlessList' });
      return;
    }
    followed.add(nextLink);
    // The views of the whole list were weighed with its first page.
    ask = { ...first, url: nextLink, ...(first.views !== undefined && { views: 0 }) };
  }
}

function pageIn<T>(
  ask: Ask,
  reading: ReadResult<Answered>,
  given: Set<string>,
  parse: (item: unknown) => T | undefined,
): { readonly page: Page<T>; readonly nextLink?: string | null | undefined } {
  if (reading.kind !== 'read') return { page: reading };
  const { data } = list.safeParse(reading.value.json);
  if (data === undefined) return { page: failed(ask, { status: 200, code: 'NotUnderstood' }) };
  return { page: pageOf(data.value, given, parse), nextLink: data.nextLink };
}

function pageOf<T>(value: readonly unknown[], given: Set<string>, parse: (item: unknown) => T | undefined): Page<T> {
  const items: T[] = [];
  const unread: string[] = [];
  for (const raw of value) {
    const id = idOf(raw);
    if (id !== '' && given.has(id.toLowerCase())) continue;
    given.add(id.toLowerCase());
    const item = parse(raw);
    if (item === undefined) unread.push(id);
    else items.push(item);
  }
  return { kind: 'page', items, unread, truncated: false };
}

const identified = z.object({ id: z.string() });

export const idOf = (item: unknown): string => identified.safeParse(item).data?.id ?? '';
