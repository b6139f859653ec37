import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { vi } from 'vitest';
import { listenOwn } from './own-port.ts';

interface Asked {
  readonly resource: string | null;
  readonly version: string | null;
  readonly header: string | string[] | undefined;
}

type Behaviour = (response: ServerResponse, token: Readonly<Record<string, unknown>>) => void;

const WELL: Behaviour = (response, token) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));

/**
 * The identity endpoint of an app on Azure, as
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference says, until it is told to
 * misbehave. One for each file of tests: the library keeps the first that it finds.
 */
export async function identityEndpoint() {
  const asked: Asked[] = [];
  const state: { behave: Behaviour; well: Behaviour } = { behave: WELL, well: WELL };
  const server = createServer((request: IncomingMessage, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://here');
    const resource = searchParams.get('resource');
    asked.push({ resource, version: searchParams.get('api-version'), header: request.headers['x-identity-header'] });
    state.behave(response, {
      access_token: `t0ken.${asked.length}`,
      expires_on: `${Math.floor(Date.now() / 1000) + 86_400}`,
      resource,
      token_type: 'Bearer',
      client_id: '00000000-0000-0000-0000-000000000001',
    });
  });
  const port = await listenOwn(server);
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${port}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', 'here');
  return {
    asked,
    state,
    async close() {
      vi.unstubAllEnvs();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
