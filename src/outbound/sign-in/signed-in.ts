import { isLoopback } from '../../destinations/public-address.ts';
import type { App, Post, SignIn } from '../../destinations/transport.ts';
import { appCredential } from './app.ts';
import { type AzureIdentity, azureIdentity } from './identity.ts';
import { type Tokens, tokensOf } from './token.ts';

// The identity gives up sooner: this ends what waits behind another's call.
const LONGEST_MILLISECONDS = 16_000;

/**
 * Tokens of an identity and of apps, one for each audience. They are in this process alone. `post`: by which apps ask for theirs;
 * without it there are none.
 */
export function signInAs(identity: AzureIdentity, post: Post = NOBODY): SignIn {
  const credential = azureIdentity(identity);
  const known = new Map<string, Tokens>();
  const tokensFor = (audience: string, app?: App): Tokens => {
    const key = JSON.stringify([audience, app]);
    const tokens =
      known.get(key) ??
      tokensOf(app === undefined ? credential : appCredential(app, post), `${audience}/.default`, Date.now);
    known.set(key, tokens);
    return tokens;
  };
  return {
    async tokenFor(audience, app) {
      const tokens = tokensFor(audience, app);
      // Why is not said: the library's errors hold what the endpoint answered.
      const given = await tokens.get(AbortSignal.timeout(LONGEST_MILLISECONDS)).catch(() => undefined);
      if (given === undefined || SENDABLE.test(given)) return given;
      tokens.forget(given);
      return undefined;
    },
    refused: (audience, token, app) => tokensFor(audience, app).forget(token),
  };
}

const NOBODY: Post = async () => ({ kind: 'unanswered', reason: 'connection' });

/** What a header may hold: https://www.rfc-editor.org/rfc/rfc6750#section-2.1. */
const SENDABLE = /^[\w.~+/=-]+$/;

/** Posts with a token where a letter names its audience, and without one nothing of these. */
export const signedIn =
  (post: Post, { tokenFor, refused }: SignIn): Post =>
  async (letter, read) => {
    const { audience, app, url, headers } = letter;
    if (audience === undefined) return post(letter, read);
    if (!isSecret(URL.parse(url))) return { kind: 'unanswered', reason: 'connection' };
    const token = await tokenFor(audience, app);
    if (token === undefined) return { kind: 'unanswered', reason: app === undefined ? 'NoToken' : 'NoAppToken' };
    const answer = await post({ ...letter, headers: { ...headers, authorization: `Bearer ${token}` } }, read);
    // It may be of before a role was given; the next try has another one.
    if (answer.kind === 'answered' && answer.status === 401) refused(audience, token, app);
    return answer;
  };

/** Whether nobody reads along on the way: a token is a password for an hour or for a day. */
const isSecret = (url: URL | null): boolean => url !== null && (url.protocol === 'https:' || isLoopback(url.hostname));
