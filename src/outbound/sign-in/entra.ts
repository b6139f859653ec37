import type { JWTPayload } from 'jose';
import { cloud } from '../../event/cloud.ts';
import { DAY_MILLISECONDS, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { KeysError } from '../../problems/errors.ts';

/** Whose tokens are taken, and for what. */
export interface EntraSettings {
  readonly tenant: string;
  readonly audience: readonly string[];
  /** App ids that may call: the caller's `azp` (v2 tokens) or `appid` (v1). */
  readonly callers: readonly string[];
  /** The app role that the caller must have in our app registration; any of these. */
  readonly roles: readonly string[];
  readonly issuer?: string | undefined;
  /** Address of the JWKS. */
  readonly keys?: string | undefined;
}

// Keys live for weeks. What is known stays in use while newer ones are looked for, and also where nobody answers.
const KEPT_MILLISECONDS = DAY_MILLISECONDS;
const FRESH_MILLISECONDS = 10 * MINUTE_MILLISECONDS;
const AGAIN_MILLISECONDS = 30_000;

/**
 * Checks Entra ID tokens: signature by the tenant's keys, issuer, audience, time, caller and role.
 * Claims: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function entraVerifier(settings: EntraSettings): (token: string) => Promise<boolean> {
  const { login, issuer: older } = cloud();
  const { tenant, audience, issuer, keys = `${login}/${tenant}/discovery/v2.0/keys` } = settings;
  const issuers = issuer === undefined ? [`${login}/${tenant}/v2.0`, `${older}/${tenant}/`] : [issuer];
  let opened: Promise<(token: string) => Promise<JWTPayload>> | undefined;
  const open = async () => {
    const { createRemoteJWKSet, jwtVerify } = await import('jose');
    // The key set is fetched once and kept; jose waits for a newer one only when a token names a new key.
    const jwks = createRemoteJWKSet(new URL(keys), { timeoutDuration: 5_000, cacheMaxAge: KEPT_MILLISECONDS });
    let lookAt: number | undefined;
    const refresh = () => {
      lookAt ??= Date.now() + FRESH_MILLISECONDS;
      if (Date.now() < lookAt) return;
      lookAt = Date.now() + AGAIN_MILLISECONDS;
      const known = () => {
        lookAt = Date.now() + FRESH_MILLISECONDS;
      };
      jwks.reload().then(known, () => undefined);
    };
    const options = {
      issuer: issuers,
      audience: [...audience],
      algorithms: ['RS256'],
      clockTolerance: 60,
      requiredClaims: ['exp'],
    };
    return async (token: string) => {
      const { payload } = await jwtVerify(token, jwks, options);
      refresh();
      return payload;
    };
  };
  return async (token) => {
    try {
      opened ??= open();
      const check = await opened;
      return isAllowed(await check(token), settings);
    } catch (error) {
      // No token, a broken or an expired one, one that names no key or asks for what nobody does, or somebody else's.
      // Anything else is about the keys.
      if (
        error instanceof Error &&
        'code' in error &&
        /^ERR_(JW[TS]_|JWKS_(NO|MULTIPLE)_MATCHING_KEY|JOSE_(ALG|NOT_SUPPORTED))/.test(String(error.code))
      )
        return false;
      throw new KeysError();
    }
  };
}

function isAllowed(claims: JWTPayload, { callers, roles, tenant, issuer }: EntraSettings): boolean {
  const caller = claims['azp'] ?? claims['appid'];
  const given = claims['roles'];
  return (
    (issuer !== undefined || claims['tid'] === tenant) &&
    callers.some((each) => each === caller) &&
    Array.isArray(given) &&
    roles.some((role) => given.includes(role))
  );
}
