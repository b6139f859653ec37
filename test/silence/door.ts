import {
  Agent,
  request as call,
  createServer as createPlain,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOwn } from '../support/own-port.ts';

/** What a dependency does in place of an answer. */
export const BEHAVIOURS = [
  /** Takes the request and says nothing. */
  'silent',
  /** Says how long its answer is, and nothing more. */
  'head',
  /** A byte a second. */
  'trickle',
  /** 64 KiB every 50 ms, without end. */
  'endless',
  /** Closes its side without a word. */
  'half-close',
  /** The first half of the right answer. */
  'half',
  /** The right answer, and more than was promised. */
  'longer',
  /** Cuts the connection after 3 s. */
  'reset',
  /** The right answer after 3 s, within every limit. */
  'slow',
  /** The right answer after 12 s, when whoever asked has gone. */
  'late',
] as const;

export type Behaviour = (typeof BEHAVIOURS)[number];

/** A proxy before a dependency, which can make it behave in other ways. */
export interface Door extends AsyncDisposable {
  readonly url: string;
  behaviour: Behaviour | 'well';
  /** Requests that came. */
  readonly asked: number;
  /** Connections that are open now. */
  readonly open: number;
}

/** What goes on in place of a request's own path and headers. */
export type Through = (request: IncomingMessage) => { readonly path: string; readonly headers: OutgoingHttpHeaders };

interface Where {
  /** Leads the request on; by default to the same path of `to`. */
  readonly to: string;
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer } | undefined;
  /** Changes path and headers on the way. */
  readonly through?: Through;
}

/** What a dependency said. */
interface Said {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

const asItCame: Through = ({ url: path = '/', headers }) => ({ path, headers });

export async function doorTo({ to, tls, through = asItCame }: Where): Promise<Door> {
  const target = new URL(to);
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  let asked = 0;
  const onward = (request: IncomingMessage, body: Buffer) => {
    const { path, headers } = through(request);
    return said({ agent, host: target.hostname, port: target.port, method: request.method, path, headers }, body);
  };
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    asked += 1;
    const { behaviour } = door;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await behave(behaviour, response, () => onward(request, Buffer.concat(chunks)));
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => undefined);
    // Whoever gives up in the middle gets nothing more.
    take(request, response).catch(() => response.destroy());
  };
  const server = tls === undefined ? createPlain(answer) : createSecure(tls, answer);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('close', () => sockets.delete(socket));
  });
  // What is idle is closed, so that what stays open is a request that somebody still waits for.
  server.keepAliveTimeout = 5_000;
  const port = await listenOwn(server);
  const door: Door = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    behaviour: 'well',
    get asked() {
      return asked;
    },
    get open() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      await new Promise((done) => server.close(done));
    },
  };
  return door;
}

function said(options: RequestOptions, body: Buffer): Promise<Said> {
  return new Promise((done, fail) => {
    const onward = call(options, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const {
        'transfer-encoding': _chunked,
        connection: _connection,
        'keep-alive': _keep,
        ...headers
      } = answer.headers;
      done({ status: answer.statusCode ?? 502, headers, body: Buffer.concat(chunks) });
    });
    onward.on('error', fail).end(body);
  });
}

function write(response: ServerResponse, { status, headers, body }: Said, first = body): void {
  const isBodiless = status === 204 || status === 304 || response.req.method === 'HEAD';
  response.writeHead(status, { ...headers, ...(!isBodiless && { 'content-length': body.length }) }).flushHeaders();
  if (first.length > 0) response.write(first);
}

async function behave(
  behaviour: Behaviour | 'well',
  response: ServerResponse,
  ask: () => Promise<Said>,
): Promise<void> {
  const { socket } = response.req;
  switch (behaviour) {
    case 'silent':
      return;
    case 'head':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 5_000 }).flushHeaders();
      return;
    case 'trickle':
      return flood(response, ' ', 1_000);
    case 'endless':
      return flood(response, 'x'.repeat(65_536), 50);
    case 'half-close':
      socket.end();
      return;
    case 'half': {
      const answer = await ask();
      return write(
        response,
        { ...answer, body: Buffer.concat([answer.body, Buffer.alloc(2)]) },
        answer.body.subarray(0, answer.body.length / 2),
      );
    }
    case 'longer': {
      write(response, await ask());
      response.end();
      socket.write('and more than was promised');
      return;
    }
    case 'reset':
      await sleep(3_000);
      socket.resetAndDestroy();
      return;
    case 'slow':
      await sleep(3_000);
      break;
    case 'late':
      await sleep(12_000);
      break;
    default:
      break;
  }
  write(response, await ask());
  response.end();
}

async function flood(response: ServerResponse, piece: string, milliseconds: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  while (!response.destroyed) {
    response.write(piece);
    await sleep(milliseconds);
  }
}
