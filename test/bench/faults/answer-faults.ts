import { setTimeout as sleep } from 'node:timers/promises';
import { postJson } from '../../support/local-run.ts';
import type { Chat } from './chat.ts';
import type { Step } from './events.ts';
import type { Accepted } from './sender.ts';
import { seconds } from './table.ts';
import { came } from './world.ts';

/** What a fault is shown with. */
export interface Driven {
  readonly chat: Chat;
  readonly url: string;
  readonly receiver: string;
  post(step?: Step): Promise<Accepted | undefined>;
}

interface Shown {
  readonly excused?: number;
  readonly notes?: readonly string[];
  readonly broken?: readonly string[];
}

export interface AnswerFault {
  readonly title: string;
  /** Lets it happen; what was accepted may still be under way when it resolves. */
  readonly drive: (driven: Driven) => Promise<Shown>;
}

async function stream({ post }: Driven, events: number, pause: number): Promise<void> {
  const posts: Promise<unknown>[] = [];
  for (let event = 0; event < events; event += 1) {
    posts.push(post());
    await sleep(pause);
  }
  await Promise.all(posts);
}

/** A fault while it is `on`, measured from the first call. */
const forSome = (milliseconds: number, fault: ReturnType<Chat['faults']>): Chat['faults'] => {
  let from: number | undefined;
  return () => {
    from ??= Date.now();
    return Date.now() - from < milliseconds ? fault : undefined;
  };
};

/** One 429, and an event that comes while it holds; again and again. */
async function held(driven: Driven, retryAfter: number, rounds: number): Promise<Shown> {
  const { chat } = driven;
  const reply = { status: 429, body: 'rate_limited', headers: { 'retry-after': `${retryAfter}` } };
  const gaps: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = chat.calls.length;
    chat.faults = (calls) => (calls === before ? { reply } : undefined);
    await driven.post();
    await came(() => chat.calls.length > before, 10_000);
    // Every other time a second event comes, while the receiver is held.
    await sleep(300);
    if (round % 2 === 1 || rounds === 1) await driven.post();
    await came(() => chat.calls.length > before + 1, (retryAfter + 15) * 1_000);
    const [first, second] = chat.calls.slice(before).map(({ at }) => at);
    if (first !== undefined && second !== undefined) gaps.push(second - first);
    await sleep(500);
  }
  const early = gaps.filter((gap) => gap < retryAfter * 1_000 - 5).length;
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  return {
    notes: [
      `next call after the 429: ${seconds(least)} to ${seconds(most)} later (aim: ${retryAfter}.0 to ${retryAfter}.5 s)`,
    ],
    broken: early > 0 ? [`${early} calls before Retry-After was over`] : [],
  };
}

/** Every message fails until somebody mends the receiver and replays what was given up. */
async function mended(driven: Driven): Promise<Shown> {
  const { chat, url, receiver } = driven;
  chat.faults = () => ({ reply: { status: 200, body: 'no_service' } });
  await stream(driven, 20, 20);
  const dead = async () => {
    const response = await fetch(`${url}/api/dead-letters?receiver=${receiver}&most=1000`);
    return ((await response.json()) as { deliveries: unknown[] }).deliveries.length;
  };
  // Only the third such answer in a minute makes the receiver broken.
  const all = await came(async () => (await dead()) === 20, 120_000);
  const found = await dead();
  const calls = chat.calls.length;
  chat.faults = () => undefined;
  const response = await postJson(`${url}/api/replay`, { receiver });
  const { replayed = [] } = (await response.json()) as { replayed?: unknown[] };
  return {
    notes: [
      `${calls} of 20 were tried, ${found} became dead letters, ${replayed.length} were replayed after the mending`,
    ],
    broken: all ? [] : [`${20 - found} of 20 are no dead letters`],
  };
}

/** Taken by the chat, and the answer is cut off: nobody can know, so it is sent again. */
async function answerLost(driven: Driven): Promise<Shown> {
  driven.chat.faults = (before) => (before % 5 === 0 && before < 50 ? { end: 'lost' } : undefined);
  await stream(driven, 50, 30);
  return { excused: 10, notes: ['the chat took the message and cut the connection: it cannot be told from a loss'] };
}

export const answerFaults = {
  none: {
    title: 'none',
    drive: async (driven) => {
      await stream(driven, 200, 20);
      return {};
    },
  },
  '429-1': { title: '429, Retry-After 1', drive: (driven) => held(driven, 1, 10) },
  '429-30': { title: '429, Retry-After 30', drive: (driven) => held(driven, 30, 1) },
  '503-one': {
    title: '503 to one call',
    drive: async (driven) => {
      driven.chat.faults = (before) => (before === 0 ? { reply: { status: 503 } } : undefined);
      await driven.post();
      return {};
    },
  },
  '503-burst': {
    title: '503 for 4 s, 60 events meanwhile',
    drive: async (driven) => {
      driven.chat.faults = forSome(4_000, { reply: { status: 503, body: 'upstream connect error' } });
      await stream(driven, 60, 50);
      return {};
    },
  },
  reset: {
    title: 'every second connection reset',
    drive: async (driven) => {
      driven.chat.faults = (before) => (before % 2 === 0 && before < 60 ? { end: 'reset' } : undefined);
      await stream(driven, 60, 30);
      return {};
    },
  },
  'answer-lost': { title: 'taken, then the connection reset', drive: answerLost },
  'no-service': { title: '200 no_service, then mended and replayed', drive: mended },
} as const satisfies Readonly<Record<string, AnswerFault>>;

export const slowFaults: Readonly<Record<string, AnswerFault>> = {
  'time-out': {
    title: 'no answer within 10 s, to one call',
    drive: async (driven) => {
      driven.chat.faults = (before) => (before === 0 ? { end: 'silence' } : undefined);
      await stream(driven, 4, 500);
      return {};
    },
  },
  slow: {
    title: 'every answer takes 2 s',
    drive: async (driven) => {
      driven.chat.faults = () => ({ after: 2_000 });
      await stream(driven, 60, 30);
      return {};
    },
  },
  'beside-slow': {
    title: 'none, beside these two',
    drive: async (driven) => {
      await stream(driven, 100, 20);
      return {};
    },
  },
};
