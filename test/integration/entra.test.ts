import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { entraVerifier } from '../../src/outbound/sign-in/entra.ts';
import { KeysError } from '../../src/problems/errors.ts';
import { listenOwn } from '../support/own-port.ts';
import { listen } from '../support/server.ts';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

const TENANT = '11111111-2222-3333-4444-555555555555';
const CALLER = '461e8683-5575-4561-ac7f-899cc907d62a';
const AUDIENCE = 'api://relay';

let keys: Keys;
let others: Keys;

beforeAll(async () => {
  [keys, others] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
});

const claims = {
  azp: CALLER,
  tid: TENANT,
  roles: ['ActionGroupsSecureWebhook'],
  aud: AUDIENCE,
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
};

/** A token as Entra ID makes it, with some claims changed; `undefined` takes a claim away. */
function token(changed: Record<string, unknown> = {}, { signer = keys, expires = '5m' } = {}): Promise<string> {
  return new SignJWT({ ...claims, ...changed })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(signer.privateKey);
}

/** What the verifier says, with the tenant's keys at a real server. */
async function isGood(given: string): Promise<boolean> {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  await using server = await listen({
    status: 200,
    body: JSON.stringify({ keys: [jwk] }),
    headers: { 'content-type': 'application/json' },
  });
  return await verifier(server.url)(given);
}

const verifier = (url: string) =>
  entraVerifier({
    tenant: TENANT,
    audience: [AUDIENCE, 'client-id'],
    callers: [CALLER],
    roles: ['ActionGroupsSecureWebhook'],
    keys: url,
  });

describe('an Entra ID token of a secure webhook', () => {
  it('is not taken for ever: one that does not end is refused', async () => {
    const endless = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'key-1' }).sign(keys.privateKey);

    expect(await isGood(endless)).toBe(false);
  });

  it('is taken in its v2 form', async () => {
    expect(await isGood(await token())).toBe(true);
  });

  it('is taken in its v1 form, which names the caller in appid and another issuer', async () => {
    const v1 = { azp: undefined, appid: CALLER, iss: `https://sts.windows.net/${TENANT}/` };

    expect(await isGood(await token(v1))).toBe(true);
  });

  it.each([
    ['another issuer', { iss: 'https://login.microsoftonline.com/other/v2.0' }],
    ['another audience', { aud: 'api://somebody-else' }],
    ['another tenant', { tid: 'other' }],
    ['another caller', { azp: '00000000-0000-0000-0000-000000000000' }],
    ['no caller', { azp: undefined }],
    ['another role', { roles: ['Reader'] }],
    ['no role', { roles: undefined }],
    ['a role that is no list', { roles: 'ActionGroupsSecureWebhook' }],
  ])('is refused with %s', async (_what, changed) => {
    expect(await isGood(await token(changed))).toBe(false);
  });

  it('is refused once it has expired', async () => {
    expect(await isGood(await token({}, { expires: '-5m' }))).toBe(false);
  });

  it('is refused when another key has signed it', async () => {
    expect(await isGood(await token({}, { signer: others }))).toBe(false);
  });

  it('is refused unsigned', async () => {
    const [, payload] = (await token()).split('.');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');

    expect(await isGood(`${header}.${payload}.`)).toBe(false);
  });

  it.each(['', 'x', 'a.b.c'])('is refused when it is "%s"', async (text) => {
    expect(await isGood(text)).toBe(false);
  });

  it('is refused where it names no key, or asks for what nobody understands', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = part(claims);
    const jwk = { ...(await exportJWK(keys.publicKey)), alg: 'RS256', use: 'sig' };
    const two = {
      keys: [
        { ...jwk, kid: 'key-1' },
        { ...jwk, kid: 'key-2' },
      ],
    };
    const headers = { 'content-type': 'application/json' };
    await using server = await listen({ status: 200, body: JSON.stringify(two), headers });

    for (const header of [{ alg: 'RS256' }, { alg: 'RS256', kid: 'key-1', crit: ['x'], x: 1 }]) {
      expect(await verifier(server.url)(`${part(header)}.${body}.AAAA`)).toBe(false);
    }
  });

  it('cannot be judged while the keys cannot be had: the sender is asked to try again', async () => {
    await using server = await listen({ status: 500 });

    await expect(verifier(server.url)(await token())).rejects.toBeInstanceOf(KeysError);
    await expect(verifier('http://127.0.0.1:1')(await token())).rejects.toBeInstanceOf(KeysError);
  });
});

describe('the keys of a tenant that were good', () => {
  it('stay in use where newer ones are not to be had, and give way to them once they are', async () => {
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
    let silent = false;
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      if (!silent) response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
    });
    const port = await listenOwn(server);
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const check = verifier(`http://127.0.0.1:${port}/`);
      const given = await token({}, { expires: '3h' });
      expect(await check(given)).toBe(true);
      vi.setSystemTime(Date.now() + 11 * 60_000);
      silent = true;

      expect(await check(given)).toBe(true);
      await vi.waitFor(() => expect(asked).toBe(2), 120_000);
      expect(await check(given)).toBe(true);

      silent = false;
      server.closeAllConnections();
      vi.setSystemTime(Date.now() + 60_000);
      await vi.waitFor(async () => {
        expect(await check(given)).toBe(true);
        expect(asked).toBeGreaterThan(2);
      }, 120_000);
    } finally {
      vi.useRealTimers();
      server.closeAllConnections();
      server.close();
    }
  });
});
