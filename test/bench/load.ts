import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { autoscaleBody } from './body.ts';
import { figure, median } from './median.ts';

const PROCESSES = 15;
/** Milliseconds between a start and the first call, where there is a pause. */
const PAUSE = 300;

const SCRIPT = fileURLToPath(new URL('cold-start.cjs', import.meta.url));
const run = promisify(execFile);

interface Start {
  readonly load: number;
  readonly whole?: number;
  readonly status?: string;
}

/** What is loaded, and the first call; none where only loading is timed. */
interface Case {
  readonly path: string;
  readonly call?: readonly [name: string, request: object];
  readonly pause?: number;
  readonly env?: Readonly<Record<string, string>>;
}

async function coldStart({ path, call, pause = 0, env = {} }: Case): Promise<Start> {
  const [name, request] = call ?? [];
  const args = name === undefined ? [] : [String(pause), name, JSON.stringify(request)];
  const { stdout } = await run(process.execPath, [SCRIPT, path, ...args], { env });
  const start = JSON.parse(stdout) as Start;
  if (start.status !== undefined && !start.status.startsWith('2')) throw new Error(`${name} answered ${start.status}`);
  return start;
}

/** Milliseconds of each case, each time in a fresh process; in turn, so that what else the machine does hits them all. */
async function timed<Name extends string>(cases: Readonly<Record<Name, Case>>): Promise<Record<Name, number>> {
  const names = Object.keys(cases) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= PROCESSES; round += 1) {
    for (const name of names) {
      const { load, whole = load } = await coldStart(cases[name]);
      // The first round brings the files into memory.
      if (round > 0) times[name].push(whole);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}

/** The least that a function app can be: @azure/functions and one function. */
async function writeMinimal(outfile: string): Promise<string> {
  const contents = "require('@azure/functions').app.http('health', { handler: () => ({ jsonBody: {} }) })";
  const common = { bundle: true, minify: true, platform: 'node', target: 'node22', format: 'cjs' } as const;
  const stdin = { contents, resolveDir: process.cwd() };
  await build({ ...common, stdin, outfile, external: ['@azure/functions-core'] });
  return outfile;
}

/** Start-up in a fresh process, against a minimal function app: loading, and loading with the first call. */
export async function loadFigures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-bench-'));
  const storage = createServer((request, response) => request.resume().on('end', () => stored(response)));
  await new Promise<void>((done) => storage.listen(0, '127.0.0.1', done));
  const env = settings((storage.address() as AddressInfo).port);
  try {
    const path = join(folder, 'relay');
    const sizes = execFileSync(process.execPath, ['scripts/build.ts', path], { encoding: 'utf8' });
    const minimal = await writeMinimal(join(folder, 'minimal.cjs'));
    const times = await timed({
      load: { path },
      health: { path, env, call: ['health', request('health')] },
      webhook: { path, env, call: ['webhook', request('webhooks/azure-autoscale', autoscaleBody(0))] },
      later: { path, env, pause: PAUSE, call: ['webhook', request('webhooks/azure-autoscale', autoscaleBody(0))] },
      bareLoad: { path: minimal },
      bareCall: { path: minimal, call: ['health', request('health')] },
    });
    const line = (what: string, ms: number, base: number, aim = '') =>
      `  ${what.padEnd(46)} ${figure(ms, 'ms').padEnd(8)} = ${(ms / base).toFixed(2)} × minimal${aim}`;
    return [
      `start-up in a fresh process, against a minimal function app (median of ${PROCESSES})`,
      `  minimal: load ${figure(times.bareLoad, 'ms')}, load and first call ${figure(times.bareCall, 'ms')}`,
      line('load', times.load, times.bareLoad, ' (aim: at most 2)'),
      line('load and first call: health', times.health, times.bareCall),
      line('load and first call: a webhook, storage stubbed', times.webhook, times.bareCall),
      line(`the same, the call ${PAUSE} ms later (not counted)`, times.later, times.bareCall),
      ...sizes
        .trim()
        .split('\n')
        .slice(0, 2)
        .map((each) => `  ${each}`),
    ].join('\n');
  } finally {
    storage.close();
    storage.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
}

const request = (path: string, body?: object) => ({
  method: body === undefined ? 'GET' : 'POST',
  url: `https://relay.example.com/api/${path}`,
  headers: { 'content-type': 'application/json' },
  params: path.includes('/') ? { source: path.split('/')[1] } : {},
  ...(body !== undefined && { body: { string: JSON.stringify(body) } }),
});

function settings(port: number): Record<string, string> {
  const [key, at] = [Buffer.from('key').toString('base64'), `http://127.0.0.1:${port}/bench`];
  const endpoints = `BlobEndpoint=${at};QueueEndpoint=${at};TableEndpoint=${at}`;
  return {
    AzureWebJobsStorage: `DefaultEndpointsProtocol=http;AccountName=bench;AccountKey=${key};${endpoints}`,
    SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/bench',
  };
}

/** https://learn.microsoft.com/rest/api/storageservices/put-message */
function stored(response: ServerResponse): void {
  const time = 'Fri, 20 Nov 2026 14:05:10 GMT';
  const times = ['InsertionTime', 'ExpirationTime', 'TimeNextVisible'].map((name) => `<${name}>${time}</${name}>`);
  response
    .writeHead(201, { 'content-type': 'application/xml', 'x-ms-request-id': '1' })
    .end(
      `<?xml version="1.0"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId><PopReceipt>1</PopReceipt>${times.join('')}</QueueMessage></QueueMessagesList>`,
    );
}
