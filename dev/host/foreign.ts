import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../src/destinations/public-address.ts';

const ELSEWHERE = 'a page from elsewhere has no business here';

/**
 * Why a request is not taken; undefined where it is. Only this machine can connect, but every page in its browser is on
 * this machine: one may post here from elsewhere (browsers say so, and pages cannot: https://www.w3.org/TR/fetch-metadata),
 * and one may give this address to a name of its own, and then read what it likes. Webhooks may come through a tunnel,
 * under any name.
 */
export function foreign({ method, headers }: IncomingMessage, pathname: string): string | undefined {
  const site = headers['sec-fetch-site'];
  const isVisit = method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
  if ((site === 'cross-site' || site === 'same-site') && !isVisit) return ELSEWHERE;
  // A browser that sends no such words names where its page is from all the same.
  if (headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host) return ELSEWHERE;
  const host = URL.parse(`http://${headers.host ?? '127.0.0.1'}`)?.hostname ?? '';
  if (isLoopback(host) || /^\/api\/webhooks(\/|$)/i.test(pathname)) return undefined;
  return 'this is for 127.0.0.1 and localhost; only webhooks may come under another name';
}
