import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat } from './chat.ts';
import type { Scenario } from './scenario.ts';
import { type Accepted, post } from './sender.ts';
import { arrivals, type Figures, figures } from './tally.ts';
import { came, createWorld, type World } from './world.ts';

const EVENTS = 60;
const PACE = 60;
const SETTLE_MILLISECONDS = 60_000;

/** By how many seconds the clocks of the relays beside the first one are off. */
const SKEWS: Readonly<Record<string, readonly number[]>> = {
  'two-relays': [0],
  'skew-30': [30, -30],
  'skew-600': [600, -600],
};

/** A real chat's, but for a storm that is gathered for a minute. */
const SHORT = { gather: ['1s', '3s'] };

/** A chat that asks for time once, so that a hold that one relay writes is read by the other. */
const busyOnce: Chat['faults'] = (before) =>
  before === 3 ? { reply: { status: 429, body: 'rate_limited', headers: { 'retry-after': '2' } } } : undefined;

/** Relays on one storage, with a rate: what is over it is parked by one and told by another. */
export const twoRelays: Scenario = {
  names: Object.keys(SKEWS),
  async run(wanted, { progress }) {
    const rows: Figures[] = [];
    for (const name of wanted) {
      rows.push(await shown(name, SKEWS[name] ?? []));
      progress(`${name} is through`);
    }
    return rows;
  },
};

async function shown(name: string, skews: readonly number[]): Promise<Figures> {
  await using world = await createWorld({ [name]: { type: 'slack', faults: busyOnce, rate: SHORT } });
  await world.start().ready();
  const urls = [world.url, ...(await Promise.all(skews.map(world.beside)))];
  const accepted = await posted(urls, name);
  const told = async () => ({ accepted, taken: world.chats.get(name)?.taken ?? [], ledger: await world.ledger(name) });
  await came(async () => arrivals(await told()).every(({ times }) => times > 0), SETTLE_MILLISECONDS);
  const isDrained = await came(async () => (await world.waiting()) === 0, SETTLE_MILLISECONDS);
  const title = skews.every((skew) => skew === 0)
    ? 'two relays on one storage'
    : `relays whose clocks are off by 0, ${skews.join(' and ')} s`;
  return figures(title, await told(), {
    notes: [`${urls.length} relays on one storage take turns with the webhooks; one 429 meanwhile`],
    broken: isDrained ? [] : [await left(world)],
  });
}

const left = async (world: World): Promise<string> => `${await world.waiting()} messages are left in the queue`;

async function posted(urls: readonly string[], set: string): Promise<readonly Accepted[]> {
  const posts: Promise<Accepted | undefined>[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    posts.push(post(urls[event % urls.length] ?? '', { set, from: 3, to: 6 }));
    await sleep(PACE);
  }
  return (await Promise.all(posts)).filter((event) => event !== undefined);
}
