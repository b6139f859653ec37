import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listenOwn } from '../../support/own-port.ts';

export interface Asked {
  readonly call: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

interface Says {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

/** A real HTTP server that answers by method and path ("GET /api/health") and keeps what it was asked; 404 else. */
export async function fakeRelay(answers: Readonly<Record<string, Says | ((asked: Asked) => Says)>>) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://relay');
    const text = Buffer.concat(chunks).toString('utf8');
    const one = {
      call: `${request.method} ${pathname}`,
      query: Object.fromEntries(searchParams),
      headers: request.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    asked.push(one);
    const found = answers[one.call] ?? { status: 404 };
    const says = typeof found === 'function' ? found(one) : found;
    response
      .writeHead(says.status ?? 200, { 'content-type': 'application/json', ...says.headers })
      .end(says.text ?? JSON.stringify(says.json ?? {}));
  });
  const port = await listenOwn(server);
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const EVENT = {
  id: '9f3c1ab2d4e5f60718293a4b5c6d7e8f',
  kind: 'scale',
  source: 'azure-autoscale',
  severity: 'error',
  occurredAt: '2026-11-20T14:05:09.962Z',
  resource: 'shop-web',
  told: 'failed',
  subject: 'shop-web',
  figure: '3 / 6',
};

/** A delivery as GET /api/deliveries lists it. */
export const deliveryOf = (more: object = {}, event: object = {}) => ({
  receiver: 'ops-slack',
  state: 'dead',
  attempt: 0,
  updatedAt: '2026-11-20T14:05:11.000Z',
  attempts: [{ at: '2026-11-20T14:05:10.000Z', milliseconds: 143, outcome: 'broken', reason: 'no_service' }],
  reason: 'no_service',
  ...more,
  event: { ...EVENT, ...event },
});

/** A problem as the relay answers it. */
export const problemOf = (code: string, status: number, detail: string, errors: readonly object[] = []) => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  json: { type: `urn:autoscale-relay:problem:${code}`, title: code, status, detail, errors },
});
