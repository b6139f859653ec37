import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Ended } from '../cli/support/cli.ts';

const run = promisify(execFile);

// Nothing answers there: whatever asks a registry fails, and what a machine has cached is not found either.
const offline = (folder: string) => ({
  npm_config_registry: 'http://127.0.0.1:1',
  npm_config_cache: join(folder, 'cache'),
  npm_config_update_notifier: 'false',
});

/** The npm package made anew; resolves with the path of its tarball. */
export async function packed(out: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['scripts/package.ts', out]);
  return stdout.trim();
}

export interface Serving {
  /** Everything printed so far. */
  readonly output: () => string;
  /** Resolves with the first match; rejects where the process ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Ends it as a terminal would, and resolves with the exit code. */
  end(): Promise<number | null>;
}

/** A folder of a stranger, with a space in its name, in which a tarball was installed without a network. */
export async function installed(tarball: string) {
  const root = await mkdtemp(join(tmpdir(), 'relay-package-'));
  const folder = join(root, 'my project');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const { HOME = '', PATH = '' } = process.env;
  // `env node` of the command finds the Node that runs this.
  const env = { HOME, PATH: [dirname(process.execPath), PATH].join(delimiter), ...offline(root) };
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, env });
  const bin = join(folder, 'node_modules/.bin/autoscale-relay');
  const started: Serving[] = [];
  return {
    folder,
    env,
    put: (name: string, text: string) => writeFile(join(folder, name), text),
    read: (name: string) => readFile(join(folder, name), 'utf8'),
    /** Any program there. */
    async runs(file: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
      try {
        return { status: 0, ...(await run(file, [...args], { cwd: folder, env: { ...env, ...more } })) };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { status: code, stdout, stderr };
      }
    },
    /** One command of the package. */
    relay(...args: readonly string[]): Promise<Ended> {
      return this.runs(bin, args);
    },
    /** A command that goes on until it is ended. */
    serve(args: readonly string[], more: Readonly<Record<string, string>> = {}): Serving {
      const serving = served(bin, args, folder, { ...env, ...more });
      started.push(serving);
      return serving;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((each) => each.end()));
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function served(bin: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Serving {
  const child = spawn(bin, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  let over = false;
  const ended = new Promise<number | null>((done) => child.on('close', done)).finally(() => {
    over = true;
  });
  return {
    output: () => text,
    async says(pattern) {
      for (;;) {
        const found = pattern.exec(text);
        if (found !== null) return found;
        if (over) throw new Error(`it ended without ${pattern}:\n${text}`);
        await sleep(20);
      }
    },
    async end() {
      if (!over) child.kill('SIGTERM');
      return ended;
    },
  };
}
