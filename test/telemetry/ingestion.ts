import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

/** What Application Insights stores: a row of `dependencies`, `requests` or `customMetrics`. */
export interface Envelope {
  readonly name: string;
  readonly iKey: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: {
    readonly baseType: string;
    readonly baseData: {
      readonly id?: string;
      readonly name?: string;
      readonly success?: boolean;
      readonly properties: Readonly<Record<string, string>>;
      readonly metrics?: readonly { readonly name: string; readonly value: number; readonly count?: number }[];
    };
  };
}

const openssl = (...all: string[]) => promisify(execFile)('openssl', all);

/** Whether this machine can make the certificate that the endpoint needs. */
export const canCertify = (): Promise<boolean> =>
  openssl('version').then(
    () => true,
    () => false,
  );

const answer = JSON.stringify({ itemsReceived: 1, itemsAccepted: 1, errors: [] });

/** The ingestion endpoint of Application Insights, on this machine. It is HTTPS, as the exporter knows nothing else. */
export async function ingestion() {
  const folder = await mkdtemp(join(tmpdir(), 'relay-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const wish = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=relay', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await openssl('req', ...wish, ...names, '-keyout', key, '-out', certificate);
  const received: { readonly path: string; readonly authorization: string | undefined; readonly body: string }[] = [];
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
      received.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    /** For APPLICATIONINSIGHTS_CONNECTION_STRING. */
    connectionString: `InstrumentationKey=00000000-0000-4000-8000-0000000000aa;IngestionEndpoint=https://127.0.0.1:${port}/`,
    /** For NODE_EXTRA_CA_CERTS. */
    certificate,
    envelopes: (): readonly Envelope[] => received.flatMap(({ body }) => JSON.parse(body) as readonly Envelope[]),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
