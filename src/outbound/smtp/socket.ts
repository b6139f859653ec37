import { connect, isIP, type Socket } from 'node:net';
import { guardedLookup, type Reach, type Resolve, within } from '../http/guarded-agents.ts';

/** How far a socket leads, and when it ends, whatever it is doing by then. */
interface Way {
  readonly reach: Reach;
  readonly resolve: Resolve;
  /** Of an AbortSignal.timeout: nothing here waits by itself. */
  readonly signal: AbortSignal;
}

/** An open socket to a server, which is connected to only where `reach` allows. Rejects with what Node says, or a word of ours. */
export function socketTo(host: string, port: number, { reach, resolve, signal }: Way): Promise<Socket> {
  const isAllowed = within(reach);
  // What is an address is not looked up.
  if (isIP(host) !== 0 && !isAllowed(host)) return Promise.reject(new Error('an address that is not connected to'));
  return new Promise((done, fail) => {
    const socket = connect({ host, port, signal, lookup: guardedLookup(isAllowed, resolve) });
    socket.once('error', fail);
    socket.once('connect', () => {
      // Whoever has it is told by its end; the signal ends it with an error.
      socket.on('error', () => undefined);
      done(socket);
    });
  });
}
