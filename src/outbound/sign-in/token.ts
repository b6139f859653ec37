import type { AccessToken, TokenCredential } from '@azure/identity';
import { isLoopback } from '../../destinations/public-address.ts';
import { DAY_MILLISECONDS, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { type AzureIdentity, azureIdentity, type Credential, withinPatience } from './identity.ts';

/** Gives a bearer token; undefined where none is to be sent. Rejects where none can be had. */
export interface Tokens {
  get(signal: AbortSignal): Promise<string | undefined>;
  /** The token was refused: the next one is fetched. */
  forget(refused: string): void;
}

const EARLY_MILLISECONDS = 5 * MINUTE_MILLISECONDS;

/** Tokens for Resource Manager at this endpoint. A server on this machine is a test's, and gets none. */
export function azureTokens(endpoint: URL, identity: AzureIdentity): Tokens {
  if (isLoopback(endpoint.hostname)) return { get: async () => undefined, forget: () => undefined };
  return tokensOf(azureIdentity(identity), `${endpoint.origin}/.default`, Date.now);
}

/** One token for all calls, until five minutes before it ends. */
export const cachedTokens = (open: () => Promise<TokenCredential>, scope: string, now: () => number): Tokens =>
  tokensOf(withinPatience(open), scope, now);

export function tokensOf(credential: Credential, scope: string, now: () => number): Tokens {
  let known: AccessToken | undefined;
  let fetching: Promise<AccessToken> | undefined;
  let isRefused = false;

  async function fetched(): Promise<AccessToken> {
    try {
      const given = await (isRefused ? credential.renewed(scope) : credential.getToken(scope));
      if (given === null) throw new Error('the credential gave no token');
      // Nobody gives one for longer than a day, but for a service that is wrong about it.
      isRefused = false;
      known = { ...given, expiresOnTimestamp: Math.min(given.expiresOnTimestamp, now() + DAY_MILLISECONDS) };
      return known;
    } finally {
      fetching = undefined;
    }
  }

  return {
    async get(signal) {
      if (known !== undefined && now() < known.expiresOnTimestamp - EARLY_MILLISECONDS) return known.token;
      fetching ??= fetched();
      return (await abortable(fetching, signal)).token;
    },
    forget(refused) {
      if (known?.token !== refused) return;
      known = undefined;
      isRefused = true;
    },
  };
}

/** Settles with what comes first. The token is shared, so nobody's signal ends its fetching. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
