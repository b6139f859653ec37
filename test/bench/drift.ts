import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundled } from './bundled.ts';
import { figure } from './median.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Fleet {
  readonly sets: number;
  readonly subscriptions: number;
  /** The share of the sets that has drifted. */
  readonly drifted: number;
  /** Milliseconds before each answer, as far as Azure usually takes; 0 measures the relay alone. */
  readonly latency: number;
  readonly limits: boolean;
}

interface Figures {
  readonly milliseconds: number;
  readonly cpu: number;
  readonly megabytes: number;
  readonly reads: number;
  readonly queries: number;
  readonly stateBytes: number;
  readonly finished: boolean;
}

interface Case extends Fleet {
  readonly title: string;
  readonly source: 'arm' | 'auto';
  /** What each run is told as, in their order, with its aim. */
  readonly runs: readonly string[];
  /** Milliseconds between runs: Resource Graph still counts what the run before has asked. */
  readonly pause?: number;
}

const HUGE = { sets: 10_000, subscriptions: 20, drifted: 0.02, latency: 60, limits: true } as const;
const BARE = { ...HUGE, subscriptions: 50, latency: 0, limits: false } as const;

const CASES: readonly Case[] = [
  {
    ...{ ...HUGE, sets: 10, subscriptions: 1, latency: 0, title: '10 sets, 100 instances, auto', source: 'auto' },
    ...{ runs: ['first run', 'next run (aim: 0.5 s; 12 reads by the cost table)'], pause: 1_500 },
  },
  {
    ...{ ...BARE, sets: 1_000, title: '1,000 sets, 10,000 instances, arm, no limits', source: 'arm' },
    runs: ['first run (1,010 reads by the cost table)', 'next run'],
  },
  {
    ...{ ...BARE, title: '10,000 sets, 100,000 instances, arm, no limits', source: 'arm' },
    runs: ['first run (aim: 12 s, 200 MB; 10,100 reads by the cost table)', 'next run'],
  },
  {
    ...{ ...BARE, drifted: 1, title: '10,000 sets, all of them drifted, arm, no limits', source: 'arm' },
    runs: ['first run (aim: 300 MB)', 'next run'],
  },
  {
    ...{ ...HUGE, title: '10,000 sets, auto, documented limits, 60 ms', source: 'auto', pause: 6_000 },
    runs: ['first run (aim: 15 s, 200 MB)', 'quiet run (aim: 10 s, 200 MB; 25 to 30 queries by the cost table)'],
  },
  {
    ...{ ...HUGE, title: '10,000 sets, arm, documented limits, 60 ms', source: 'arm' },
    runs: ['first run (aim: 95 s, 200 MB)'],
  },
];

/**
 * The drift report over fleets of several sizes. Azure and the report run by themselves. `beside`: the folder of another
 * checkout, whose report runs after each of ours.
 */
export async function driftFigures(beside?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-bench-'));
  try {
    const builds = await bundled(new URL('drift-run.ts', import.meta.url), folder, beside);
    const lines: string[] = [];
    for (const each of CASES) {
      lines.push(`  ${each.title}`);
      for (const { name, file } of builds) lines.push(...told(each, await runs(each, file), name));
    }
    return ['drift report (10 instances in each set, 2 % of the sets drifted)', ...lines].join('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runs(
  { sets, subscriptions, drifted, latency, limits, source, runs, pause = 0 }: Case,
  file: string,
): Promise<readonly Figures[]> {
  const azure = start([
    ...['scripts/fake-azure.ts', '--port', '0', '--sets', `${sets}`, '--subscriptions', `${subscriptions}`],
    ...['--regions', '2', '--drifted', `${drifted}`, '--latency', `${latency}`, ...(limits ? [] : ['--no-limits'])],
  ]);
  try {
    const settings = await lineWith(azure, /^relay +(.*) npm start$/);
    const env = Object.fromEntries(settings.split(' ').map((each) => each.split(/=(.*)/s, 2)));
    const report = start([file, `${runs.length}`, `${pause}`], { ...env, DRIFT_SOURCE: source });
    const found: Figures[] = [];
    for await (const line of createInterface({ input: report.stdout ?? process.stdin })) {
      found.push(JSON.parse(line) as Figures);
    }
    return found;
  } finally {
    azure.kill('SIGTERM');
    await once(azure, 'exit');
  }
}

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

async function lineWith(child: ChildProcess, form: RegExp): Promise<string> {
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    const found = form.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  throw new Error('the fake Azure has ended');
}

function told({ runs }: Case, found: readonly Figures[], name: string): readonly string[] {
  return found.map(({ milliseconds, cpu, megabytes, reads, queries, stateBytes, finished }, index) =>
    [
      `    ${name}, ${runs[index]}: ${figure(milliseconds / 1_000, 's')}${finished ? '' : ', NOT FINISHED'}`,
      `processor ${figure(cpu / 1_000, 's')}`,
      `${reads} reads and ${queries} queries`,
      `most memory so far ${figure(megabytes, 'MB')}`,
      `state ${figure(stateBytes / 1_024, 'KiB')}`,
    ].join(', '),
  );
}
