import { randomUUID } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { hostSettings } from '../../../dev/host/host-settings.ts';
import { http } from '../../../functions/definitions.ts';
import { listenOwn } from '../../support/own-port.ts';
import type { Stack } from '../../support/stack.ts';
import type { NodeWorker } from './node-worker.ts';

/** What Azure's host does with a request: it invokes the function, and passes the request on to the library under the id of that invocation. */
export async function frontOf(stack: Stack, worker: NodeWorker): Promise<string> {
  const { routePrefix } = await hostSettings();
  const routes = Object.entries(http).map(([name, { route }]) => ({ name, pattern: patternOf(routePrefix, route) }));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const found = routes.find(({ pattern }) => pattern.test(pathname));
    if (found === undefined) return void response.writeHead(404).end();
    const groups = found.pattern.exec(pathname)?.groups ?? {};
    const params = Object.entries(groups).flatMap(([name, string]) =>
      string === undefined ? [] : [[name, { string }]],
    );
    const invocationId = randomUUID();
    // The answer comes by HTTP; the invocation's own says that it has ended.
    worker.invoke(found.name, invocationId, { http: {} }, Object.fromEntries(params)).catch(() => undefined);
    passOn(worker.httpUri, invocationId, request, response);
  });
  const port = await listenOwn(server);
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${port}/${routePrefix}`;
}

const patternOf = (prefix: string, route: string): RegExp =>
  new RegExp(`^/${prefix}/${route.replace(/\/\{(\w+)\?\}/g, '(?:/(?<$1>[^/]+))?')}$`);

function passOn(uri: string, invocationId: string, request: IncomingMessage, response: ServerResponse): void {
  const { host = '' } = request.headers;
  const forwarded = { 'x-forwarded-host': host, 'x-forwarded-proto': 'http', 'x-ms-invocation-id': invocationId };
  const onward = httpRequest(
    new URL(request.url ?? '/', uri),
    // Azure's host takes no connection again whose request it had not sent whole.
    { agent: false, method: request.method, headers: { ...request.headers, ...forwarded } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  response.on('error', () => undefined);
  request.on('error', () => onward.destroy());
  // A caller that breaks off is one that the host breaks off for.
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
