import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { botFrameworkVerifier } from '../../src/outbound/sign-in/bot-framework.ts';
import { KeysError } from '../../src/problems/errors.ts';
import { listen } from '../support/server.ts';

const APP = '11111111-2222-4333-8444-555555555555';
const SERVICE = 'https://smba.trafficmanager.net/emea/';
const CLAIMED = { serviceUrl: SERVICE, channelId: 'msteams' };

const [known, unknown] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
const { publicKey, privateKey } = known;

const published = async (endorsements: unknown = ['msteams', 'email'], kid = 'key-1') =>
  JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig', endorsements }] });

interface Manner {
  readonly issuer?: string;
  readonly audience?: string;
  readonly service?: string;
  readonly claim?: string;
  readonly expires?: number;
  readonly begins?: number;
  readonly kid?: string;
  readonly by?: typeof privateKey;
}

/** A token as the Bot Connector makes them. Times are in seconds from now. */
const token = ({
  issuer = 'https://api.botframework.com',
  audience = APP,
  service = SERVICE,
  ...more
}: Manner = {}) => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ [more.claim ?? 'serviceurl']: service })
    .setProtectedHeader({ alg: 'RS256', kid: more.kid ?? 'key-1' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setNotBefore(now + (more.begins ?? 0))
    .setExpirationTime(now + (more.expires ?? 3_600))
    .sign(more.by ?? privateKey);
};

async function keyServer(endorsements?: unknown) {
  const body = await published(endorsements);
  const server = await listen({ status: 200, body, headers: { 'content-type': 'application/json' } });
  return { server, verify: botFrameworkVerifier({ appId: APP, keys: `${server.url}/keys` }) };
}

describe('a message of the Bot Connector', () => {
  it.each<[string, boolean, Manner]>([
    ['to this bot', true, {}],
    ['by the other spelling of the claim', true, { claim: 'serviceUrl' }],
    ['that ended four minutes ago', true, { expires: -240 }],
    ['that ended six minutes ago', false, { expires: -360 }],
    ['that begins in four minutes', true, { begins: 240 }],
    ['that begins in six minutes', false, { begins: 360 }],
    ['to another bot', false, { audience: '99999999-2222-4333-8444-555555555555' }],
    ['of another issuer', false, { issuer: 'https://sts.windows.net/x/' }],
    ['of the other cloud', false, { issuer: 'https://api.botframework.us' }],
    ['of another service', false, { service: 'https://smba.trafficmanager.net/amer/' }],
    ['by a key that nobody has published', false, { kid: 'key-2' }],
    ['signed by somebody else', false, { by: unknown.privateKey }],
  ])('%s: %s', async (_what, taken, manner) => {
    const { server, verify } = await keyServer();
    await using _ = server;

    expect(await verify(await token(manner), CLAIMED)).toBe(taken);
  });

  it.each([[['email', 'skype']], [[]], [undefined], ['msteams']])(
    'is not taken by a key that is endorsed for others: %j',
    async (endorsements) => {
      const { server, verify } = await keyServer(endorsements ?? null);
      await using _ = server;

      expect(await verify(await token(), CLAIMED)).toBe(false);
    },
  );

  it.each(['', 'x', 'a.b.c', `${btoa('{"alg":"none"}')}.${btoa('{}')}.`])(
    'is not taken without a token: %j',
    async (text) => {
      const { server, verify } = await keyServer();
      await using _ = server;

      expect(await verify(text, CLAIMED)).toBe(false);
    },
  );

  it('is checked by keys that are fetched once', async () => {
    const { server, verify } = await keyServer();
    await using _ = server;

    const all = await Promise.all(Array.from({ length: 5 }, async () => verify(await token(), CLAIMED)));

    expect([...all, await verify(await token(), CLAIMED)]).toStrictEqual(Array(6).fill(true));
    expect(server.received).toHaveLength(1);
  });

  it('is neither taken nor refused where the keys cannot be had', async () => {
    await using server = await listen({ status: 503 });
    const verify = botFrameworkVerifier({ appId: APP, keys: `${server.url}/keys` });

    await expect(verify(await token(), CLAIMED)).rejects.toThrow(KeysError);
  });
});
