import { createServer } from 'node:net';

/** A port of this machine that nobody has now, by the system's choice where `wanted` is 0; undefined where it is taken. */
export function freePort(wanted = 0): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer().on('error', () => done(undefined));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
