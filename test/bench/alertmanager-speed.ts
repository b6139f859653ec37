import { type ChatName, freshIds, type Runner } from './alertmanager-runners.ts';
import { quantile } from './faults/tally.ts';
import { came } from './faults/world.ts';
import { postAll } from './load-post.ts';
import { median } from './median.ts';
import { processorTime } from './processor-time.ts';
import type { Sink } from './sink.ts';

const RUNS = 5;
const ALERTS = 2_000;
const CONNECTIONS = 8;

interface Heat {
  /** Alerts a second from the first post to the last message. */
  readonly rate: number;
  /** Milliseconds from the post to the message. */
  readonly p50: number;
  readonly p99: number;
  readonly arrived: number;
  /** Milliseconds of processor time for each alert. */
  readonly cpu: number;
}

async function heat(runner: Runner, sink: Sink, chat: ChatName): Promise<Heat> {
  sink.forget();
  const ids = freshIds(ALERTS);
  const bodies = ids.map((id) => runner.body([id], chat));
  const cpu = processorTime(runner.pid);
  const began = await postAll(runner.url, bodies, CONNECTIONS, runner.status);
  await came(() => sink.taken.size >= ALERTS, 30_000);
  const waits = ids.flatMap((id, at) => {
    const taken = sink.taken.get(id);
    return taken === undefined ? [] : [taken - (began[at] ?? taken)];
  });
  const last = Math.max(...sink.taken.values());
  return {
    rate: sink.taken.size / ((last - Math.min(...began)) / 1_000),
    p50: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    arrived: sink.taken.size,
    cpu: (processorTime(runner.pid) - cpu) / ALERTS,
  };
}

/** Alternating heats, the median of each; one heat before to warm up. */
export async function race(
  runners: Readonly<Record<string, Runner>>,
  sink: Sink,
  chat: ChatName,
): Promise<readonly (Heat & { readonly name: string })[]> {
  const heats = new Map<string, Heat[]>(Object.keys(runners).map((name) => [name, []]));
  for (let run = 0; run <= RUNS; run += 1) {
    for (const [name, runner] of Object.entries(runners)) {
      const one = await heat(runner, sink, chat);
      if (run > 0) heats.get(name)?.push(one);
    }
  }
  return [...heats].map(([name, all]) => ({
    name,
    rate: median(all.map(({ rate }) => rate)),
    p50: median(all.map(({ p50 }) => p50)),
    p99: median(all.map(({ p99 }) => p99)),
    cpu: median(all.map(({ cpu }) => cpu)),
    arrived: Math.min(...all.map(({ arrived }) => arrived)),
  }));
}

export const SPEED = `${ALERTS} alerts, one in each post, ${CONNECTIONS} connections, median of ${RUNS} heats`;
