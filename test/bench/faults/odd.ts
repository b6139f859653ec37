import { setTimeout as sleep } from 'node:timers/promises';
import { type AnsweringType, type Meaning, oddAnswers } from '../../support/odd-answers.ts';
import type { Chat } from './chat.ts';
import type { Scenario } from './scenario.ts';
import { type Accepted, post } from './sender.ts';
import { arrivals, type Figures, figures } from './tally.ts';
import { type Audience, came, createWorld, type World } from './world.ts';

const TYPES: readonly AnsweringType[] = ['slack', 'teams', 'webhook'];
const EVENTS = 3;
const PACE = 15;
// The longest wait is for a receiver that was doubted twice: 5 s, then 60 s.
const SETTLE_MILLISECONDS = 150_000;
const MINUTE = 60_000;

const WORDS: Readonly<Record<Meaning, string>> = {
  taken: 'taken in other words, once each',
  later: 'odd answers that ask for another try, once each',
  message: 'odd answers that refuse the message, once each',
  unknown: 'successes that nobody knows, once each',
  hopeless: 'odd answers that give no hope, once each',
};

interface Odd extends Audience {
  readonly row: string;
  /** The receiver's, and the name of the scale set that it is told of. */
  readonly name: string;
  readonly dead?: number;
}

/** A receiver for each answer, which gets it once; the types take turns, as each has its own way of reading some. */
const ONCE: readonly Odd[] = Object.values(oddAnswers).map(([reply, means], at): Odd => {
  const type = TYPES[at % TYPES.length] ?? 'slack';
  const fault = reply.reset ? ({ end: 'reset' } as const) : { reply, takes: means[type] === 'taken' };
  const faults: Chat['faults'] = (before) => (before === 0 ? fault : undefined);
  return { row: WORDS[means[type]], name: `odd-${at}`, type, faults };
});

const always: Chat['faults'] = () => ({ reply: { status: 200, body: 'Thank you' } });

const MORE: readonly Odd[] = [
  { row: 'a success that nobody knows, for ever', name: 'odd-for-ever', type: 'slack', faults: always, dead: EVENTS },
  { row: 'a quiet window crossed, three before its end', name: 'window', type: 'slack', rate: 'default' },
];

/** The window that is open now ends with a minute that is not over too soon. */
const windowEnd = (): number => Math.ceil((Date.now() + 25_000) / MINUTE) * MINUTE;
const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** Answers that no documentation promises, and a quiet window that ends meanwhile: each has a receiver of its own. */
export const oddAndQuiet: Scenario = {
  names: ['odd', 'window'],
  async run(wanted, { progress }) {
    const chosen = [...ONCE, ...MORE].filter(({ name }) => wanted.some((each) => name.startsWith(each)));
    const end = windowEnd();
    const quiet = { name: 'night', from: clock(Date.now()), to: clock(end), receivers: ['window'] };
    const audiences = Object.fromEntries(chosen.map(({ name, ...audience }) => [name, audience]));
    await using world = await createWorld(audiences, false, wanted.includes('window') ? [quiet] : []);
    await world.start().ready();
    const accepted = await posted(world, chosen);
    progress(`odd answers: ${accepted.size} receivers have their events`);
    if (wanted.includes('window')) {
      await sleep(Math.max(0, end + 1_000 - Date.now()));
      const late = await Promise.all(Array.from({ length: EVENTS }, () => post(world.url, stepOf('window'))));
      accepted.get('window')?.push(...late.filter((event) => event !== undefined));
    }
    const rows = Map.groupBy(chosen, ({ row }) => row);
    return await Promise.all([...rows].map(([row, members]) => ended(world, row, members, accepted)));
  },
};

const stepOf = (set: string) => ({ set, from: 3, to: 6 });

async function posted(world: World, chosen: readonly Odd[]): Promise<ReadonlyMap<string, Accepted[]>> {
  const accepted = new Map(chosen.map(({ name }) => [name, [] as Accepted[]]));
  const posts: Promise<unknown>[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    for (const { name } of chosen) {
      posts.push(post(world.url, stepOf(name)).then((each) => each && accepted.get(name)?.push(each)));
      await sleep(PACE);
    }
  }
  await Promise.all(posts);
  return accepted;
}

async function ended(
  world: World,
  row: string,
  members: readonly Odd[],
  posted: ReadonlyMap<string, readonly Accepted[]>,
): Promise<Figures> {
  const accepted = members.flatMap(({ name }) => posted.get(name) ?? []);
  const told = async () => ({
    accepted,
    taken: members.flatMap(({ name }) => world.chats.get(name)?.taken ?? []),
    ledger: (await Promise.all(members.map(({ name }) => world.ledger(name)))).flat(),
  });
  const isOver = async () => {
    const all = await told();
    const dead = new Set(all.ledger.flatMap(({ event, state }) => (state === 'dead' ? [event.id] : [])));
    return arrivals(all).every(({ event, times }) => times > 0 || dead.has(event.id));
  };
  await came(isOver, SETTLE_MILLISECONDS);
  const dead = members.reduce((sum, each) => sum + (each.dead ?? 0), 0);
  return figures(row, await told(), { dead, notes: members.length > 1 ? [`${members.length} receivers`] : [] });
}
