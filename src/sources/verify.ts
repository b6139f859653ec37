import { CredentialsError } from '../errors.ts';
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

/** Throws a CredentialsError unless the request proves who sent it, in every way its source is configured for. */
export async function verify(source: Source, request: Verifiable, credentials: Credentials | undefined): Promise<void> {
  if (credentials === undefined) return;
  const { secrets, tokens, basic, entra } = credentials;
  const { signature } = source;
  const good =
    (secrets.length === 0 || (signature !== undefined && secrets.some((secret) => signature(request, secret)))) &&
    (tokens.length === 0 || hasToken(request, tokens)) &&
    (basic === undefined || isBasic(request.headers.get('authorization'), basic)) &&
    (entra === undefined || (await entra(bearerOf(request) ?? '')));
  if (!good) throw new CredentialsError(source.name);
}

const bearerOf = ({ headers }: Verifiable): string | undefined =>
  /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];

function hasToken(request: Verifiable, tokens: readonly string[]): boolean {
  const given = [request.query.get('token'), request.headers.get('x-relay-token'), bearerOf(request)];
  return given.some((each) => !!each && tokens.some((token) => equal(each, token)));
}

function isBasic(header: string | null, { user, password }: { user: string; password: string }): boolean {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  return encoded !== undefined && equal(Buffer.from(encoded, 'base64').toString('utf8'), `${user}:${password}`);
}
