import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { isPackage, typedHere } from '../../src/event/command.ts';
import { answers, isAlive, signal } from './alive.ts';
import { freePort } from './free-port.ts';
import { type StorageFile, type StorageState, storageFile } from './storage-file.ts';

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
// On a machine that is busy with something else, a process alone can take half a minute to come up.
const START_MILLISECONDS = 120_000;
const STOP_MILLISECONDS = 10_000;

/**
 * Storage in a folder for the relay at `relayUrl`: finds the Azurite that works on it, or starts one on ports that `choose`
 * names. Throws an Error that says what to do.
 */
export async function openEmbeddedStorage(
  dataDir: string,
  relayUrl: string,
  choose: () => Promise<number> = anyPort,
): Promise<EmbeddedStorage> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true });
  const file = storageFile(folder);
  const left = await leftBehind(file);
  const current = left ?? (await start(folder, file, choose));
  return {
    connectionString: connectionString(current),
    found: left !== undefined,
    claim: () => file.save({ ...current, relay: relayUrl, relayPid: process.pid }),
    async stop() {
      await end(current);
      await file.remove();
    },
  };
}

async function leftBehind(file: StorageFile): Promise<StorageState | undefined> {
  const found = await file.read();
  if (found === undefined || !isAlive(found.pid)) return undefined;
  // It may have been left in the middle of starting.
  return (await becomesReady(found, 5_000)) ? found : undefined;
}

// Somebody else may take a port between the look and the start.
const MOST_STARTS = 3;

async function start(folder: string, file: StorageFile, choose: () => Promise<number>): Promise<StorageState> {
  const logPath = join(folder, 'azurite.log');
  for (let count = 0; count < MOST_STARTS; count += 1) {
    const [blob, queue, table] = await Promise.all([choose(), choose(), choose()]);
    const started = await spawned(folder, logPath, { blob, queue, table });
    await file.save(started);
    if (await becomesReady(started, START_MILLISECONDS)) return started;
    const isSlow = isAlive(started.pid);
    await end(started);
    if (isSlow) break;
  }
  throw new Error(`Azurite, the embedded storage, did not start; ${logPath} says why`);
}

async function spawned(folder: string, logPath: string, ports: StorageState['ports']): Promise<StorageState> {
  const key = randomBytes(32).toString('base64');
  const log = await open(logPath, 'w');
  const child = spawn(process.execPath, [azuriteScript(), ...azuriteArguments(folder, ports)], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` },
  });
  child.unref();
  await log.close();
  const { pid } = child;
  if (pid === undefined)
    throw new Error(
      `Azurite, the embedded storage, could not be started; ${typedHere.install} brings back what is missing`,
    );
  return { pid, ports, key };
}

const azuriteArguments = (folder: string, ports: StorageState['ports']): string[] => [
  ...['--location', join(folder, 'azurite')],
  ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
  ...['--blobPort', `${ports.blob}`, '--queuePort', `${ports.queue}`, '--tablePort', `${ports.table}`],
];

function azuriteScript(): string {
  // With its package come 450 others; scripts/package.ts makes one file of what is needed of them.
  if (isPackage) return fileURLToPath(new URL('../../lib/azurite.cjs', import.meta.url));
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('azurite/package.json');
  return join(
    dirname(manifest),
    z.object({ bin: z.object({ azurite: z.string() }) }).parse(require(manifest)).bin.azurite,
  );
}

async function becomesReady({ pid, ports }: StorageState, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (Date.now() < until && isAlive(pid)) {
    const ready = await Promise.all([answers(local(ports.queue)), answers(local(ports.table))]);
    if (ready.every(Boolean)) return true;
    await sleep(50);
  }
  return false;
}

async function end({ pid, ports }: StorageState): Promise<void> {
  const until = Date.now() + STOP_MILLISECONDS;
  signal(pid, 'SIGTERM');
  // One that was paused hears nothing until it goes on, and has not written yet what it took.
  signal(pid, 'SIGCONT');
  // Where nobody collects a process that has ended, it looks alive; but its port is closed.
  while (isAlive(pid) && (await answers(local(ports.queue))) && Date.now() < until) await sleep(50);
  for (let grace = 0; isAlive(pid) && grace < 20; grace += 1) await sleep(50);
  if (isAlive(pid)) signal(pid, 'SIGKILL');
}

const local = (port: number): string => `http://127.0.0.1:${port}`;

const connectionString = ({ ports, key }: StorageState): string =>
  [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${key}`,
    `BlobEndpoint=${local(ports.blob)}/${ACCOUNT}`,
    `QueueEndpoint=${local(ports.queue)}/${ACCOUNT}`,
    `TableEndpoint=${local(ports.table)}/${ACCOUNT}`,
  ].join(';');

async function anyPort(): Promise<number> {
  const port = await freePort();
  if (port === undefined) throw new Error('no port is free');
  return port;
}
