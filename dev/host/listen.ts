import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const LISTEN_MILLISECONDS = 2_000;

/** Resolves with the port, once requests are taken. Only this machine can connect. Rejects where the port stays taken. */
export async function listen(server: Server, port: number): Promise<number> {
  const until = Date.now() + LISTEN_MILLISECONDS;
  for (;;) {
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      // A relay that is just ending gives its port back in a moment.
      if (!isTaken(error) || Date.now() > until) throw error;
      await sleep(200);
    }
  }
}

/** The port to listen on later, by the system's choice where `wanted` is 0. Rejects as `listen` does: before any work. */
export async function reserved(wanted: number): Promise<number> {
  const probe = createServer((early) => early.destroy());
  const port = await listen(probe, wanted);
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Whether somebody else has the port. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
