import { setTimeout as sleep } from 'node:timers/promises';
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';
import { STORAGE_NAMES } from '../../../src/app/compose.ts';
import { postJson } from '../../support/local-run.ts';
import type { Scenario } from './scenario.ts';
import { type Accepted, post } from './sender.ts';
import { arrivals, type Figures, figures } from './tally.ts';
import { type Audience, came, createWorld, type World } from './world.ts';

const BEFORE = 80;
const AFTER = 20;
const SETTLE_MILLISECONDS = 60_000;
// More than a run has hands for are under way then, and more than a chat's rate lets through.
const MEANWHILE_MILLISECONDS = 1_500;

interface Emptying {
  readonly title: string;
  readonly audience: Audience;
  readonly empty: (connectionString: string) => Promise<unknown>;
}

const EMPTYINGS: Readonly<Record<string, Emptying>> = {
  'emptied-queue': {
    title: 'the queue is emptied',
    // Every hand of the run is at it, and the rest waits in the queue.
    audience: { type: 'slack', faults: (before) => (before < BEFORE ? { after: 3_000 } : undefined) },
    empty: (connectionString) => new QueueClient(connectionString, STORAGE_NAMES.deliveries).clearMessages(),
  },
  'emptied-table': {
    title: 'the table is emptied',
    audience: { type: 'slack', rate: { gather: ['1s', '3s'] } },
    async empty(connectionString) {
      const table = TableClient.fromConnectionString(connectionString, STORAGE_NAMES.ledger, {
        allowInsecureConnection: true,
      });
      for await (const { partitionKey = '', rowKey = '' } of table.listEntities()) {
        await table.deleteEntity(partitionKey, rowKey).catch(() => undefined);
      }
    },
  },
  'emptied-blobs': {
    title: 'all blobs are deleted',
    audience: { type: 'slack', rate: { gather: ['1s', '3s'] } },
    async empty(connectionString) {
      const service = BlobServiceClient.fromConnectionString(connectionString);
      for await (const { name } of service.listContainers()) {
        const container = service.getContainerClient(name);
        for await (const blob of container.listBlobsFlat()) await container.deleteBlob(blob.name);
      }
    },
  },
};

/** Storage is emptied under the run: what was in it is gone, all else is told. */
export const emptied: Scenario = {
  names: Object.keys(EMPTYINGS),
  async run(wanted, { progress }) {
    const chosen = Object.entries(EMPTYINGS).filter(([name]) => wanted.includes(name));
    await using world = await createWorld(Object.fromEntries(chosen.map(([name, { audience }]) => [name, audience])));
    await world.start().ready();
    const rows: Figures[] = [];
    // One after the other: there is one storage.
    for (const [name, emptying] of chosen) {
      rows.push(await shown(world, name, emptying));
      progress(`${name} is through`);
    }
    return rows;
  },
};

async function shown(world: World, name: string, { title, empty }: Emptying): Promise<Figures> {
  // A body that nobody can read is kept, as a blob.
  await postJson(`${world.url}/api/webhooks`, { nobody: name });
  const before = await posted(world.url, name, BEFORE);
  await sleep(MEANWHILE_MILLISECONDS);
  await empty(await world.folder.connectionString());
  const after = await posted(world.url, name, AFTER);
  const accepted = [...before, ...after];
  const told = async () => ({ accepted, taken: world.chats.get(name)?.taken ?? [], ledger: await world.ledger(name) });
  const areTold = async () => {
    const all = arrivals(await told());
    return all.every(({ event, times }) => times > 0 || before.includes(event));
  };
  const inTime = await came(areTold, SETTLE_MILLISECONDS);
  const isDrained = await came(async () => (await world.waiting()) === 0, SETTLE_MILLISECONDS);
  const health = await fetch(`${world.url}/api/health?deep=1`);
  const gone = arrivals(await told()).filter(({ times }) => times === 0);
  return figures(title, await told(), {
    robbed: before,
    // Who sends while the table is emptied finds no row to write the end into, and the message is back.
    excused: name === 'emptied-table' ? BEFORE : 0,
    notes: [
      `${gone.length} of ${before.length} were in it, and are the ones that are missing: ${span(gone, accepted)}`,
    ],
    broken: [
      ...(inTime ? [] : ['what came after it is not told']),
      ...(isDrained ? [] : ['the queue is not empty in the end']),
      ...(health.status === 200 ? [] : [`health answers ${health.status}`]),
    ],
  });
}

/** The missing ones by their places in the order in which they were accepted, such as "1 19-80". */
function span(gone: readonly { readonly event: Accepted }[], accepted: readonly Accepted[]): string {
  const runs: [from: number, to: number][] = [];
  for (const at of gone.map(({ event }) => accepted.indexOf(event) + 1)) {
    const last = runs.at(-1);
    if (last?.[1] === at - 1) last[1] = at;
    else runs.push([at, at]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(' ') || 'none';
}

async function posted(url: string, set: string, count: number): Promise<readonly Accepted[]> {
  const posts = Array.from({ length: count }, () => post(url, { set, from: 3, to: 6 }));
  return (await Promise.all(posts)).filter((event) => event !== undefined);
}
