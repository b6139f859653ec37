import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../support/local-run.ts';
import { came } from './world.ts';

const require = createRequire(import.meta.url);
const manifest = require.resolve('azurite/package.json');
const { bin } = require(manifest) as { readonly bin: { readonly azurite: string } };

interface StorageFile {
  readonly pid: number;
  readonly key: string;
  readonly ports: { readonly blob: number; readonly queue: number; readonly table: number };
}

/** The Azurite of a local run's data folder, to be treated badly. */
export class Storage {
  readonly #file: string;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'storage.json');
  }

  async #state(): Promise<StorageFile> {
    return JSON.parse(await readFile(this.#file, 'utf8')) as StorageFile;
  }

  async signal(name: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    process.kill((await this.#state()).pid, name);
  }

  /** SIGTERM lets it write everything to disk, SIGKILL does not. Resolves once it has ended. */
  async end(name: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { pid } = await this.#state();
    process.kill(pid, name);
    const ended = this.#child?.pid === pid ? once(this.#child, 'exit') : came(() => !isAlive(pid), 10_000);
    await ended;
  }

  /** The same storage at the same addresses, as a new process. */
  async start(): Promise<void> {
    const state = await this.#state();
    const { blob, queue, table } = state.ports;
    const places = ['--location', join(this.#folder, 'azurite'), '--silent', '--disableTelemetry'];
    const ports = ['--blobPort', `${blob}`, '--queuePort', `${queue}`, '--tablePort', `${table}`];
    const script = join(dirname(manifest), bin.azurite);
    this.#child = spawn(process.execPath, [script, ...places, '--skipApiVersionCheck', ...ports], {
      stdio: 'ignore',
      env: { AZURITE_ACCOUNTS: `relay:${state.key}` },
    });
    // Whoever clears the folder away ends the process that the file names.
    await writeFile(this.#file, JSON.stringify({ ...state, pid: this.#child.pid }));
    const answers = (port: number) => fetch(`http://127.0.0.1:${port}`).then(() => true);
    await came(async () => (await answers(queue)) && (await answers(table)), 20_000);
    await sleep(100);
  }
}
