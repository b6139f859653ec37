import { createServer } from 'node:https';
import { gunzipSync } from 'node:zlib';
import { certificate } from '../support/certificate.ts';
import { listenOwn } from '../support/own-port.ts';

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

const answer = JSON.stringify({ itemsReceived: 1, itemsAccepted: 1, errors: [] });

/** The ingestion endpoint of Application Insights, on this machine. It is HTTPS, as the exporter knows nothing else. */
export async function ingestion() {
  const own = await certificate();
  const received: { readonly path: string; readonly authorization: string | undefined; readonly body: string }[] = [];
  const server = createServer({ key: own.key, cert: own.cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
      received.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  const port = await listenOwn(server);
  return {
    received,
    /** For APPLICATIONINSIGHTS_CONNECTION_STRING. */
    connectionString: `InstrumentationKey=00000000-0000-4000-8000-0000000000aa;IngestionEndpoint=https://127.0.0.1:${port}/`,
    /** For NODE_EXTRA_CA_CERTS. */
    certificate: own.file,
    envelopes: (): readonly Envelope[] => received.flatMap(({ body }) => JSON.parse(body) as readonly Envelope[]),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await own[Symbol.asyncDispose]();
    },
  };
}
