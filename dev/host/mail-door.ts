import type { Server } from 'node:net';
import { mailServerAt } from '../../src/destinations/email/server-address.ts';
import { isLoopback } from '../../src/destinations/public-address.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import type { Inbox } from './inbox.ts';

/** The port of this machine that a receiver sends its mail to, in clear; undefined where it sends none there. */
export function mailPortOf({ type, url }: Pick<Receiver, 'type' | 'url'>): number | undefined {
  const server = type === 'email' ? mailServerAt(url) : undefined;
  return server !== undefined && !server.secure && isLoopback(server.host) ? server.port : undefined;
}

interface Given {
  readonly receivers: readonly Receiver[];
  readonly inbox: Pick<Inbox, 'take'>;
  readonly log: (line: string) => void;
}

/**
 * Takes the mail that receivers send to this machine, at every port that one of them names, and shows it in the inbox. A port
 * where somebody else listens is theirs. Resolves with what ends it.
 */
export async function openMailDoors({ receivers, inbox, log }: Given): Promise<() => Promise<void>> {
  const ports = new Set(receivers.flatMap((each) => mailPortOf(each) ?? []));
  if (ports.size === 0) return async () => undefined;
  const { mailDoor } = await import('./mail-server.ts');
  const servers: Server[] = [];
  for (const port of ports) {
    const here = receivers.filter((each) => mailPortOf(each) === port);
    const server = mailDoor(here, inbox);
    const taken = await listening(server, port);
    if (taken === undefined) servers.push(server);
    else log(`mail to port ${port} is not shown here: ${taken}`);
  }
  return async () => {
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  };
}

/** Undefined once it listens; else why it cannot. */
const listening = (server: Server, port: number): Promise<string | undefined> =>
  new Promise((done) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code === 'EADDRINUSE' ? 'another program listens there, and gets it' : 'no program may listen there'),
    );
    server.listen(port, '127.0.0.1', () => done(undefined));
  });
