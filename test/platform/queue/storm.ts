import { setTimeout as sleep } from 'node:timers/promises';
import type { Chat } from '../../bench/faults/chat.ts';
import type { Accepted } from '../../bench/faults/sender.ts';
import { arrivals, figures } from '../../bench/faults/tally.ts';
import { came } from '../../bench/faults/world.ts';
import { RECEIVERS, type Stand } from './stand.ts';

const EVENTS = 500;
const AT_ONCE = 16;
const AWAY_MILLISECONDS = 10_000;
// What a worker had in hand comes back after half a minute; where a busy machine keeps storage away for longer than that, after
// the host's ten minutes. A try again may follow; on a quiet machine no test waits for this long.
const LONGEST_MILLISECONDS = 720_000;

// As a chat does: whoever is killed is in the midst of some.
const SLOWLY = { after: 50 };

/** A chat that is busy and a line that breaks, while the storm lasts. */
const faults: Chat['faults'] = (before) => {
  if (before > EVENTS / 2) return SLOWLY;
  if (before % 23 === 7) return { reply: { status: 429, body: 'rate_limited', headers: { 'retry-after': '1' } } };
  return before % 11 === 5 ? { end: 'reset' } : SLOWLY;
};

/** Sends that were under way, by receiver: what may come twice. */
class UnderWay {
  readonly #stand: Stand;
  readonly #seen = new Map<string, Set<string>>(RECEIVERS.map((name) => [name, new Set()]));

  constructor(stand: Stand) {
    this.#stand = stand;
  }

  async look(): Promise<void> {
    for (const [name, seen] of this.#seen) {
      for (const { event, state, updatedAt } of await this.#stand.rows(name)) {
        if (state === 'sending') seen.add(`${event.id} ${updatedAt}`);
      }
    }
  }

  of = (name: string): number => this.#seen.get(name)?.size ?? 0;
}

/**
 * 500 events; the worker dies in the midst, and storage is away for ten seconds. Resolves with a line for people; rejects
 * where an event was lost, or came twice though nobody was sending it when something broke.
 */
export async function storm(stand: Stand): Promise<string> {
  for (const chat of stand.chats.values()) chat.faults = faults;
  const underWay = new UnderWay(stand);
  const accepted: Accepted[] = [];
  let begun = 0;
  const sender = async () => {
    while (begun < EVENTS) {
      begun += 1;
      accepted.push(await stand.post());
    }
  };
  const posts = Promise.all(Array.from({ length: AT_ONCE }, sender));
  await came(() => accepted.length > EVENTS * 0.3, LONGEST_MILLISECONDS);
  await stand.bridge.killWorker(() => underWay.look());
  await came(() => accepted.length > EVENTS * 0.6, LONGEST_MILLISECONDS);
  await stand.storage.shut();
  await underWay.look();
  await sleep(AWAY_MILLISECONDS);
  await underWay.look();
  await stand.storage.reopen();
  await posts;
  await came(async () => (await missing(stand, accepted)) === 0, LONGEST_MILLISECONDS);
  const isDrained = await came(async () => (await stand.waiting()) === 0, LONGEST_MILLISECONDS);
  const rows = await Promise.all(
    [...stand.chats].map(async ([name, { taken }]) =>
      figures(name, { accepted, taken, ledger: await stand.rows(name) }, { excused: underWay.of(name) }),
    ),
  );
  const problems = rows.filter(({ ok }) => !ok).map(({ fault, notes }) => `${fault}: ${notes.join('; ')}`);
  if (!isDrained) problems.push(`${await stand.waiting()} messages are left in the queue`);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const doubled = rows.map((row) => `${row.doubled} of ${row.excused}`).join(' and ');
  return `${EVENTS} events, 0 lost; ${doubled} that were being sent came twice`;
}

async function missing(stand: Stand, accepted: readonly Accepted[]): Promise<number> {
  let count = 0;
  for (const [name, { taken }] of stand.chats) {
    const all = arrivals({ accepted, taken, ledger: await stand.rows(name) });
    count += all.filter(({ times }) => times === 0).length;
  }
  return count;
}

/** How often each of them has come, over all chats. */
async function timesOf(stand: Stand, accepted: readonly Accepted[]): Promise<readonly number[]> {
  const [name = '', chat] = [...stand.chats][1] ?? [];
  const all = arrivals({ accepted, taken: chat?.taken ?? [], ledger: await stand.rows(name) });
  return all.map(({ times }) => times);
}

// As many as the trigger surely takes while none ends: host.json's newBatchThreshold.
const IN_HAND = 16;
const AFTER = 10;

/**
 * kill -9 of the host with messages in hand that nobody has begun to send: they stay hidden, and all else is sent by the next
 * host at once. With `isLong` waits until they come again. `start` starts a host, `end` kills it.
 */
export async function hostKilled(
  stand: Stand,
  { start, end }: { readonly start: () => Promise<void>; readonly end: () => Promise<void> },
  isLong: boolean,
): Promise<string> {
  for (const chat of stand.chats.values()) chat.faults = () => undefined;
  const { bridge } = stand;
  bridge.isHolding = true;
  const held = await Promise.all(Array.from({ length: IN_HAND }, () => stand.post()));
  const areInHand = await came(() => bridge.inHand === IN_HAND, LONGEST_MILLISECONDS);
  if (!areInHand) throw new Error(`the host has ${bridge.inHand} of ${IN_HAND} in hand`);
  const killedAt = Date.now();
  await end();
  bridge.drop();
  bridge.isHolding = false;
  await start();
  const after = await Promise.all(Array.from({ length: AFTER }, () => stand.post()));
  await came(async () => (await missing(stand, after)) === 0, LONGEST_MILLISECONDS);
  await came(async () => (await stand.waiting()) === IN_HAND, LONGEST_MILLISECONDS);
  const sent = (await timesOf(stand, [...held, ...after])).filter((times) => times > 0).length;
  const hidden = await stand.waiting();
  if (sent !== AFTER || hidden !== IN_HAND)
    throw new Error(`of ${IN_HAND + AFTER} are ${sent} sent and ${hidden} hidden`);
  const said = `host killed: ${sent} sent + ${hidden} hidden = ${IN_HAND + AFTER}`;
  return isLong ? `${said}; ${await comeBack(stand, held, killedAt)}` : said;
}

async function comeBack(stand: Stand, held: readonly Accepted[], killedAt: number): Promise<string> {
  await came(async () => (await missing(stand, held)) === 0, LONGEST_MILLISECONDS);
  const times = await timesOf(stand, held);
  if (times.some((each) => each !== 1)) throw new Error(`what was in hand came ${times.join()} times`);
  return `these came again, once each, ${Math.round((Date.now() - killedAt) / 1_000)} s after the kill`;
}
