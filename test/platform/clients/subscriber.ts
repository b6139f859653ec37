import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOwn } from '../../support/own-port.ts';
import type { Stack } from '../../support/stack.ts';

export interface Got {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes what the product sends, as it came. */
export async function subscriber(stack: Stack): Promise<{ readonly url: string; readonly got: readonly Got[] }> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    got.push({ headers: Object.fromEntries(headers), body: await text(request) });
    response.writeHead(204).end();
  });
  const port = await listenOwn(server);
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${port}/events`, got };
}
