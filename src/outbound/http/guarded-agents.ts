import { type LookupAddress, lookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from '../../destinations/public-address.ts';

/** How far away a receiver may be: at any public address, or in a local run on this machine as well. */
export type Reach = 'public' | 'local';

/** The way out. An address that it does not lead to is never connected to, whatever name it has. */
export interface Guard {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Whether the host of a URL is an address that may not be connected to. Names are looked at when they are looked up. */
  refuses(url: string): boolean;
}

/** Finds the addresses of a name; as `lookup` of node:dns. */
export type Resolve = (
  name: string,
  options: { readonly all: true },
  found: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

/** Which addresses are within reach. */
export const within =
  (reach: Reach) =>
  (address: string): boolean =>
    isPublicAddress(address) || (reach === 'local' && isLoopbackAddress(address));

export function guardedAgents(reach: Reach, resolve: Resolve = lookup): Guard {
  const isAllowed = within(reach);
  const guarded = guardedLookup(isAllowed, resolve);
  return {
    httpAgent: new HttpAgent({ keepAlive: true, lookup: guarded }),
    httpsAgent: new HttpsAgent({ keepAlive: true, lookup: guarded }),
    refuses(url) {
      const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
      return isIP(host) !== 0 && !isAllowed(host);
    },
  };
}

/**
 * Looks a name up and gives only what may be connected to. It is the very look-up that the connection is made with, so a
 * name that leads elsewhere the next time gains nothing.
 */
export function guardedLookup(isAllowed: (address: string) => boolean, resolve: Resolve): LookupFunction {
  return (name, options, done) =>
    resolve(name, { ...options, all: true }, (error, found) => {
      const allowed = found?.filter(({ address }) => isAllowed(address)) ?? [];
      const [first] = allowed;
      if (error !== null || first === undefined) {
        done(error ?? new Error('the name leads to no address that may be connected to'), '', 0);
      } else if (options.all) {
        done(null, allowed);
      } else {
        done(null, first.address, first.family);
      }
    });
}
