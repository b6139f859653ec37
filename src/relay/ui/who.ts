import * as z from 'zod';
import { jsonIn } from '../../event/json.ts';
import { clean, cut } from '../../event/text.ts';
import type { Me, Role } from './answers.ts';

/** Whom relay.yaml lets in: sign-in names, object ids, ids of groups. */
interface PageRules {
  readonly viewers: readonly string[];
  readonly operators: readonly string[];
}

/** By whom requests are signed in. */
export interface SignIn {
  /** The platform does: what it says of a caller in headers, callers cannot say. */
  readonly platform: boolean;
  /** This is a local run, which takes calls of its own machine alone. */
  readonly local: boolean;
  readonly rules: PageRules;
}

// A principal with its claims; a thousand groups have 60 KB.
const MOST_LETTERS = 200_000;

const principal = z.object({
  /** Of another provider, names and roles are somebody else's. */
  auth_typ: z.literal('aad'),
  claims: z.array(z.object({ typ: z.string(), val: z.string() })),
  name_typ: z.string().optional(),
  role_typ: z.string().optional(),
});

const ROLES = new Set(['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role']);
const NAMES = ['preferred_username', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn', 'name'] as const;
const IDS = new Set([
  'preferred_username',
  'oid',
  'groups',
  'http://schemas.microsoft.com/identity/claims/objectidentifier',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
]);

/** The app roles that a directory can give. */
export const APP_ROLES = { operator: 'Relay.Operator', viewer: 'Relay.Viewer' } as const;

const NOBODY: Me = { by: '', role: 'none', via: 'none' };

/** Where App Service signs in and out: https://learn.microsoft.com/azure/app-service/configure-authentication-customize-sign-in-out */
const DOORS = {
  signIn: '/.auth/login/aad?post_login_redirect_uri=/api/ui',
  signOut: '/.auth/logout?post_logout_redirect_uri=/api/ui',
} as const;

/**
 * Who asks. App Service tells it in a header that requests from outside cannot set:
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities. Where it signs nobody in, that header is a caller's own
 * word, and counts for nothing.
 */
export function whoAsks(headers: { get(name: string): string | null }, { platform, local, rules }: SignIn): Me {
  if (local) return { by: 'local', role: 'operator', via: 'local' };
  if (!platform) return NOBODY;
  const given = headers.get('x-ms-client-principal') ?? '';
  const { data } = principal.safeParse(given.length > MOST_LETTERS ? undefined : jsonIn(decoded(given)));
  if (data === undefined) return { ...NOBODY, ...DOORS };
  const { claims, name_typ = '', role_typ = '' } = data;
  const valuesOf = (isWanted: (typ: string) => boolean) =>
    claims.flatMap(({ typ, val }) => (isWanted(typ) ? [val.toLowerCase()] : []));
  const roles = valuesOf((typ) => ROLES.has(typ) || (role_typ !== '' && typ === role_typ));
  const ids = valuesOf((typ) => IDS.has(typ));
  const has = (role: keyof typeof APP_ROLES, listed: readonly string[]) =>
    roles.includes(APP_ROLES[role].toLowerCase()) || listed.some((each) => ids.includes(each.toLowerCase()));
  const role: Role = has('operator', rules.operators) ? 'operator' : has('viewer', rules.viewers) ? 'viewer' : 'none';
  const name = [...NAMES, name_typ].flatMap((wanted) => claims.find(({ typ }) => typ === wanted)?.val || []).at(0);
  return { by: cut(clean(name ?? 'somebody'), 120), role, via: 'entra', ...DOORS };
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
