import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.ts';
import { type Accepted, post } from './sender.ts';
import { Storage } from './storage.ts';
import { seconds } from './table.ts';
import { arrivals, type Figures, figures, quantile } from './tally.ts';
import { came, createWorld, type World } from './world.ts';

const PACE = 40;
const BEFORE_MILLISECONDS = 3_000;

// host.json: so many messages are dealt with at once. A send that storage cannot take note of is repeated.
const MOST_IN_FLIGHT = 24;

// Azurite writes its tables and queues to disk every five seconds: what it has answered for since is lost with it when
// it is killed, and that is not the relay's doing. So nothing happens for a while before.
const WRITTEN_MILLISECONDS = 6_500;

interface Outage {
  readonly title: string;
  readonly quietBefore?: number;
  readonly away: (storage: Storage) => Promise<void>;
}

const OUTAGES: Readonly<Record<string, Outage>> = {
  'storage-hang': {
    title: 'storage hangs for 8 s (SIGSTOP)',
    async away(storage) {
      await storage.signal('SIGSTOP');
      await sleep(8_000);
      await storage.signal('SIGCONT');
    },
  },
  'storage-stop': {
    title: 'storage stopped for 5 s (SIGTERM)',
    async away(storage) {
      await storage.end('SIGTERM');
      await sleep(5_000);
      await storage.start();
    },
  },
  'storage-kill': {
    title: 'storage killed for 5 s (SIGKILL)',
    quietBefore: WRITTEN_MILLISECONDS,
    async away(storage) {
      await storage.end('SIGKILL');
      await sleep(5_000);
      await storage.start();
    },
  },
};

/** Storage goes away and comes back while events are posted. */
export const storageFaults: Scenario = {
  names: Object.keys(OUTAGES),
  async run(wanted, { progress }) {
    const chosen = Object.entries(OUTAGES).filter(([name]) => wanted.includes(name));
    await using world = await createWorld(Object.fromEntries(chosen.map(([name]) => [name, { type: 'slack' }])));
    await world.start().ready();
    const rows: Figures[] = [];
    // One after the other: there is one storage.
    for (const [name, outage] of chosen) {
      rows.push(await shown(world, name, outage));
      progress(`${name} is through`);
    }
    return rows;
  },
};

async function shown(world: World, name: string, { title, quietBefore = 0, away }: Outage): Promise<Figures> {
  const stream = streamOf(world.url, name);
  await sleep(BEFORE_MILLISECONDS);
  if (quietBefore > 0) {
    stream.pause(true);
    await sleep(quietBefore);
  }
  const storage = new Storage(world.folder.path);
  const over = away(storage);
  stream.pause(false);
  await over;
  await sleep(BEFORE_MILLISECONDS);
  const { accepted, givenUp } = await stream.ended();
  const taken = () => world.chats.get(name)?.taken ?? [];
  const told = async () => ({ accepted, taken: taken(), ledger: await world.ledger(name) });
  await came(async () => arrivals(await told()).every(({ times }) => times > 0), 90_000);
  const isDrained = await came(async () => (await world.waiting()) === 0, 90_000);
  const refusals = accepted.flatMap(({ refused }) => refused);
  const answered = refusals.filter(({ status }) => status === 503);
  const slowest = quantile(
    answered.map(({ milliseconds }) => milliseconds),
    0.99,
  );
  const others = refusals.filter(({ status }) => status !== 503).length;
  return figures(title, await told(), {
    excused: MOST_IN_FLIGHT,
    notes: [
      `${answered.length} posts got 503, the slowest after ${seconds(slowest)}, and were posted again; ${givenUp} were given up by the sender`,
      ...(quietBefore > 0
        ? ['killed after a pause: what Azurite has not written to disk yet, it forgets by itself']
        : []),
    ],
    broken: [
      ...(others > 0 ? [`${others} posts got no answer, or another than 503`] : []),
      ...(isDrained ? [] : ['the queue is not empty in the end']),
    ],
  });
}

function streamOf(url: string, set: string) {
  let on = true;
  let paused = false;
  const posts: Promise<Accepted | undefined>[] = [];
  const loop = (async () => {
    for (; on; await sleep(PACE)) if (!paused) posts.push(post(url, { set, from: 3, to: 6 }));
  })();
  return {
    pause(value: boolean) {
      paused = value;
    },
    async ended() {
      on = false;
      await loop;
      const all = await Promise.all(posts);
      const accepted = all.filter((event) => event !== undefined);
      return { accepted, givenUp: all.length - accepted.length };
    },
  };
}
