import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Bundle } from '../../silence/bundle.ts';
import { listenOwn } from '../../support/own-port.ts';

/** Between a host and the process that runs its function: as in Azure's host, a worker that has died fails what it had, and is started again. */
export class Bridge implements AsyncDisposable {
  readonly #start: () => Promise<Bundle>;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  readonly #waiting = new Set<ServerResponse>();
  #worker: Promise<Bundle>;
  #port = 0;
  /** Takes calls, and passes none on from now on. */
  isHolding = false;

  constructor(start: () => Promise<Bundle>) {
    this.#start = start;
    this.#worker = start();
  }

  async listen(): Promise<this> {
    this.#port = await listenOwn(this.#server);
    await this.#worker;
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Calls that are not answered yet. */
  get inHand(): number {
    return this.#waiting.size;
  }

  /** kill -9 of the worker; `meanwhile` is done before there is another. */
  async killWorker(meanwhile: () => Promise<void>): Promise<void> {
    const dead = await this.#worker;
    const { promise, resolve } = Promise.withResolvers<Bundle>();
    this.#worker = promise;
    await dead[Symbol.asyncDispose]();
    await meanwhile();
    resolve(await this.#start());
  }

  /** Lets go of every call without an answer. */
  drop(): void {
    for (const response of this.#waiting) response.destroy();
    this.#waiting.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drop();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#waiting.add(response);
    response.on('error', () => undefined);
    try {
      const message = await text(request);
      if (this.isHolding) return;
      const worker = await this.#worker;
      await worker.delivers(JSON.parse(message), String(request.headers['x-id']));
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
    this.#waiting.delete(response);
  }
}
