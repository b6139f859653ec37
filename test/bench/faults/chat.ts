import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventIn } from '../../../dev/host/event-in.ts';
import { type DoubleName, doubles } from '../../../dev/host/inbox-message.ts';
import type { Reply } from '../../support/server.ts';

/** What a chat does to one call. Nothing of it: it answers as the strict double does, at once. */
interface Fault {
  /** Milliseconds before the answer. */
  readonly after?: number;
  /** Answers so, and takes no message unless it `takes` one all the same. */
  readonly reply?: Pick<Reply, 'status' | 'body' | 'headers'>;
  readonly takes?: boolean;
  /** No answer: the connection is cut, or stays open in silence; "lost" takes the message and then cuts it. */
  readonly end?: 'reset' | 'silence' | 'lost';
}

/** One call of the relay. */
export interface Call {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The short id of the event or digest that the message tells. */
  readonly short: string;
  readonly payload: unknown;
  /** Whether the chat has it now. */
  readonly taken: boolean;
  /** 0 where there is no answer. */
  readonly status: number;
}

/** The fault of a call; `before` counts the calls that came before it. */
type Faults = (before: number) => Fault | undefined;

export type ChatType = DoubleName;

/** A chat in this process that is as strict as the real one and can be made to fail. */
export class Chat {
  readonly type: ChatType;
  readonly calls: Call[] = [];
  faults: Faults;
  readonly #now: () => number;
  readonly #server = createServer((request, response) => this.#take(request, response));

  constructor(type: ChatType, faults: Faults = () => undefined, now: () => number = Date.now) {
    this.type = type;
    this.faults = faults;
    this.#now = now;
  }

  async listen(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/services/bench`;
  }

  get taken(): readonly Call[] {
    return this.calls.filter(({ taken }) => taken);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => this.#judge(request, response, Buffer.concat(chunks).toString('utf8')));
  }

  #judge(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { after = 0, reply, takes = reply === undefined, end }: Fault = this.faults(this.calls.length) ?? {};
    const strict = doubles[this.type]({ contentType: request.headers['content-type'], body });
    const taken = strict.status < 300 && takes && (end === undefined || end === 'lost');
    const payload: unknown = JSON.parse(body);
    const { status, body: text = '', headers = {} } = reply ?? strict;
    // The plain form of a message says no id: it comes where the whole one was refused.
    const short = eventIn(payload) ?? this.calls.findLast((each) => !each.taken)?.short ?? 'unknown';
    this.calls.push({ at: this.#now(), short, payload, taken, status: end === undefined ? status : 0 });
    if (end === 'silence') return;
    setTimeout(() => {
      if (end === undefined) response.writeHead(status, headers).end(text);
      else request.socket.destroy();
    }, after);
  }
}
