import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { parseArgs } from 'node:util';

// Runs a script, and anew after each change of what it is made of. The one before has ended by itself until then, and
// with it what it had started: a port or a storage that is still taken would refuse the next one.

/** Editors write a file in several steps, and a branch is many files. Milliseconds. */
const SETTLED = 200;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { watch: { type: 'string', multiple: true, default: [] } },
});
const [script = 'dev/host/start.ts', ...args] = positionals;

let running: ChildProcess | undefined;
let isEnding = false;
let changes = Promise.resolve();

function start(): void {
  // In a group of its own: Ctrl-C at a terminal would reach it as well, and a second signal ends it without its storage.
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit', detached: true });
  running = child;
  child.once('exit', (code) => {
    running = undefined;
    if (code !== 0 && code !== null && !isEnding) console.log(`it ended with ${code}; the next change starts it again`);
  });
}

async function end(): Promise<void> {
  if (running === undefined) return;
  const exit = once(running, 'exit');
  running.kill('SIGTERM');
  await exit;
}

let timer: NodeJS.Timeout | undefined;
function changed(file: string | null): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    changes = changes.then(async () => {
      console.log(`${file ?? 'something'} has changed`);
      await end();
      if (!isEnding) start();
    });
  }, SETTLED);
}

const watchers = values.watch
  .filter((each) => existsSync(each))
  .map((each) => watch(each, { recursive: true }, (_kind, file) => changed(file)));

async function stop(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  clearTimeout(timer);
  for (const each of watchers) each.close();
  await changes;
  await end();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// npm passes SIGTERM to the shell that it runs this in, which dies of it.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stop(), 250).unref();

start();
