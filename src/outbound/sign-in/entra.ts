import type { JWTPayload } from 'jose';
import { cloud } from '../../event/cloud.ts';
import { jwtVerifier } from './jwt.ts';

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

const SKEW_SECONDS = 60;

/**
 * Checks Entra ID tokens: signature by the tenant's keys, issuer, audience, time, caller and role.
 * Claims: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function entraVerifier(settings: EntraSettings): (token: string) => Promise<boolean> {
  const { login, issuer: older } = cloud();
  const { tenant, audience, issuer, keys = `${login}/${tenant}/discovery/v2.0/keys` } = settings;
  const issuers = issuer === undefined ? [`${login}/${tenant}/v2.0`, `${older}/${tenant}/`] : [issuer];
  const verify = jwtVerifier({ keys, issuers, audience, skew: SKEW_SECONDS });
  return async (token) => {
    const verified = await verify(token);
    return verified !== undefined && isAllowed(verified.claims, settings);
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
