import type { Server } from 'node:net';

// Below the ports that a system gives out by itself: what a test still posts to a server that is gone reaches nobody's.
const FIRST = 12_000;
const EACH = 1_200;
const WORKERS = 16;

const first = FIRST + (Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS) * EACH;
let next = Math.floor(Math.random() * EACH);

/** Listens on 127.0.0.1 at a port that no other server of the tests has had for long, and resolves with it. */
export async function listenOwn(server: Server): Promise<number> {
  for (let tries = 0; tries < EACH; tries += 1) {
    const port = first + next;
    next = (next + 1) % EACH;
    if (await isListening(server, port)) return port;
  }
  throw new Error(`no port is free from ${first} to ${first + EACH - 1}`);
}

const isListening = (server: Server, port: number): Promise<boolean> =>
  new Promise((done, failed) => {
    const taken = (error: NodeJS.ErrnoException): void => {
      server.off('listening', listening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') done(false);
      else failed(error);
    };
    const listening = (): void => {
      server.off('error', taken);
      done(true);
    };
    server.once('error', taken).once('listening', listening).listen(port, '127.0.0.1');
  });
