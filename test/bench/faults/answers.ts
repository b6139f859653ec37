import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerFault, answerFaults, type Driven, slowFaults } from './answer-faults.ts';
import type { Scenario } from './scenario.ts';
import { type Accepted, post } from './sender.ts';
import { arrivals, type Figures, figures } from './tally.ts';
import { came, createWorld, type World } from './world.ts';

// The longest hold is two minutes; whatever waits for it is out soon after.
const SETTLE_MILLISECONDS = 200_000;

// Not all in the same moment: a run that has just begun is slow.
const APART_MILLISECONDS = 700;

/** All in one local run: each fault has a receiver of its own, so none may delay another. */
const together = (faults: Readonly<Record<string, AnswerFault>>): Scenario => ({
  names: Object.keys(faults),
  async run(wanted, { progress }) {
    const chosen = Object.entries(faults).filter(([name]) => wanted.includes(name));
    await using world = await createWorld(Object.fromEntries(chosen.map(([name]) => [name, { type: 'slack' }])));
    await world.start().ready();
    let left = chosen.length;
    // Awaited here: the world ends with this function.
    return await Promise.all(
      chosen.map(async ([name, fault], at) => {
        await sleep(at * APART_MILLISECONDS);
        const figures = await ended(world, name, fault);
        left -= 1;
        progress(`answers: ${name} is through, ${left} to go`);
        return figures;
      }),
    );
  },
});

const { none, ...faults } = answerFaults;

/** How it is without a fault. */
export const baseline = together({ none });

/** What chats answer. */
export const answers = together(faults);

/** Chats that take their time, by themselves: a run has so many hands and no more. */
export const slowAnswers = together(slowFaults);

async function ended(world: World, name: string, { title, drive }: AnswerFault): Promise<Figures> {
  const chat = world.chats.get(name);
  if (chat === undefined) throw new Error(`there is no receiver ${name}`);
  const accepted: Accepted[] = [];
  const driven: Driven = {
    chat,
    url: world.url,
    receiver: name,
    async post(step = { set: name, from: 3, to: 6 }) {
      const event = await post(world.url, step);
      if (event !== undefined) accepted.push(event);
      return event;
    },
  };
  const promises = await drive(driven);
  const told = async () => ({ accepted, taken: chat.taken, ledger: await world.ledger(name) });
  const isOver = async () => {
    const { ledger, ...rest } = await told();
    const arrived = arrivals({ ledger, ...rest }).every(({ times }) => times > 0);
    return arrived && ledger.every(({ state }) => state === 'sent');
  };
  const inTime = await came(isOver, SETTLE_MILLISECONDS);
  const { ledger, taken } = await told();
  const open = ledger.filter(({ state }) => state !== 'sent');
  return figures(
    title,
    { accepted, taken, ledger },
    {
      ...promises,
      broken: [
        ...(promises.broken ?? []),
        ...(inTime ? [] : [`${open.length} rows of the ledger do not say "sent" in the end`]),
      ],
    },
  );
}
