import type { AccessToken } from '@azure/identity';
import type { App, Post } from '../../destinations/transport.ts';
import { asObject, jsonIn } from '../../event/json.ts';
import type { Credential } from './identity.ts';

/**
 * The credential of an app that has a secret: one request, without the library, which would take a proxy and addresses of its own choice.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#first-case-access-token-request-with-a-shared-secret
 */
export function appCredential({ id, secret, tokens, proxy }: App, post: Post): Credential {
  const ask = async (scope: string): Promise<AccessToken> => {
    const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret, scope };
    const answer = await post({
      url: tokens,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      proxy,
    });
    const given = answer.kind === 'answered' && answer.status === 200 ? asObject(jsonIn(answer.body)) : {};
    const { access_token: token, expires_in: seconds } = given;
    // What was answered is repeated nowhere: it may hold what it was asked with.
    if (typeof token !== 'string' || !(Number(seconds) > 0)) throw new Error('no token was given');
    return { token, expiresOnTimestamp: Date.now() + Number(seconds) * 1_000 };
  };
  // Each time it is asked for a token, it fetches one.
  return { getToken: async (scopes) => ask([scopes].flat().join(' ')), renewed: ask };
}
