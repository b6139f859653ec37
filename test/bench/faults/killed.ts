import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../support/local-run.ts';
import type { Scenario } from './scenario.ts';
import { seeded } from './seeded.ts';
import { type Accepted, post } from './sender.ts';
import { arrivals, figures } from './tally.ts';
import { came, createWorld, type World } from './world.ts';

const KILLS = 50;
const RECEIVERS = ['kill-slack', 'kill-teams'] as const;

/** Milliseconds between two events: what is left over at the last kill is told within the minute. */
const PACE = 80;

// A sender whose post is cut off tries again until it is answered, less and less often: hundreds that insist every third
// of a second would themselves be the fault. Azure gives up after two minutes, no run takes so long.
const WAITS = Array.from({ length: 60 }, (_, tries) => Math.min(3_000, 300 * (tries + 1)));

/** kill -9 at random moments of its life, also while it starts, during a stream of events for two chats. */
export const killed: Scenario = {
  names: ['kill'],
  async run(_, { seed, progress }) {
    await using world = await createWorld(
      {
        // Chats that take a moment, so that there is always something in flight.
        'kill-slack': { type: 'slack', faults: () => ({ after: 30 }) },
        'kill-teams': { type: 'teams', faults: () => ({ after: 80 }) },
      },
      true,
    );
    const stream = streamOf(world);
    const { inFlight, storages } = await killAgainAndAgain(world, seeded(seed), progress);
    await using last = world.start();
    await last.ready();
    progress('kill: the last relay is ready');
    const accepted = await stream.ended();
    progress(`kill: ${accepted.length} events are accepted`);
    await came(() => allArrived(world, accepted), 60_000);
    progress('kill: all have arrived, or a minute is over');
    // Whatever would arrive a second time has left the queue by then.
    const isDrained = await came(async () => (await world.waiting()) === 0, 90_000);
    // Awaited here: the world ends with this function.
    return await Promise.all(
      RECEIVERS.map(async (name) => {
        const [ledger, taken] = [await world.ledger(name), world.chats.get(name)?.taken ?? []];
        const open = ledger.filter(({ state }) => state !== 'sent').map(({ state }) => state);
        return figures(
          `kill -9, ${KILLS} times (seed ${seed}), ${name.slice(5)}`,
          { accepted, taken, ledger },
          {
            excused: inFlight.get(name) ?? 0,
            notes: [`${inFlight.get(name) ?? 0} sends were in flight at the kills`],
            broken: [
              ...(open.length > 0 ? [`${open.length} rows of the ledger end as ${[...new Set(open)].join(', ')}`] : []),
              ...(isDrained ? [] : ['the queue is not empty in the end']),
              ...(storages > 1 ? [`${storages} Azurites were started for one folder`] : []),
            ],
          },
        );
      }),
    );
  },
};

async function allArrived(world: World, accepted: readonly Accepted[]): Promise<boolean> {
  for (const name of RECEIVERS) {
    const told = { accepted, taken: world.chats.get(name)?.taken ?? [], ledger: await world.ledger(name) };
    if (arrivals(told).some(({ times }) => times === 0)) return false;
  }
  return true;
}

/** Posts one event after the other until it is ended. */
function streamOf({ url }: World) {
  let on = true;
  const posts: Promise<Accepted | undefined>[] = [];
  const loop = (async () => {
    for (let at = 0; on; at += 1) {
      posts.push(post(url, { set: `set-${at % 40}`, from: 3 + (at % 5), to: 4 + (at % 5) }, WAITS));
      await sleep(PACE);
    }
  })();
  return {
    async ended(): Promise<readonly Accepted[]> {
      on = false;
      await loop;
      return (await Promise.all(posts)).filter((event) => event !== undefined);
    },
  };
}

interface Kills {
  /** Sends that were in flight, by receiver: rows that say "sending". */
  readonly inFlight: ReadonlyMap<string, number>;
  /** How many Azurites there were: one, unless a relay was killed while it wrote down where that is. */
  readonly storages: number;
}

async function killAgainAndAgain(world: World, random: () => number, progress: (line: string) => void): Promise<Kills> {
  const seen = new Map<string, Set<string>>(RECEIVERS.map((name) => [name, new Set()]));
  const storages = new Set<number>();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await using run = world.start();
    // The first one starts Azurite, which is not what is killed.
    if (kill === 1) await run.ready();
    await sleep(300 + random() * 2_700);
    process.kill(run.pid, 'SIGKILL');
    await run.ended;
    const storage = await world.folder.storagePid().catch(() => undefined);
    if (storage !== undefined) storages.add(storage);
    for (const name of storage === undefined ? [] : RECEIVERS) {
      const sending = (await world.ledger(name)).filter(({ state }) => state === 'sending');
      // A row that nobody has come back to yet was counted at an earlier kill.
      for (const { event, updatedAt } of sending) seen.get(name)?.add(`${event.id} ${updatedAt}`);
    }
    if (kill % 5 === 0) progress(`kill ${kill} of ${KILLS}`);
  }
  // The folder takes the last one along when it goes; nobody else knows of the others.
  for (const pid of [...storages].slice(0, -1)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  return { inFlight: new Map([...seen].map(([name, rows]) => [name, rows.size])), storages: storages.size };
}
