import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listenOwn } from './own-port.ts';

export interface Reply {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  /** Answers after this many milliseconds, or once this has come to pass. */
  readonly after?: number | Promise<unknown>;
  /** Cuts the connection instead of answering. */
  readonly reset?: boolean;
}

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** A real HTTP server on a free port that keeps what it got. `reply` may look at how many came before. */
export async function listen(reply: Reply | ((request: ReceivedRequest, before: number) => Reply)) {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const got = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
        at: Date.now(),
      };
      const {
        status,
        body = '',
        headers = {},
        after = 0,
        reset = false,
      } = typeof reply === 'function' ? reply(got, received.length) : reply;
      received.push(got);
      const answer = () => (reset ? request.socket.destroy() : response.writeHead(status, headers).end(body));
      if (typeof after === 'number') setTimeout(answer, after);
      else void after.then(answer);
    });
  });
  // A connection that is kept is not closed under a request, however long a busy machine takes to its next one.
  server.keepAliveTimeout = 120_000;
  const port = await listenOwn(server);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
