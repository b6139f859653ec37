import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { listenOwn } from './own-port.ts';

/** A proxy of HTTP that makes tunnels, all of them to `port` of this machine, or does what it is told in place of that. */
export async function proxyTo(port: number, instead?: (client: Duplex) => void) {
  const asked: { readonly path: string | undefined; readonly authorization: string | undefined }[] = [];
  const open = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('connect', ({ url, headers }: IncomingMessage, client: Duplex) => {
    asked.push({ path: url, authorization: headers['proxy-authorization'] });
    client.on('error', () => client.destroy());
    client.on('end', () => client.destroy());
    if (instead !== undefined) return instead(client.resume());
    const there = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    there.on('error', () => client.destroy());
    client.pipe(there).pipe(client);
  });
  const own = await listenOwn(server);
  return {
    url: `http://127.0.0.1:${own}`,
    asked,
    open,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
