import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundled } from './bundled.ts';
import { figure } from './median.ts';
import { eventsTold, stepsTold } from './told-steps.ts';

const run = promisify(execFile);

const MOST_OUTPUT = 512 * 1024 * 1024;

/** What a run of storms-run.ts prints. Times are milliseconds. */
interface Ran {
  readonly began: number;
  /** Until the last one was accepted. */
  readonly lasted: number;
  readonly accepted: readonly { readonly id: string; readonly what: string; readonly at: number }[];
  readonly posts: readonly { readonly id: string; readonly at: number; readonly text: string }[];
  readonly rows: readonly {
    readonly id: string;
    readonly occurredAt: string;
    readonly state: string;
    readonly digest?: string;
  }[];
}

interface Case {
  readonly name: string;
  readonly title: string;
  readonly told: (ran: Ran) => readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'S1',
    title: 'S1: 60 scale-outs of 12 sets in 10 s',
    told: (ran) => [messages(ran, 8), numbers(ran)],
  },
  {
    name: 'S2',
    title: 'S2: 5,000 info events over 200 sets in 60 s',
    told: (ran) => [messages(ran, 17), numbers(ran)],
  },
  {
    name: 'S3',
    title: 'S3: 100 info/s for 120 s, a critical one every 10 s',
    told: (ran) => [`${delays(ran)} (aim: p99 3 s)`, `${ran.posts.length} messages`, numbers(ran)],
  },
  {
    name: 'S3, sixty at once',
    title: 'S3: 60 critical ones within one second, amidst 100 info/s',
    told: (ran) => [`${delays(ran)} (aim: the first at once, the last within 60 s)`, numbers(ran)],
  },
];

/**
 * Storms in real time, for a chat that takes one message a second and answers within 100 ms; each in a process of its own, and
 * beside it, at the same time, that of another checkout, whose folder is `beside`.
 */
export async function stormFigures(beside?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-bench-'));
  try {
    const builds = await bundled(new URL('storms-run.ts', import.meta.url), folder, beside);
    const lines = await Promise.all(
      CASES.map(async ({ name, title, told }) => {
        const all = builds.map(async (built) => `    ${built.name}: ${told(await ran(built.file, name)).join('; ')}`);
        return [`  ${title}`, ...(await Promise.all(all))];
      }),
    );
    return ['storms (one message a second, answered within 100 ms; all runs at the same time)', ...lines.flat()].join(
      '\n',
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ran(file: string, name: string): Promise<Ran> {
  const { stdout } = await run(process.execPath, [file, name], { maxBuffer: MOST_OUTPUT });
  return JSON.parse(stdout) as Ran;
}

function messages({ posts, began }: Ran, aim: number): string {
  const last = (posts.at(-1)?.at ?? began) - began;
  return `${posts.length} messages (aim: at most ${aim}), the last after ${figure(last / 1_000, 's')}`;
}

/** From each critical one's 202 to the start of the post that tells it. */
function delays({ accepted, posts, rows }: Ran): string {
  const postedAt = new Map(posts.toReversed().map(({ id, at }) => [id, at]));
  const digests = new Map(rows.map(({ id, digest }) => [id, digest]));
  const urgent = accepted.filter(({ what }) => what === 'critical').toSorted((a, b) => a.at - b.at);
  const waited = urgent.map(({ id, at }) =>
    Math.max(0, (postedAt.get(id) ?? postedAt.get(digests.get(id) ?? '') ?? Number.NaN) - at),
  );
  const alone = urgent.filter(({ id }) => postedAt.has(id)).length;
  const sorted = waited.toSorted((a, b) => a - b);
  const at = (share: number) => seconds(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  const first = seconds(Math.min(...waited.slice(0, 1)));
  return `critical: the first after ${first}, p50 ${at(0.5)}, p99 ${at(0.99)}, ${alone} of ${urgent.length} alone`;
}

const seconds = (milliseconds: number): string => figure(milliseconds / 1_000, 's');

/** Whether each event left once, in a message that its row names, and what digests say of their scale sets is so. */
function numbers({ accepted, posts, rows }: Ran): string {
  const arrived = new Set(posts.map(({ id }) => id));
  const lost = rows.filter(({ id, digest, state }) => state !== 'sent' || !arrived.has(digest ?? id)).length;
  const byDigest = Map.groupBy(rows, ({ digest }) => digest ?? '');
  const what = new Map(accepted.map((each) => [each.id, each.what]));
  let checked = 0;
  let wrong = 0;
  const check = (isRight: boolean) => {
    checked += 1;
    if (!isRight) wrong += 1;
  };
  for (const { id, text } of posts) {
    const members = byDigest.get(id) ?? [];
    const payload: unknown = JSON.parse(text);
    const total = members.length > 0 ? eventsTold(payload) : undefined;
    if (total !== undefined) check(total === members.length);
    for (const { set, from, to } of members.length > 0 ? stepsTold(payload) : []) {
      const own = members
        .toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))
        .map((member) => (what.get(member.id) ?? '').split(' '))
        .filter(([name]) => name === set);
      check(own.at(0)?.[1] === `${from}` && own.at(-1)?.[2] === `${to}`);
    }
  }
  const twice = posts.length - arrived.size;
  return [
    `${rows.length} of ${accepted.length} have a row`,
    `${lost} of them without a message`,
    `${twice} messages twice`,
    `${wrong} of ${checked} numbers wrong`,
  ].join(', ');
}
