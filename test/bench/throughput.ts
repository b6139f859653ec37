import { scaleBody } from './faults/events.ts';
import { machine } from './faults/machine.ts';
import { came, createWorld, type World } from './faults/world.ts';
import { postAll } from './load-post.ts';
import { figure, median } from './median.ts';
import { processorTime } from './processor-time.ts';
import { bareTransactions } from './transactions.ts';

// How much of what the storage beneath it can do reaches the chat. The two take turns, because the speed of a machine
// that is shared changes by the minute.

const ROUNDS = 9;
const EVENTS = 600;
const LOAD = { connections: 32, underWay: 96 } as const;

interface Round {
  /** Events a second. */
  readonly relay: number;
  readonly bare: number;
  /** Milliseconds of processor time for each event. */
  readonly cpu: { readonly relay: number; readonly azurite: number; readonly bare: number };
}

/** From the first post to the last message, in events a second. */
async function throughRelay(world: World, events: number): Promise<number> {
  const chat = world.chats.get('sink');
  const before = chat?.calls.length ?? 0;
  const arrived = () => (chat?.calls.length ?? 0) - before;
  const bodies = Array.from({ length: events }, (_, at) =>
    JSON.stringify(scaleBody({ set: `set-${at % 50}`, from: 3, to: 6 })),
  );
  const began = Date.now();
  const mayPost = (posted: number) => posted - arrived() < LOAD.underWay;
  await postAll(`${world.url}/api/webhooks`, bodies, LOAD.connections, 202, mayPost);
  if (!(await came(() => arrived() >= events, 120_000))) throw new Error(`${arrived()} of ${events} arrived`);
  return events / (((chat?.calls.at(-1)?.at ?? Number.NaN) - began) / 1_000);
}

async function round(world: World, pid: number): Promise<Round> {
  const storage = await world.folder.storagePid();
  const at = { relay: processorTime(pid), azurite: processorTime(storage) };
  const relay = await throughRelay(world, EVENTS);
  const then = { relay: processorTime(pid), azurite: processorTime(storage) };
  const bare = await bareTransactions(await world.folder.connectionString(), { events: EVENTS, ...LOAD });
  const cpu = {
    relay: (then.relay - at.relay) / EVENTS,
    azurite: (then.azurite - at.azurite) / EVENTS,
    bare: (processorTime(storage) - then.azurite) / EVENTS,
  };
  return { relay, bare, cpu };
}

console.log(`${machine()}\n`);
await using world = await createWorld({ sink: { type: 'slack' } }, true);
const run = world.start();
await run.ready();
await throughRelay(world, EVENTS);
const rounds: Round[] = [];
for (let count = 0; count < ROUNDS; count += 1) rounds.push(await round(world, run.pid));

const middle = (figures: (round: Round) => number) => median(rounds.map(figures));
const shares = rounds.map((each) => each.relay / each.bare);
const bare = middle((each) => each.bare);
console.log(
  [
    `end to end: local run with Azurite, one receiver, rate off (median of ${ROUNDS} × ${EVENTS} events, ${LOAD.connections} connections, at most ${LOAD.underWay} under way)`,
    `  bare: put, get, insert, update, delete  ${figure(bare, 'events/s')}, ${figure(bare * (4 + 1 / 16), 'transactions/s')} of Azurite`,
    `  relay                                   ${figure(
      middle((each) => each.relay),
      'events/s',
    )}`,
    `  relay = ${median(shares).toFixed(2)} of bare (aim: at least 0.80; rounds: ${shares.map((share) => share.toFixed(2)).join(' ')})`,
    `  processor time for an event: relay ${figure(
      middle(({ cpu }) => cpu.relay),
      'ms',
    )}, Azurite ${figure(
      middle(({ cpu }) => cpu.azurite),
      'ms',
    )}; Azurite with the bare loop ${figure(
      middle(({ cpu }) => cpu.bare),
      'ms',
    )}`,
  ].join('\n'),
);
