import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply } from '../support/server.ts';

/** Where messages end, as cheap as can be: it notes which `id-<number>` each body names, and answers. */
export interface Sink extends AsyncDisposable {
  readonly url: string;
  /** When each message arrived and was taken: milliseconds, by its number. */
  readonly taken: ReadonlyMap<number, number>;
  /** Bodies that came, taken or not. */
  readonly calls: number;
  /** Ids that came again after they were taken. */
  readonly doubled: number;
  /** The answer to the next calls; a fault takes no message. `before` counts the calls of the same id. */
  reply: (before: number) => Reply & { readonly fault?: boolean };
  forget(): void;
}

export async function openSink(): Promise<Sink> {
  const taken = new Map<number, number>();
  const calls = new Map<number, number>();
  let total = 0;
  let doubled = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const ids = new Set([...body.matchAll(/id-(\d+)/g)].map(([, id]) => Number(id)));
      total += 1;
      const [first = 0] = ids;
      const before = calls.get(first) ?? 0;
      calls.set(first, before + 1);
      const { status, body: text = '', headers = {}, fault = false } = sink.reply(before);
      for (const id of fault ? [] : ids) {
        if (taken.has(id)) doubled += 1;
        else taken.set(id, performance.timeOrigin + performance.now());
      }
      response.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const sink: Sink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken,
    get calls() {
      return total;
    },
    get doubled() {
      return doubled;
    },
    reply: () => ({ status: 200, body: 'ok' }),
    forget() {
      taken.clear();
      calls.clear();
      total = 0;
      doubled = 0;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return sink;
}
