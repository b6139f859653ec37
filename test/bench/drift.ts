import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { figure, median } from './median.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Fleet {
  readonly sets: number;
  readonly subscriptions: number;
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
  readonly runs: number;
  /** Milliseconds between runs. */
  readonly pause?: number;
  readonly flags?: readonly string[];
  readonly tell: (runs: readonly Figures[]) => string;
}

const HUGE = { sets: 10_000, subscriptions: 20, latency: 60, limits: true } as const;

// What V8 lets its young generation grow to is half of what it takes on a large machine, and a setting.
const LEAN = ['--max-semi-space-size=8'];

const CASES: readonly Case[] = [
  {
    ...{ ...HUGE, sets: 10, subscriptions: 1, latency: 0 },
    ...{ title: '10 sets, 100 instances, auto', source: 'auto', runs: 6, pause: 1_500 },
    tell: (runs) =>
      told(runs.slice(1), 'median of 5, after the first', 'aim: at most 0.5 s; 12 reads by the cost table'),
  },
  {
    ...{ ...HUGE, sets: 1_000, latency: 0, limits: false },
    ...{ title: '1,000 sets, 10,000 instances, arm, no limits', source: 'arm', runs: 6 },
    tell: (runs) => told(runs.slice(1), 'median of 5', '1,010 reads by the cost table'),
  },
  {
    ...{ ...HUGE, subscriptions: 50, latency: 0, limits: false },
    ...{ title: '10,000 sets, 100,000 instances, arm, no limits', source: 'arm', runs: 3 },
    tell: (runs) => told(runs, 'median of 3', 'aim: at most 12 s; 10,100 reads by the cost table'),
  },
  {
    ...{ ...HUGE, subscriptions: 50, latency: 0, limits: false },
    ...{ title: `the same with ${LEAN.join(' ')}`, source: 'arm', runs: 3, flags: LEAN },
    tell: (runs) => told(runs, 'median of 3', 'aim: at most 256 MB'),
  },
  {
    ...{ ...HUGE, title: '10,000 sets, auto, documented limits, 60 ms: first run', source: 'auto', runs: 1 },
    tell: (runs) => told(runs, 'once; reads what has drifted, images and an hour’s share', 'aim: at most 15 s'),
  },
  {
    ...{
      ...HUGE,
      title: '10,000 sets, auto, documented limits, 60 ms: quiet run',
      source: 'auto',
      runs: 2,
      // Resource Graph still counts what the first run has asked.
      pause: 6_000,
    },
    tell: (runs) => told(runs.slice(1), 'once', 'aim: at most 10 s; 25 to 30 queries by the cost table'),
  },
  {
    ...{ ...HUGE, title: '10,000 sets, arm, documented limits, 60 ms', source: 'arm', runs: 1, flags: LEAN },
    tell: (runs) => told(runs, `once, ${LEAN.join(' ')}`, 'aim: at most 95 s'),
  },
];

/** The drift report over fleets of several sizes, with 2 % of the sets drifted. Azure and the report run by themselves. */
export async function driftFigures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-bench-'));
  const file = join(folder, 'run.mjs');
  try {
    await bundle(file);
    const lines: string[] = [];
    for (const each of CASES) lines.push(`  ${each.title}\n    ${each.tell(await runs(each, file))}`);
    return ['drift report (10 instances in each set, 2 % of the sets drifted)', ...lines].join('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As it is deployed: in one file, which takes less memory than the sources with their types. */
const bundle = (outfile: string) =>
  build({
    entryPoints: [fileURLToPath(new URL('drift-run.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    outfile,
    logLevel: 'error',
  });

async function runs(
  { sets, subscriptions, latency, limits, source, runs, pause = 0, flags = [] }: Case,
  file: string,
): Promise<readonly Figures[]> {
  const azure = start([
    ...['scripts/fake-azure.ts', '--port', '0', '--sets', `${sets}`, '--subscriptions', `${subscriptions}`],
    ...['--regions', '2', '--drifted', '0.02', '--latency', `${latency}`, ...(limits ? [] : ['--no-limits'])],
  ]);
  try {
    const settings = await lineWith(azure, /^relay +(.*) npm start$/);
    const env = Object.fromEntries(settings.split(' ').map((each) => each.split(/=(.*)/s, 2)));
    const report = start([...flags, file, `${runs}`, `${pause}`], { ...env, DRIFT_SOURCE: source });
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

function told(runs: readonly Figures[], how: string, aim: string): string {
  const middle = (of: (run: Figures) => number): number => median(runs.map(of));
  const unfinished = runs.some(({ finished }) => !finished) ? ', NOT FINISHED' : '';
  return [
    `${figure(middle(({ milliseconds }) => milliseconds) / 1_000, 's')} (${how}; ${aim})${unfinished}`,
    `processor ${figure(middle(({ cpu }) => cpu) / 1_000, 's')}`,
    `${middle(({ reads }) => reads)} reads and ${middle(({ queries }) => queries)} queries`,
    `most memory ${figure(Math.max(...runs.map(({ megabytes }) => megabytes)), 'MB')}`,
    `state ${figure(middle(({ stateBytes }) => stateBytes) / 1_024, 'KiB')}`,
  ].join(', ');
}
