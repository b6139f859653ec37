import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { run } from '../command.ts';
import { builtProgram } from '../dotnet.ts';

const PROJECT = fileURLToPath(new URL('queue-host.csproj', import.meta.url));

/** Rejects with `Missing` where there is no .NET, or where its packages do not come. */
export const queueHost = (): Promise<string> => builtProgram('queue-host', PROJECT);

/** What the extension has made of a host.json, by the names of its own properties. */
export async function boundOptions(program: string, hostJson: string): Promise<Readonly<Record<string, string>>> {
  const { code, text } = await run('dotnet', [program, hostJson, 'options']);
  if (code !== 0) throw new Error(`the host does not take ${hostJson}: ${text.trim().slice(-1_000)}`);
  return JSON.parse(text);
}

export interface Where {
  readonly hostJson: string;
  readonly storage: string;
  readonly queue: string;
  /** Where the function is run. */
  readonly worker: string;
}

/** The real trigger in a process of its own. */
export class Host implements AsyncDisposable {
  readonly #child: ChildProcess;
  /** Warnings and errors, as they were written. */
  text = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.text += text;
      });
    }
  }

  static async start(program: string, { hostJson, storage, queue, worker }: Where): Promise<Host> {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, AzureWebJobsStorage: storage, DOTNET_CLI_TELEMETRY_OPTOUT: '1' };
    const child = spawn('dotnet', [program, hostJson, queue, worker], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const host = new Host(child);
    while (!/^ready$/m.test(host.text)) {
      const ended = await Promise.race([once(child, 'exit'), once(child.stdout, 'data').then(() => undefined)]);
      if (ended !== undefined) throw new Error(`the host has ended:\n${host.text.slice(-2_000)}`);
    }
    return host;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** kill -9, so that it gives nothing back. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.isAlive) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
