import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpTrigger } from '../../dev/host/http-trigger.ts';
import { Inbox } from '../../dev/host/inbox.ts';
import { listen } from '../../dev/host/listen.ts';
import { pageAssets } from '../../dev/host/page-assets.ts';
import { serve } from '../../dev/host/server.ts';
import { http } from '../../functions/definitions.ts';
import { use } from '../../src/app/main.ts';
import { receiverAt, relayWith } from '../support/relay.ts';

/** The web server of the local run in this process, with a relay that keeps everything in memory. */
export async function served() {
  const folder = await mkdtemp(join(tmpdir(), 'relay-server-'));
  use(relayWith([receiverAt('slack', 'http://127.0.0.1:9/')]).relay);
  const lines: string[] = [];
  const open = async () => {
    const inbox = new Inbox(folder);
    const server = serve({
      functions: httpTrigger(Object.values(http), 'api'),
      timers: () => undefined,
      inbox,
      assets: pageAssets,
      receivers: () => ({ receivers: ['inbox-slack'], builtIn: true }),
      log: (line) => lines.push(line),
    });
    const url = `http://127.0.0.1:${await listen(server, 0)}`;
    const close = async () => {
      inbox.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    };
    return { url, close };
  };
  let { url, close } = await open();
  return {
    get url() {
      return url;
    },
    lines,
    async restart() {
      await close();
      ({ url, close } = await open());
    },
    async [Symbol.asyncDispose]() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
