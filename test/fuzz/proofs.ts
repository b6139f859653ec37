import type { generateKeyPair } from 'jose';
import { SignJWT } from 'jose';
import { sources } from '../../src/sources/registry.ts';
import { SIGNERS } from '../support/signers.ts';

/** What a request needs beside its body to be taken for its sender's. */
export interface Proof {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

const TENANT = '11111111-2222-3333-4444-555555555555';
const AUDIENCE = 'api://relay';
const CALLER = '461e8683-5575-4561-ac7f-899cc907d62a';
const ENTRA = 'azure-monitor';

/** Each secret of the configuration begins so: none may be seen anywhere. */
export const KEPT = 'k3pt-by-the-relay';

const secretOf = (name: string) => `${KEPT}-for-${name}`;
const keyOf = (name: string) => Buffer.from(secretOf(name)).toString('base64');

const names = sources.map(({ name }) => name);
const isSigned = (name: string) => Object.hasOwn(SIGNERS, name);
// Who neither signs nor sends a token of Entra ID has a shared token, or a user and a password.
const hasToken = (name: string) => names.indexOf(name) % 2 === 0;

/** The part `sources` of a configuration in which each sender has to prove itself, in the way that it can. */
export const credentials = (jwks: string): Record<string, unknown> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      isSigned(name)
        ? { secret: keyOf(name) }
        : name === ENTRA
          ? { entra: { tenant: TENANT, audience: AUDIENCE, keys: jwks } }
          : hasToken(name)
            ? { token: secretOf(name) }
            : { basic: { user: 'relay', password: secretOf(name) } },
    ]),
  );

const bearer = (token: string): Proof => ({ headers: { authorization: `Bearer ${token}` } });
const basic = (user: string, password: string): Proof => ({
  headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
});

const CLAIMS = {
  azp: CALLER,
  tid: TENANT,
  roles: ['ActionGroupsSecureWebhook'],
  aud: AUDIENCE,
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
};

const entra = async (key: Keys['privateKey'], changed: object = {}, expires = '5m'): Promise<Proof> =>
  bearer(
    await new SignJWT({ ...CLAIMS, ...changed })
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key),
  );

/** What lets a body in. */
export async function proofOf(name: string, body: Uint8Array, { privateKey }: Keys): Promise<Proof> {
  const sign = SIGNERS[name];
  if (sign !== undefined) return { headers: sign(body, keyOf(name), Date.now()) };
  if (name === ENTRA) return entra(privateKey);
  return hasToken(name) ? { headers: { 'x-relay-token': secretOf(name) } } : basic('relay', secretOf(name));
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What does not, by what is wrong with it. */
export async function falseProofs(
  name: string,
  body: Uint8Array,
  keys: Keys,
  others: Keys,
): Promise<[string, Proof][]> {
  const good = await proofOf(name, body, keys);
  const spoilt = (how: (value: string) => string): Proof => ({
    headers: Object.fromEntries(Object.entries(good.headers ?? {}).map(([header, value]) => [header, how(value)])),
  });
  const other = names[(names.indexOf(name) + 1) % names.length] ?? '';
  return [
    ['nothing', {}],
    ['an empty proof', spoilt(() => '')],
    ['the beginning of it', spoilt((value) => value.slice(0, -3))],
    ['it and more', spoilt((value) => `${value}x`)],
    ['it twice', spoilt((value) => `${value}, ${value}`)],
    ['that of another sender', await proofOf(other, body, keys)],
    [
      'a token that is none',
      { headers: { 'x-relay-token': KEPT, authorization: `Bearer ${KEPT}` }, query: `token=${KEPT}` },
    ],
    ['a user who is none', basic('relay', KEPT)],
    ['a user without a password', basic('relay', '')],
    ['an unsigned token', bearer(`${base64url({ alg: 'none' })}.${base64url(CLAIMS)}.`)],
    ...(name === ENTRA ? await falseTokens(keys, others) : []),
    ...(isSigned(name) ? falseSignatures(name, body) : []),
  ];
}

const falseTokens = async ({ privateKey }: Keys, others: Keys): Promise<[string, Proof][]> => [
  ['a token that has expired', await entra(privateKey, {}, '-5m')],
  ['a token for another audience', await entra(privateKey, { aud: 'api://somebody-else' })],
  ['a token of another tenant', await entra(privateKey, { tid: 'other' })],
  ['a token of another caller', await entra(privateKey, { azp: TENANT })],
  ['a token of another role', await entra(privateKey, { roles: ['Reader'] })],
  ['a token of another issuer', await entra(privateKey, { iss: 'https://e.vil' })],
  ['a token that another key has signed', await entra(others.privateKey)],
];

function falseSignatures(name: string, body: Uint8Array): [string, Proof][] {
  const sign = SIGNERS[name];
  if (sign === undefined) return [];
  const changed = Buffer.concat([body, Buffer.from(' ')]);
  const repeats = name === 'gitlab';
  return [
    ['a signature by another key', { headers: sign(body, Buffer.from(KEPT).toString('base64'), Date.now()) }],
    ...(repeats
      ? []
      : [['a signature of another body', { headers: sign(changed, keyOf(name), Date.now()) }] as [string, Proof]]),
    ...(name === 'custom'
      ? [['a signature of yesterday', { headers: sign(body, keyOf(name), Date.now() - 86_400_000) }] as [string, Proof]]
      : []),
  ];
}
