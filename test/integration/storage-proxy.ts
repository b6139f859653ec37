import {
  Agent,
  request as call,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy answers instead of storage. */
interface Fault {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

/** Storage behind a proxy that counts the calls, can answer by itself, and can be shut. */
export interface StorageProxy extends AsyncDisposable {
  /** Leads to the same account, through the proxy. */
  readonly connectionString: string;
  /** Method and path of every call, in order. */
  readonly calls: string[];
  /** `hang` takes calls and never answers. */
  fault: Fault | 'hang' | undefined;
  /** Is given all that is written. */
  heard: ((call: string, body: string) => void) | undefined;
  /** Refuses connections from now on. */
  shut(): Promise<void>;
  reopen(): Promise<void>;
}

const ENDPOINTS = ['BlobEndpoint', 'QueueEndpoint', 'TableEndpoint'] as const;

export async function proxyTo(connectionString: string): Promise<StorageProxy> {
  const agent = new Agent({ keepAlive: true });
  let rewritten = connectionString;
  const doors: { server: Server; port: number }[] = [];
  const proxy: StorageProxy = {
    get connectionString() {
      return rewritten;
    },
    calls: [],
    fault: undefined,
    heard: undefined,
    async shut() {
      await Promise.all(doors.map(({ server }) => closed(server)));
    },
    async reopen() {
      await Promise.all(doors.map(({ server, port }) => opened(server, port)));
    },
    async [Symbol.asyncDispose]() {
      await proxy.shut();
      agent.destroy();
    },
  };
  for (const name of ENDPOINTS) {
    const endpoint = new URL(new RegExp(`${name}=([^;]+)`).exec(connectionString)?.[1] ?? '');
    const server = createServer((request, response) => pass(proxy, agent, endpoint, request, response));
    const port = await opened(server, 0);
    doors.push({ server, port });
    rewritten = rewritten.replace(`${name}=${endpoint.origin}`, `${name}=http://127.0.0.1:${port}`);
  }
  return proxy;
}

function pass(
  { calls, fault, heard }: StorageProxy,
  agent: Agent,
  { hostname, port }: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = '', url: path = '', headers } = request;
  const name = `${method} ${path.replace(/\?.*/, '')}`;
  calls.push(name);
  if (fault === 'hang') return;
  if (fault !== undefined) {
    request.resume();
    response.writeHead(fault.status, fault.headers).end(fault.body);
    return;
  }
  const onward = call({ agent, hostname, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  if (heard !== undefined) {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => heard(name, Buffer.concat(chunks).toString('utf8')));
  }
  request.pipe(onward);
}

const opened = (server: Server, port: number): Promise<number> =>
  new Promise((done, fail) => {
    server.once('error', fail).listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port));
  });

async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  const finished = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await finished;
}
