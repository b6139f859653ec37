import { CredentialsError } from '../problems/errors.ts';
import { equal, type Signed } from './signature.ts';
import type { Source } from './source.ts';

/** How one source's requests are verified. What is absent is not asked for; all that is there must hold. */
export interface Credentials {
  /** Keys of the sender's signature; two while one is rotated. */
  readonly secrets: readonly string[];
  readonly tokens: readonly string[];
  readonly basic?: { readonly user: string; readonly password: string } | undefined;
  /** Checks an Entra ID token; resolves with whether it is good. */
  readonly entra?: ((token: string) => Promise<boolean>) | undefined;
}

export interface Verifiable extends Signed {
  readonly query: { get(name: string): string | null };
}

/**
 * Throws a CredentialsError unless the request proves who sent it, in every way its source is configured for. Resolves with
 * whether there is any.
 */
export async function verify(
  source: Source,
  request: Verifiable,
  credentials: Credentials | undefined,
): Promise<boolean> {
  if (credentials === undefined || !canProve(credentials)) return false;
  const wrong = await whatIsWrong(source, request, credentials);
  if (wrong !== undefined) throw new CredentialsError(source.name, wrong);
  return true;
}

const canProve = ({ secrets, tokens, basic, entra }: Credentials): boolean =>
  secrets.length > 0 || tokens.length > 0 || basic !== undefined || entra !== undefined;

/** The first way of proof that does not hold, without anything that was given. */
async function whatIsWrong(
  { signature }: Source,
  request: Verifiable,
  { secrets, tokens, basic, entra }: Credentials,
): Promise<string | undefined> {
  const { headers } = request;
  if (secrets.length > 0 && !secrets.some((secret) => signature?.(request, secret))) {
    const isSigned = signature !== undefined && !!headers.get(signature.header);
    return isSigned ? 'the signature does not match' : `no signature${signature ? ` (${signature.header})` : ''}`;
  }
  if (tokens.length > 0 && !hasToken(request, tokens)) {
    return tokensIn(request).some(Boolean) ? 'the token does not match' : 'no token';
  }
  if (basic !== undefined && !isBasic(headers.get('authorization'), basic)) {
    return /^Basic\s/i.test(headers.get('authorization') ?? '')
      ? 'user or password do not match'
      : 'no user and password';
  }
  if (entra !== undefined && !(await entra(bearerOf(request) ?? ''))) {
    return bearerOf(request) === undefined ? 'no Entra ID token' : 'the Entra ID token is not accepted';
  }
  return undefined;
}

const bearerOf = ({ headers }: Verifiable): string | undefined =>
  /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];

const tokensIn = (request: Verifiable) => [
  request.query.get('token'),
  request.headers.get('x-relay-token'),
  bearerOf(request),
];

function hasToken(request: Verifiable, tokens: readonly string[]): boolean {
  return tokensIn(request).some((each) => !!each && tokens.some((token) => equal(each, token)));
}

/** Compared as it is sent: a decoder passes over what stands behind the end. */
function isBasic(header: string | null, { user, password }: { user: string; password: string }): boolean {
  const encoded = /^Basic\s+(\S+?)=*$/i.exec(header ?? '')?.[1];
  return (
    encoded !== undefined && equal(encoded, Buffer.from(`${user}:${password}`).toString('base64').replace(/=+$/, ''))
  );
}
