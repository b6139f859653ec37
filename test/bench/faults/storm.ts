import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerEntry } from '../../../src/delivery/rules/ledger.ts';
import { shortId } from '../../../src/event/identity.ts';
import { stepsTold } from '../told-steps.ts';
import type { Call } from './chat.ts';
import type { Step } from './events.ts';
import type { Scenario } from './scenario.ts';
import { seeded } from './seeded.ts';
import { type Accepted, post } from './sender.ts';
import { seconds } from './table.ts';
import { arrivals, figures } from './tally.ts';
import { came, createWorld } from './world.ts';

const EVENTS = 5_000;
const SETS = 200;
const MILLISECONDS = 60_000;
const MOST_MESSAGES = 90;
const WITHIN_MILLISECONDS = 90_000;

/** Far more events than a chat takes: they leave in digests, and each is accounted for. */
export const storm: Scenario = {
  names: ['storm'],
  async run(_, { seed, progress }) {
    await using world = await createWorld({ storm: { type: 'slack', rate: 'default' } }, true);
    await world.start().ready();
    const chat = world.chats.get('storm');
    const began = Date.now();
    const accepted = await stormed(world.url, seeded(seed), progress);
    const posted = Date.now() - began;
    progress('storm: everything is posted');
    const told = async () => ({ accepted, taken: chat?.taken ?? [], ledger: await world.ledger('storm') });
    const isOver = async () => {
      const all = await told();
      return arrivals(all).every(({ times }) => times > 0) && all.ledger.every(({ state }) => state === 'sent');
    };
    await came(isOver, 120_000);
    const { taken, ledger } = await told();
    const ofTime = taken.filter(({ at }) => at - began <= WITHIN_MILLISECONDS).length;
    const last = Math.max(...taken.map(({ at }) => at)) - began;
    const open = ledger.filter(({ state }) => state !== 'sent').length;
    const { checked, wrong } = compared(accepted, taken, ledger);
    return [
      figures(
        `storm: ${EVENTS} events, ${SETS} sets, 60 s, 1 message/s`,
        { accepted, taken, ledger },
        {
          notes: [
            `${ofTime} messages within 90 s (aim: at most ${MOST_MESSAGES}); posting took ${seconds(posted)}, the last message came after ${seconds(last)}`,
            `${checked} numbers in digests compared with what was posted, ${wrong.length} of them wrong`,
          ],
          broken: [
            ...(ofTime > MOST_MESSAGES ? [`${ofTime} messages in 90 s`] : []),
            ...(ledger.length === accepted.length ? [] : [`${ledger.length} rows of the ledger`]),
            ...(open > 0 ? [`${open} rows do not say "sent" in the end`] : []),
            ...wrong.slice(0, 3),
          ],
        },
      ),
    ];
  },
};

/** Posts all at their times, however long an answer takes. */
async function stormed(url: string, random: () => number, progress: (line: string) => void) {
  const sizes = Array.from({ length: SETS }, () => 2 + Math.floor(random() * 8));
  const began = Date.now();
  const posts: Promise<Accepted | undefined>[] = [];
  for (let at = 0; at < EVENTS; at += 1) {
    const index = Math.floor(random() * SETS);
    const from = sizes[index] ?? 3;
    const to = Math.max(1, from + (random() < 0.5 ? 1 : -1) * (1 + Math.floor(random() * 3))) + (from === 1 ? 1 : 0);
    sizes[index] = to;
    posts.push(post(url, { set: `set-${String(index).padStart(3, '0')}`, from, to } satisfies Step));
    if (at % 1_000 === 999) progress(`storm: ${at + 1} of ${EVENTS} posted`);
    await sleep(Math.max(0, began + ((at + 1) * MILLISECONDS) / EVENTS - Date.now()));
  }
  return (await Promise.all(posts)).filter((event) => event !== undefined);
}

/** Every story that a digest lists, against the steps that were posted and that the ledger says left in it. */
function compared(accepted: readonly Accepted[], taken: readonly Call[], ledger: readonly LedgerEntry[]) {
  const steps = new Map(accepted.map(({ id, step }) => [id, step]));
  const byDigest = Map.groupBy(
    ledger.flatMap(({ event, digest }) => (digest === undefined ? [] : [{ event, digest: shortId(digest) }])),
    ({ digest }) => digest,
  );
  const results = taken.flatMap(({ short, payload }) => {
    const events = byDigest.get(short) ?? [];
    return stepsTold(payload).map(({ set, from, to }) => {
      const own = events
        .filter(({ event }) => event.resource.name === set)
        .toSorted((a, b) => (a.event.occurredAt < b.event.occurredAt ? -1 : 1));
      const [first, last] = [steps.get(own.at(0)?.event.id ?? ''), steps.get(own.at(-1)?.event.id ?? '')];
      const right = first?.from === from && last?.to === to;
      return right ? undefined : `${set} is told as ${from} → ${to}, and went ${first?.from} → ${last?.to}`;
    });
  });
  return { checked: results.length, wrong: results.filter((each) => each !== undefined) };
}
