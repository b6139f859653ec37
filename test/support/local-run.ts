import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { InboxMessage } from '../../dev/host/inbox-message.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_MILLISECONDS = 150_000;

export interface DataFolder extends AsyncDisposable {
  readonly path: string;
  /** Puts a file into it, and resolves with its path. */
  write(name: string, text: string): Promise<string>;
  /** The process id of the Azurite that works on it, if any. */
  storagePid(): Promise<number | undefined>;
  /** Leads to that Azurite. */
  connectionString(): Promise<string>;
}

interface StorageFile {
  readonly pid: number;
  readonly key: string;
  readonly ports: { readonly blob: number; readonly queue: number; readonly table: number };
}

/** A data folder in the temp folder, which takes its Azurite along when it goes. */
export async function dataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'relay-run-'));
  const file = async (): Promise<Partial<StorageFile>> =>
    JSON.parse((await readFile(join(path, 'storage.json'), 'utf8').catch(() => '')) || '{}');
  const storagePid = async () => (await file()).pid;
  return {
    path,
    storagePid,
    async write(name, text) {
      await writeFile(join(path, name), text);
      return join(path, name);
    },
    async connectionString() {
      const { key, ports } = await file();
      return [
        `DefaultEndpointsProtocol=http;AccountName=relay;AccountKey=${key}`,
        `BlobEndpoint=http://127.0.0.1:${ports?.blob}/relay`,
        `QueueEndpoint=http://127.0.0.1:${ports?.queue}/relay`,
        `TableEndpoint=http://127.0.0.1:${ports?.table}/relay`,
      ].join(';');
    },
    async [Symbol.asyncDispose]() {
      const pid = await storagePid();
      if (pid !== undefined && signal(pid, 'SIGKILL')) await gone(pid);
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface LocalRun extends AsyncDisposable {
  /** Everything printed so far. */
  readonly output: string;
  readonly pid: number;
  /** Resolves with the URL of the `ready` line; rejects with what was printed instead. */
  ready(): Promise<string>;
  /** Resolves with the exit code once nobody writes to the output any more; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** `npm start` without npm: the local run as a process of its own, on a free port. */
export const startRun = (folder: DataFolder, env: Record<string, string> = {}): LocalRun =>
  run([process.execPath, 'dev/host/start.ts'], folder, env, false);

/** `npm start` itself, in a process group of its own. */
export const startNpm = (folder: DataFolder): LocalRun => run(['npm', 'start'], folder, {}, true);

function run(command: readonly string[], { path }: DataFolder, more: Record<string, string>, group: boolean): LocalRun {
  const [file = '', ...rest] = command;
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  // Nothing else is passed on: the settings of whoever runs the tests must not reach the relay.
  const env = { PATH, HOME, NODE_COMPILE_CACHE, PORT: '0', RELAY_DATA_DIR: path, ...more };
  const child = spawn(file, rest, { cwd: ROOT, env, detached: group, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} could not be started`);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let over = false;
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code))).finally(() => {
    over = true;
  });
  return {
    pid,
    ended,
    get output() {
      return output;
    },
    async ready() {
      const until = Date.now() + READY_MILLISECONDS;
      while (Date.now() < until && !over) {
        const url = /^ready +(\S+)/m.exec(output)?.[1];
        if (url !== undefined) return url;
        await sleep(20);
      }
      throw new Error(`no "ready" line, but:\n${output}`);
    },
    async [Symbol.asyncDispose]() {
      signal(group ? -pid : pid, 'SIGKILL');
      await ended;
    },
  };
}

/** What the inbox of a local run got, newest first. */
export async function inboxOf(url: string): Promise<{ builtIn: boolean; messages: InboxMessage[] }> {
  const response = await fetch(`${url}/inbox/messages`);
  return (await response.json()) as { builtIn: boolean; messages: InboxMessage[] };
}

export const postJson = (url: string, body: unknown): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const isAlive = (pid: number): boolean => signal(pid, 0);

async function gone(pid: number): Promise<void> {
  const until = Date.now() + 5_000;
  while (isAlive(pid) && Date.now() < until) await sleep(20);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
