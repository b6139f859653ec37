import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stack } from '../support/stack.ts';
import type { Outcome } from './row.ts';

const WORKER = fileURLToPath(new URL('worker.cjs', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Http {
  readonly statusCode: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly bytes: Uint8Array };
}

interface Answer {
  readonly logs: readonly string[];
  readonly response?: { readonly returnValue?: { readonly http?: Http } };
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
}

interface Request {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
}

async function folderOf(stack: Stack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-silence-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The folder that is deployed, made anew. */
export async function built(stack: Stack): Promise<string> {
  const folder = await folderOf(stack);
  execFileSync(process.execPath, ['scripts/build.ts', folder], { cwd: ROOT, stdio: 'ignore' });
  await rm(join(folder, 'relay.yaml'), { force: true });
  return folder;
}

/** The deployed folder in a process of its own, where functions are called as Azure's worker calls them. */
export class Bundle implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #id = 0;
  /** Rejections that nobody handled: Azure's worker ends with each. */
  readonly unhandled: string[] = [];

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: { id?: number; value?: unknown; error?: string; unhandled?: string }) => {
      if (message.unhandled !== undefined) this.unhandled.push(message.unhandled);
      const waiting = this.#waiting.get(message.id ?? 0);
      this.#waiting.delete(message.id ?? 0);
      if (message.error === undefined) waiting?.resolve(message.value);
      else waiting?.reject(new Error(message.error));
    });
    child.on('exit', () => {
      for (const waiting of this.#waiting.values()) waiting.reject(new Error('the process has ended'));
      this.#waiting.clear();
    });
  }

  static async start(stack: Stack, folder: string, env: Readonly<Record<string, string>>): Promise<Bundle> {
    const given = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development', ...env };
    const child = fork(WORKER, [folder], {
      ...{ env: given, cwd: tmpdir(), serialization: 'advanced' as const, execArgv: ['--expose-gc'] },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const bundle = stack.use(new Bundle(child));
    await once(child, 'message');
    return bundle;
  }

  #ask(does: string, given: object = {}): Promise<unknown> {
    this.#id += 1;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(this.#id, waiting);
    this.#child.send({ id: this.#id, does, ...given });
    return waiting.promise;
  }

  /** Calls a function of HTTP. */
  async asks(name: string, { method, body, headers = {}, params = {}, query = '' }: Request = {}): Promise<Answered> {
    const http = {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      url: `https://relay.example.com/api/${name}${query}`,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      params,
      ...(body !== undefined && { body: { string: typeof body === 'string' ? body : JSON.stringify(body) } }),
    };
    const { response } = (await this.#ask('invoke', { name, data: { http }, triggerMetadata: {} })) as Answer;
    const { statusCode = '0', headers: said = {}, body: bytes } = response?.returnValue?.http ?? {};
    const text = Buffer.from(bytes?.bytes ?? []).toString('utf8');
    return { status: Number(statusCode), headers: said, json: text === '' ? undefined : JSON.parse(text) };
  }

  /** Calls the function of the queue. Rejects where the message comes back. */
  async delivers(message: unknown, id: string): Promise<readonly string[]> {
    const data = { json: JSON.stringify(message) };
    const { logs } = (await this.#ask('invoke', {
      name: 'deliver',
      data,
      triggerMetadata: { id: { string: id } },
    })) as Answer;
    return logs;
  }

  /** Calls a function of a timer. */
  async runs(name: string): Promise<readonly string[]> {
    return ((await this.#ask('invoke', { name, data: { json: '{}' }, triggerMetadata: {} })) as Answer).logs;
  }

  memory = (): Promise<number> => this.#ask('memory') as Promise<number>;
  jump = (milliseconds: number): Promise<unknown> => this.#ask('jump', { milliseconds });
  terminate = (): Promise<unknown> => this.#ask('terminate');

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

/** A configuration for the relay; JSON is YAML as well. */
export async function configured(stack: Stack, config: unknown): Promise<{ RELAY_CONFIG: string }> {
  const file = join(await folderOf(stack), 'relay.yaml');
  await writeFile(file, JSON.stringify(config));
  return { RELAY_CONFIG: file };
}

/** An answer of HTTP: what is no success must be a refusal that says when to come again. */
export function answeredWell({ status, headers }: Answered, only?: number): Outcome {
  const isGood = only === undefined ? (status >= 200 && status < 300) || status === 503 : status === only;
  const fault = !isGood
    ? `expected ${only ?? '2xx or 503'}`
    : status === 503 && !Number(headers['retry-after'])
      ? 'without Retry-After'
      : undefined;
  return { result: `${status}`, fault };
}

/** A function that ends, or fails as foreseen, so that it comes again. */
export async function endsWell(work: Promise<readonly string[]>): Promise<Outcome> {
  try {
    await work;
    return { result: 'done' };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const [kind = ''] = /\b(Storage|Late|Configuration)Error\b/.exec(text) ?? [];
    return { result: kind === '' ? text : `comes again (${kind})`, fault: kind === '' ? 'is not foreseen' : undefined };
  }
}
