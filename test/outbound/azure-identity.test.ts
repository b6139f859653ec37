import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { azureIdentity, withinPatience } from '../../src/outbound/sign-in/identity.ts';
import { cachedTokens } from '../../src/outbound/sign-in/token.ts';
import { listenOwn } from '../support/own-port.ts';

const SCOPE = 'https://storage.azure.com/.default';

/** The identity endpoint of an app, which can stop answering. */
async function endpoint() {
  const state = { silent: false, asked: 0, open: new Set<ServerResponse>() };
  const server = createServer((request, response) => {
    state.asked += 1;
    state.open.add(response);
    response.on('close', () => state.open.delete(response));
    if (state.silent) return;
    const resource = new URL(request.url ?? '', 'http://here').searchParams.get('resource');
    const token = { access_token: `token-${state.asked}`, resource, token_type: 'Bearer' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...token, expires_on: Math.floor(Date.now() / 1000) + 3_600 }));
  });
  const port = await listenOwn(server);
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${port}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', 'here');
  return {
    state,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('an identity', () => {
  it('whose endpoint does not answer fails all who ask, and is asked anew by the next', async () => {
    await using there = await endpoint();
    there.state.silent = true;
    const credential = azureIdentity({ kind: 'managed', clientId: 'somebody' });

    const asked = await Promise.allSettled([credential.getToken(SCOPE), credential.getToken(SCOPE)]);
    expect(asked.map(({ status }) => status)).toStrictEqual(['rejected', 'rejected']);
    await expect(credential.getToken(SCOPE)).rejects.toThrow();
    // Nobody waits for the lost requests any more.
    await vi.waitFor(() => expect(there.state.open.size).toBe(0), 120_000);

    there.state.silent = false;

    expect(await credential.getToken(SCOPE)).toMatchObject({ token: expect.stringMatching(/^token-/) });
  });

  it('that fails is opened anew', async () => {
    let opened = 0;
    const credential = withinPatience(async () => {
      opened += 1;
      if (opened === 1) throw new Error('not yet');
      return { getToken: async () => ({ token: 'good', expiresOnTimestamp: 0 }) };
    });

    await expect(credential.getToken(SCOPE)).rejects.toThrow('not yet');
    expect(await credential.getToken(SCOPE)).toMatchObject({ token: 'good' });
    expect(await credential.getToken(SCOPE)).toMatchObject({ token: 'good' });
    expect(opened).toBe(2);
  });

  it('keeps nobody for longer than their own call may take, and the others go on', async () => {
    const { promise: token, resolve } = Promise.withResolvers<{ token: string; expiresOnTimestamp: number }>();
    let asked = 0;
    const credential = withinPatience(async () => ({
      getToken: () => {
        asked += 1;
        return token;
      },
    }));
    const call = new AbortController();
    const other = credential.getToken(SCOPE);
    const ended = expect(credential.getToken(SCOPE, { abortSignal: call.signal })).rejects.toThrow('has ended');

    call.abort();

    await ended;
    await expect(credential.getToken(SCOPE, { abortSignal: call.signal })).rejects.toThrow('has ended');
    resolve({ token: 'good', expiresOnTimestamp: 0 });
    expect(await other).toMatchObject({ token: 'good' });
    expect(asked).toBe(3);
  });

  it('that was lost gives Resource Manager a token again', async () => {
    let opened = 0;
    const tokens = cachedTokens(
      async () => {
        opened += 1;
        const token = { token: `token-${opened}`, expiresOnTimestamp: 3_600_000 };
        return { getToken: opened === 1 ? () => new Promise(() => undefined) : async () => token };
      },
      SCOPE,
      () => 0,
    );
    const { signal } = new AbortController();

    await expect(tokens.get(signal)).rejects.toThrow();
    expect(await tokens.get(signal)).toBe('token-2');
  });
});
