import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';

// Azurite runs as a process of its own that outlives a relay which is killed: what was accepted is still there for the
// next start. This file, in the data folder, says where it is.
const state = z.object({
  pid: z.int().positive(),
  ports: z.object({ blob: z.int(), queue: z.int(), table: z.int() }),
  key: z.string(),
  /** The relay that uses it, once that is ready. */
  relay: z.url().optional(),
});

type State = z.infer<typeof state>;

export interface EmbeddedStorage {
  readonly connectionString: string;
  /** Whether an earlier relay left it running. */
  readonly found: boolean;
  /** Tells later starts that this relay uses the folder. */
  claim(): Promise<void>;
  /** Ends Azurite, which writes everything to disk first. */
  stop(): Promise<void>;
}

const ACCOUNT = 'relay';
const START_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 10_000;

/**
 * Storage in a folder for the relay at `relayUrl`: finds the Azurite that works on it, or starts one.
 * Throws an Error that says what to do.
 */
export async function openEmbeddedStorage(dataDir: string, relayUrl: string): Promise<EmbeddedStorage> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'storage.json');
  // Whole or not at all: a relay that is killed here must not leave an Azurite behind that nobody can find.
  const save = async (value: State) => {
    await writeFile(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
    await rename(`${file}.new`, file);
  };

  const left = await leftBehind(file);
  const other = left?.relay;
  if (other !== undefined && other !== relayUrl && (await answers(`${other}/api/health`))) {
    throw new Error(`the relay at ${other} already uses ${folder}; end it, or set RELAY_DATA_DIR to another folder`);
  }
  const current = left ?? (await start(folder, save));
  return {
    connectionString: connectionString(current),
    found: left !== undefined,
    claim: () => save({ ...current, relay: relayUrl }),
    async stop() {
      await end(current);
      await rm(file, { force: true });
    },
  };
}

async function leftBehind(file: string): Promise<State | undefined> {
  const text = await readFile(file, 'utf8').catch(() => 'null');
  const parsed = state.safeParse(safeJson(text));
  if (!parsed.success || !isAlive(parsed.data.pid)) return undefined;
  // It may have been left in the middle of starting.
  return (await becomesReady(parsed.data, 5_000)) ? parsed.data : undefined;
}

async function start(folder: string, save: (value: State) => Promise<void>): Promise<State> {
  const [blob, queue, table] = await Promise.all([freePort(), freePort(), freePort()]);
  const key = randomBytes(32).toString('base64');
  const logPath = join(folder, 'azurite.log');
  const log = await open(logPath, 'w');
  const child = spawn(process.execPath, [azuriteScript(), ...azuriteArguments(folder, { blob, queue, table })], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` },
  });
  child.unref();
  await log.close();
  const { pid } = child;
  if (pid === undefined) throw new Error('Azurite, the embedded storage, could not be started; run "npm ci" again');
  const started: State = { pid, ports: { blob, queue, table }, key };
  await save(started);
  if (await becomesReady(started, START_MILLISECONDS)) return started;
  await end(started);
  throw new Error(`Azurite, the embedded storage, did not start; ${logPath} says why`);
}

const azuriteArguments = (folder: string, ports: State['ports']): string[] => [
  ...['--location', join(folder, 'azurite')],
  ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
  ...['--blobPort', `${ports.blob}`, '--queuePort', `${ports.queue}`, '--tablePort', `${ports.table}`],
];

function azuriteScript(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('azurite/package.json');
  return join(
    dirname(manifest),
    z.object({ bin: z.object({ azurite: z.string() }) }).parse(require(manifest)).bin.azurite,
  );
}

async function becomesReady({ pid, ports }: State, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (Date.now() < until && isAlive(pid)) {
    const ready = await Promise.all([answers(local(ports.queue)), answers(local(ports.table))]);
    if (ready.every(Boolean)) return true;
    await sleep(50);
  }
  return false;
}

async function end({ pid, ports }: State): Promise<void> {
  const until = Date.now() + STOP_MILLISECONDS;
  signal(pid, 'SIGTERM');
  // Where nobody collects a process that has ended, it looks alive; but its port is closed.
  while (isAlive(pid) && (await answers(local(ports.queue))) && Date.now() < until) await sleep(50);
  for (let grace = 0; isAlive(pid) && grace < 20; grace += 1) await sleep(50);
  if (isAlive(pid)) signal(pid, 'SIGKILL');
}

const isAlive = (pid: number): boolean => signal(pid, 0);

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

const answers = async (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );

const local = (port: number): string => `http://127.0.0.1:${port}`;

const connectionString = ({ ports, key }: State): string =>
  [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${key}`,
    `BlobEndpoint=${local(ports.blob)}/${ACCOUNT}`,
    `QueueEndpoint=${local(ports.queue)}/${ACCOUNT}`,
    `TableEndpoint=${local(ports.table)}/${ACCOUNT}`,
  ].join(';');

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? done(address.port) : fail(new Error('no port is free')),
      );
    });
  });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
