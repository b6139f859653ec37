import { createServer } from 'node:http';
import { answerOf } from '../../src/relay/receipt.ts';
import { createRelay } from '../../src/relay/relay.ts';
import type { Credentials } from '../../src/sources/verify.ts';
import { listenOwn } from '../support/own-port.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, requestOf } from '../support/relay.ts';

/** An answer in the relay's place; `reset` cuts the connection instead. */
export interface Fault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly reset?: boolean;
}

/**
 * The relay itself behind an HTTP server, with what it was posted. `credentials` are those of its source `custom`; `faults` answers in
 * its place, by the number of requests before, for as long as it has an answer.
 */
export async function relayAt(
  credentials?: Credentials,
  faults: (before: number) => Fault | undefined = () => undefined,
) {
  const ports = memoryPorts();
  const relay = createRelay({
    receivers: [receiverAt('slack', 'http://127.0.0.1:9/', 'ops-slack')],
    routes: [{ to: ['ops-slack'] }],
    // Signatures have the time of whoever posts.
    ports: { ...ports, clock: { ...ports.clock, now: Date.now } },
    ...(credentials && { sources: { custom: { credentials, include: [] } } }),
  });
  const posted: { readonly headers: Readonly<Record<string, string>>; readonly path: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const fault = faults(posted.length);
    posted.push({ headers, path: request.url ?? '' });
    if (fault?.reset) return void request.socket.destroy();
    if (fault !== undefined) return void response.writeHead(fault.status ?? 503, fault.headers).end(fault.body);
    const { pathname, search } = new URL(request.url ?? '', 'http://relay');
    const source = /^\/api\/webhooks\/([\w-]+)$/.exec(pathname)?.[1];
    const { status, jsonBody } = answerOf(
      await relay.accept(requestOf(Buffer.concat(chunks), { source, headers, query: search })),
    );
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(jsonBody));
  });
  const port = await listenOwn(server);
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    /** The events that the relay has taken, in their order. */
    events: () => ports.deliveries.sent.flatMap(({ message }) => ('event' in message ? [message.event] : [])),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
