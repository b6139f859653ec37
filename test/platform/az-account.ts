import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Resource Manager with TLS, as az wants it, in front of one without; it gives out tokens as an app's identity gets them. */
export interface TlsFront extends AsyncDisposable {
  readonly url: string;
  readonly certificate: string;
}

export async function tlsFront(folder: string, target: string): Promise<TlsFront> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate],
  ]);
  const server: Server = createServer(
    { key: await readFile(key), cert: await readFile(certificate) },
    async (message, response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of message) chunks.push(chunk as Buffer);
        const { method = 'GET', url = '/' } = message;
        if (url.startsWith('/token')) {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(token()));
          return;
        }
        const body = Buffer.concat(chunks);
        const answer = await fetch(target + url, { method, ...(body.length > 0 && { body }) });
        response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
        response.end(await answer.text());
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    },
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    certificate,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Looks like a token, and is none: az reads its middle and signs nothing. */
function token() {
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { aud: 'https://localhost', exp: expires, iat: expires - 86_400, tid: TENANT, oid: TENANT };
  const access_token = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.none`;
  return { access_token, expires_on: `${expires}`, resource: 'https://localhost', token_type: 'Bearer' };
}

const TENANT = '00000000-0000-4000-8000-00000000000a';

/** The environment of an az that is signed in with an app's identity, to a cloud of its own. Nothing of the user's is read. */
export async function azAccount(folder: string, { url, certificate }: TlsFront, subscriptions: readonly string[]) {
  const config = join(folder, 'azure');
  await mkdir(config);
  const endpoints = ['resource_manager', 'management', 'active_directory', 'active_directory_resource_id', 'gallery'];
  await writeFile(
    join(config, 'clouds.config'),
    `[here]\n${endpoints.map((name) => `endpoint_${name} = ${url}/\n`).join('')}`,
  );
  await writeFile(join(config, 'config'), '[cloud]\nname = here\n[core]\ncollect_telemetry = no\noutput = json\n');
  const user = { name: 'systemAssignedIdentity', type: 'servicePrincipal', assignedIdentityInfo: 'MSI' };
  const known = subscriptions.map((id, index) => ({
    ...{ id, name: id, state: 'Enabled', user, isDefault: index === 0, tenantId: TENANT, homeTenantId: TENANT },
    ...{ environmentName: 'here', managedByTenants: [] },
  }));
  await writeFile(join(config, 'azureProfile.json'), JSON.stringify({ installationId: TENANT, subscriptions: known }));
  const identity = {
    MSI_ENDPOINT: `${url}/token`,
    MSI_SECRET: 'none',
    IDENTITY_ENDPOINT: `${url}/token`,
    IDENTITY_HEADER: 'none',
  };
  return {
    ...{
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      AZURE_CONFIG_DIR: config,
      APPSETTING_WEBSITE_SITE_NAME: 'here',
    },
    ...{ REQUESTS_CA_BUNDLE: certificate, AZURE_CORE_NO_COLOR: '1', PYTHONWARNINGS: 'ignore', ...identity },
  };
}
