import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Stack } from '../../support/stack.ts';
import { type Call, type Message, MOST_BYTES, rpcServer } from './rpc.ts';

const START = fileURLToPath(new URL('start.cjs', import.meta.url));

interface Function {
  readonly name: string;
  readonly functionId: string;
  readonly bindings: Readonly<Record<string, { readonly type: string }>>;
  readonly rawBindings?: readonly string[];
}

interface Status {
  readonly status?: string;
  readonly exception?: { readonly message?: string };
}

/** The public worker of Azure Functions in a process of its own, spoken to as Azure's host does. */
export class NodeWorker {
  readonly #child: ChildProcess;
  readonly #call: Call;
  readonly #waiting = new Map<string, PromiseWithResolvers<Message>>();
  /** Everything that the worker and the app logged. */
  readonly logs: string[] = [];
  functions: readonly Function[] = [];
  /** Where the library takes requests of HTTP. */
  httpUri = '';

  private constructor(child: ChildProcess, call: Call) {
    this.#child = child;
    this.#call = call;
    call.on('data', (message) => this.#take(message));
    call.on('error', () => undefined);
  }

  /** Starts it with an app, whose functions are registered when this resolves. Rejects with what the worker said instead. */
  static async start(stack: Stack, folder: string, app: string, env: Readonly<Record<string, string>>) {
    const stream = Promise.withResolvers<Call>();
    const server = stack.use(await rpcServer(folder, stream.resolve));
    const { PATH = '' } = process.env;
    const args = [
      ...['--functions-uri', `http://127.0.0.1:${server.port}`, '--functions-worker-id', randomUUID()],
      ...['--functions-request-id', randomUUID(), '--functions-grpc-max-message-length', `${MOST_BYTES}`],
    ];
    const child = spawn(process.execPath, [START, ...args], {
      env: { PATH, AZURE_FUNCTIONS_ENVIRONMENT: 'Development', AZURE_FUNCTIONS_WORKER: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    stack.defer(() => ended(child));
    let said = '';
    for (const each of [child.stdout, child.stderr]) each.setEncoding('utf8').on('data', (text) => (said += text));
    const gone = once(child, 'exit').then(() => Promise.reject(new Error(`the worker has ended:\n${said}`)));
    const worker = new NodeWorker(child, await Promise.race([stream.promise, gone]));
    gone.catch(() => undefined);
    await Promise.race([worker.#begin(app), gone]);
    return worker;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async #begin(functionAppDirectory: string): Promise<void> {
    const init = await this.#ask('workerInitRequest', { hostVersion: '4.1040.300', functionAppDirectory });
    const { capabilities, result } = init['workerInitResponse'] as { capabilities: Record<string, string> } & {
      result: Status;
    };
    failed(result);
    this.httpUri = capabilities['HttpUri'] ?? '';
    const all = await this.#ask('functionsMetadataRequest', { functionAppDirectory });
    const metadata = all['functionMetadataResponse'] as { functionMetadataResults?: Function[]; result: Status };
    failed(metadata.result);
    this.functions = metadata.functionMetadataResults ?? [];
    for (const each of this.functions) {
      const loaded = await this.#ask('functionLoadRequest', { functionId: each.functionId, metadata: each });
      failed((loaded['functionLoadResponse'] as { result: Status }).result);
    }
  }

  /** Rejects with what a function threw. */
  async invoke(name: string, invocationId: string, data: object, triggerMetadata: object = {}): Promise<void> {
    const found = this.functions.find((each) => each.name === name);
    const [trigger = ''] = Object.entries(found?.bindings ?? {}).find(([, { type }]) => type.endsWith('Trigger')) ?? [];
    const inputData = [{ name: trigger, data }];
    const request = { invocationId, functionId: found?.functionId, inputData, triggerMetadata };
    const answer = await this.#ask('invocationRequest', request);
    failed((answer['invocationResponse'] as { result: Status }).result);
  }

  #ask(content: string, given: object): Promise<Message> {
    const requestId = randomUUID();
    const waiting = Promise.withResolvers<Message>();
    this.#waiting.set(requestId, waiting);
    this.#call.write({ requestId, content, [content]: given });
    return waiting.promise;
  }

  #take(message: Message): void {
    if (message.content === 'rpcLog') this.logs.push((message['rpcLog'] as { message: string }).message);
    const waiting = this.#waiting.get(message.requestId ?? '');
    if (waiting === undefined || message.content === 'rpcLog') return;
    this.#waiting.delete(message.requestId ?? '');
    waiting.resolve(message);
  }
}

function failed({ status = 'Success', exception }: Status): void {
  if (status !== 'Success' && status !== '1') throw new Error(exception?.message ?? `the worker says ${status}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.kill('SIGKILL');
  await end;
}
