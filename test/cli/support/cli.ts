import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { run } from '../../../src/cli/run.ts';

const ENTRY = fileURLToPath(new URL('../../../src/cli/relay.ts', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Start {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** The folder to run in; without it, one without a configuration. */
  readonly cwd?: string;
}

/** What is written to it, and `text` of it. */
function sink() {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write: (part, _encoding, done) => {
      text += part;
      done();
    },
  });
  return { stream, text: () => text };
}

const HERE = process.cwd();
const running = new Set<Promise<void>>();

/** Goes to a folder, and back once nobody is there any more. A process has one: commands of another folder wait. */
async function enter(folder: string): Promise<() => void> {
  while (running.size > 0 && process.cwd() !== folder) await Promise.race(running);
  const { promise, resolve } = Promise.withResolvers<void>();
  running.add(promise);
  process.chdir(folder);
  return () => {
    running.delete(promise);
    // The files that this process tests next begin where it began.
    if (running.size === 0) process.chdir(HERE);
    resolve();
  };
}

/** A command, from its arguments to its exit status, in this process: starting one costs more than what it does. */
export async function cli(
  args: readonly string[],
  { env = {}, stdin = '', cwd = tmpdir() }: Start = {},
): Promise<Ended> {
  const leave = await enter(await realpath(cwd));
  const [out, err] = [sink(), sink()];
  const { PATH = '', HOME = '' } = process.env;
  const shell = {
    env: { PATH, HOME, ...env },
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: out.stream,
    stderr: err.stream,
  };
  try {
    return { status: await run(args, shell), stdout: out.text(), stderr: err.text() };
  } finally {
    leave();
  }
}

/** The command line as a process of its own. */
export function cliProcess(
  args: readonly string[],
  { env = {}, stdin = '', cwd = tmpdir() }: Start = {},
): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  // Nothing else is passed on: the settings of whoever runs the tests must not reach it.
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd, env: { PATH, HOME, ...env } });
  const read = (stream: NodeJS.ReadableStream) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    return () => text;
  };
  const [stdout, stderr] = [read(child.stdout), read(child.stderr)];
  // Whoever refuses a large body does not read it to its end.
  child.stdin.on('error', () => {}).end(stdin);
  return new Promise((done) => child.on('close', (status) => done({ status, stdout: stdout(), stderr: stderr() })));
}

/** A folder with files in it, for as long as a test needs it. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>) {
  const path = await mkdtemp(join(tmpdir(), 'relay-cli-'));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(path, name), content)));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export const json = (text: string): unknown => JSON.parse(text);
