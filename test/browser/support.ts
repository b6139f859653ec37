import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import type { InboxMessage } from '../../dev/host/inbox-message.ts';
import { pageAssets } from '../../dev/host/page-assets.ts';
import { retell } from '../../dev/host/retell.ts';
import type { DestinationName } from '../../src/destinations/registry.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { once } from '../support/once.ts';

export interface TestMessage {
  readonly id: number;
  readonly event: string;
  readonly receivedAt: string;
  readonly destination: DestinationName;
  readonly status: number;
  readonly answer: string;
  readonly reason?: string;
  readonly bytes: number;
  readonly size?: { readonly measured: number; readonly most: number };
  readonly receiver?: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly about?: RelayEvent;
  readonly payload: unknown;
  readonly place?: InboxMessage['place'];
  readonly editedAt?: string;
  readonly edits?: number;
  readonly replies?: NonNullable<InboxMessage['replies']>;
}

export type Push = Partial<TestMessage> & Pick<TestMessage, 'destination' | 'payload'>;

// The first is Debian's Chromium without a window to draw, which takes half of the processor time of the others.
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',

  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const findChromium = (): string | undefined =>
  [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

const json = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const VOICE = { locale: 'en', timeZone: 'UTC' };

/** Bundled once for all visits: the page is the same. */
export const assets = once(pageAssets);

/** The inbox's side of the conversation, with a list in memory. */
export class TestInbox implements AsyncDisposable {
  receivers = ['inbox-slack', 'inbox-teams'];
  elsewhere: string[] = [];
  webhookAnswer: readonly [status: number, body: string] = [202, ''];
  readonly webhooks: unknown[] = [];
  choices = { kinds: ['scale', 'alert', 'drift'], locales: ['en', 'ko', 'cs', 'vi'] };
  #messages: TestMessage[] = [];
  #nextId = 1;
  readonly #streams = new Set<ServerResponse>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async listen(port = 0): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.listen(port, '127.0.0.1', resolve);
    await promise;
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  push(message: Push, told = true): TestMessage {
    const id = this.#nextId++;
    const accepted = message.destination === 'slack' ? { status: 200, answer: 'ok' } : { status: 202, answer: '' };
    const bytes = Buffer.byteLength(JSON.stringify(message.payload));
    const full = {
      id,
      event: `event${id}`,
      receivedAt: new Date().toISOString(),
      bytes,
      ...VOICE,
      ...accepted,
      ...message,
    };
    this.#messages.unshift(full);
    if (told) this.#tell('message', JSON.stringify(full));
    return full;
  }

  /** As the relay changes a message in its place, or answers below it. */
  change(message: TestMessage): void {
    this.#messages = this.#messages.map((each) => (each.id === message.id ? message : each));
    this.#tell('message', JSON.stringify(message));
  }

  dropStreams(): void {
    for (const stream of this.#streams) stream.destroy();
    this.#streams.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.dropStreams();
    this.#server.closeAllConnections();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }

  #tell(event: string, data: string): void {
    for (const stream of this.#streams) stream.write(`event: ${event}\ndata: ${data}\n\n`);
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  #clear(response: ServerResponse): void {
    this.#messages = [];
    this.#tell('cleared', '{}');
    response.writeHead(204).end();
  }

  #retold(response: ServerResponse, { pathname, searchParams }: URL): void {
    const message = this.#messages.find(({ id }) => pathname === `/inbox/messages/${id}/as`);
    const { status, jsonBody } = retell(message, searchParams);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(jsonBody));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asset = (await assets()).get(request.url ?? '');
    if (asset) response.writeHead(200, { 'content-type': asset.type }).end(asset.body);
    else if (request.url === '/inbox/stream') this.#stream(response);
    else if (request.url === '/inbox/choices') json(response, this.choices);
    else if (request.url?.includes('/as?')) this.#retold(response, new URL(request.url, 'http://inbox.invalid'));
    else if (request.url === '/inbox/messages' && request.method === 'DELETE') this.#clear(response);
    else if (request.url === '/inbox/messages') {
      json(response, { receivers: this.receivers, elsewhere: this.elsewhere, messages: this.#messages });
    } else if (request.url === '/api/webhooks') {
      this.webhooks.push(await read(request));
      const [status, body] = this.webhookAnswer;
      response.writeHead(status).end(body);
    } else response.writeHead(404).end();
  }
}
