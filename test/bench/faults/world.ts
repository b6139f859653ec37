import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import { STORAGE_NAMES } from '../../../src/app/compose.ts';
import { allOf } from '../../../src/delivery/rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../../../src/delivery/rules/ledger.ts';
import { azureLedger } from '../../../src/outbound/storage/ledger.ts';
import { type DataFolder, dataFolder, type LocalRun, startRun } from '../../support/local-run.ts';
import { Chat, type ChatType } from './chat.ts';

/** A receiver of the bench and what its configuration says beyond its address. */
export interface Audience {
  readonly type: ChatType;
  readonly faults?: Chat['faults'];
  /** Its own address, where it is none of the strict doubles. */
  readonly url?: string;
  /** As the configuration says it, or its own for such a chat; without it, there is none: then the rate is not the subject. */
  readonly rate?: 'default' | { readonly gather: readonly string[] };
}

/** A data folder, chats and a configuration, which live on when a relay is killed. */
export interface World extends AsyncDisposable {
  /** Where the relay is whenever one runs. */
  readonly url: string;
  readonly folder: DataFolder;
  /** By the name of the receiver. */
  readonly chats: ReadonlyMap<string, Chat>;
  start(): LocalRun;
  /** One more relay on the same storage, once it is ready; its clock is off by so many seconds. Resolves with its URL. */
  beside(skewSeconds: number): Promise<string>;
  /** The receiver's rows, straight from storage. */
  ledger(receiver: string): Promise<readonly LedgerEntry[]>;
  /** Messages of the queue, in sight or not. */
  waiting(): Promise<number>;
}

const SKEWED = new URL('skewed.ts', import.meta.url).href;
const SECRET = `whsec_${Buffer.from('a bench has no secrets of its own').toString('base64')}`;

const open = new Set<World>();

/** Ends the relays and the storage of a bench that is broken off: nothing that it started goes on. */
export const endAll = async (): Promise<void> => {
  await Promise.allSettled([...open].map((world) => world[Symbol.asyncDispose]()));
};

/** Each receiver gets what is about the scale set of its name; with `toAll`, everything. */
export async function createWorld(
  audiences: Readonly<Record<string, Audience>>,
  toAll = false,
  windows: readonly object[] = [],
): Promise<World> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await dataFolder());
  const chats = new Map<string, Chat>();
  for (const [name, { type, faults }] of Object.entries(audiences)) {
    chats.set(name, stack.use(await new Chat(type, faults).listen()));
  }
  const names = Object.keys(audiences);
  const config = {
    receivers: Object.fromEntries(
      Object.entries(audiences).map(([name, { type, rate, url = chats.get(name)?.url }]) => [
        name,
        {
          type,
          url,
          ...(rate !== 'default' && { rate: rate ?? 'off' }),
          ...(type === 'webhook' && { secret: SECRET }),
        },
      ]),
    ),
    routes: toAll ? [{ to: names }] : names.map((name) => ({ match: { resource: name }, to: [name] })),
    ...(windows.length > 0 && { quiet: { windows } }),
  };
  const file = join(folder.path, 'relay.yaml');
  // JSON is YAML as well.
  await writeFile(file, JSON.stringify(config));
  const port = await freePort();
  const world: World = {
    url: `http://127.0.0.1:${port}`,
    folder,
    chats,
    start: () => stack.use(startRun(folder, { RELAY_CONFIG: file, PORT: `${port}` })),
    async beside(skewSeconds) {
      const own = stack.use(await dataFolder());
      const run = startRun(own, {
        ...{ RELAY_CONFIG: file, AzureWebJobsStorage: await folder.connectionString() },
        ...{ NODE_OPTIONS: `--import ${SKEWED}`, SKEW_SECONDS: `${skewSeconds}` },
      });
      return stack.use(run).ready();
    },
    ledger: async (receiver) => rowsOf(await folder.connectionString(), receiver),
    async waiting() {
      const queue = new QueueClient(await folder.connectionString(), STORAGE_NAMES.deliveries);
      return (await queue.getProperties()).approximateMessagesCount ?? 0;
    },
    [Symbol.asyncDispose]: () => {
      open.delete(world);
      return stack.disposeAsync();
    },
  };
  open.add(world);
  return world;
}

/** The rows of a receiver, straight from storage. */
export async function rowsOf(connectionString: string, receiver: string): Promise<readonly LedgerEntry[]> {
  const rows: LedgerEntry[] = [];
  const ledger = azureLedger({ connectionString }, STORAGE_NAMES.ledger);
  for await (const page of ledger.list(receiver, allOf('event:'))) {
    rows.push(...page.map(({ value }) => ledgerEntry.parse(value)));
  }
  return rows;
}

/** Whether it came true in time. A probe that fails counts as "not yet". */
export async function came(isSo: () => Promise<boolean> | boolean, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    if (await Promise.resolve(isSo()).catch(() => false)) return true;
    await sleep(200);
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
