import type { JWK, JWTPayload } from 'jose';
import { DAY_MILLISECONDS, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { KeysError } from '../../problems/errors.ts';

/** Whose tokens are taken, and for whom. */
interface JwtSettings {
  /** Address of the JWKS. */
  readonly keys: string;
  readonly issuers: readonly string[];
  readonly audience: readonly string[];
  /** Seconds by which clocks may differ. */
  readonly skew: number;
}

/** What a token says, and the key that it is signed with as its owner publishes it. */
interface Verified {
  readonly claims: JWTPayload;
  readonly key: JWK | undefined;
}

// Keys live for weeks. What is known stays in use while newer ones are looked for, and also where nobody answers.
const KEPT_MILLISECONDS = DAY_MILLISECONDS;
const FRESH_MILLISECONDS = 10 * MINUTE_MILLISECONDS;
const AGAIN_MILLISECONDS = 30_000;

/**
 * Checks tokens: signature by the published keys, issuer, audience and time. Undefined for one that is not taken; throws a KeysError
 * where the keys cannot be had.
 */
export function jwtVerifier(settings: JwtSettings): (token: string) => Promise<Verified | undefined> {
  let opened: ReturnType<typeof open> | undefined;
  return async (token) => {
    try {
      opened ??= open(settings);
      const check = await opened;
      return await check(token);
    } catch (error) {
      // No token, a broken or an expired one, one that names no key or asks for what nobody does, or somebody else's.
      // Anything else is about the keys.
      if (
        error instanceof Error &&
        'code' in error &&
        /^ERR_(JW[TS]_|JWKS_(NO|MULTIPLE)_MATCHING_KEY|JOSE_(ALG|NOT_SUPPORTED))/.test(String(error.code))
      )
        return undefined;
      throw new KeysError();
    }
  };
}

async function open({ keys, issuers, audience, skew }: JwtSettings): Promise<(token: string) => Promise<Verified>> {
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
    issuer: [...issuers],
    audience: [...audience],
    algorithms: ['RS256'],
    clockTolerance: skew,
    requiredClaims: ['exp'],
  };
  return async (token) => {
    const { payload, protectedHeader } = await jwtVerify(token, jwks, options);
    refresh();
    return { claims: payload, key: jwks.jwks()?.keys.find(({ kid }) => kid === protectedHeader.kid) };
  };
}
