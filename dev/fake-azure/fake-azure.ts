import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { byHand } from './by-hand.ts';
import type { Clock } from './clock.ts';
import { type Fault, Faults } from './faults.ts';
import type { Fleet } from './fleet.ts';
import type { GraphSettings } from './graph.ts';
import { knownQueries } from './graph-queries.ts';
import { incoming } from './incoming.ts';
import { type AnsweredCall, type CallKind, Journal, type SeenCall } from './journal.ts';
import { DOCUMENTED, type Limits, UNLIMITED } from './limits.ts';
import { LiveFleet } from './live-fleet.ts';
import type { Monitor } from './monitor.ts';
import type { PageSizes, Write } from './request.ts';
import { respond } from './respond.ts';
import { send } from './send.ts';
import { Throttle } from './throttle.ts';

export interface FakeAzureOptions {
  readonly fleet: Fleet;
  /** For limits and `Retry-After`; that of the fleet by default. */
  readonly clock?: Clock;
  readonly port?: number;
  /** Real milliseconds before every answer. */
  readonly latency?: number | ((call: SeenCall) => number);
  /** One number for all, or some of them. */
  readonly pageSize?: number | Partial<PageSizes>;
  /** As documented by default; `off` for none, or change some. */
  readonly limits?: Partial<Limits> | 'off';
  readonly faults?: readonly Fault[];
  /** Tokens that are let in; `any` wants just some bearer token. Without it, nobody is asked. */
  readonly tokens?: readonly string[] | 'any';
  readonly graph?: Partial<GraphSettings>;
  /** The newest version of any interface that is spoken, as an Azure that is behind; all by default. */
  readonly newest?: string;
  /** Lets changes of scale sets in, which the relay itself never asks for. */
  readonly writes?: boolean;
  /** Lets people scale sets: by-hand.ts. */
  readonly byHand?: boolean;
  /** Autoscale settings, rules and action groups, which may be changed while it runs; without it, nothing but limits is known. */
  readonly monitor?: Monitor;
}

/** A running Azure Resource Manager with Resource Graph, and a managed identity's token endpoint. */
export interface FakeAzure extends AsyncDisposable {
  /** No slash at its end: what ARM_ENDPOINT wants. */
  readonly url: string;
  readonly fleet: Fleet;
  /** May be changed while it runs. */
  readonly graph: GraphSettings;
  /** The changes that were let in, in order. */
  readonly writes: readonly Write[];
  /** How often each kind of call came, refused ones included. */
  readonly calls: Readonly<Record<CallKind, number>>;
  /** Bytes of all answered bodies. */
  readonly bytes: number;
  readonly requests: number;
  /** What came, in order. Tokens and bodies are not kept. */
  readonly journal: readonly AnsweredCall[];
  /** Adds a fault to those under way; the call it returns takes it away. */
  fault(fault: Fault): () => void;
  /** Starts counting and keeping anew. */
  forget(): void;
}

const PAGE_SIZES: PageSizes = {
  subscriptions: 50,
  descendants: 50,
  sets: 100,
  instances: 100,
  vms: 100,
  galleryVersions: 50,
  senders: 50,
};

const pageSizesOf = (wish: FakeAzureOptions['pageSize'] = {}): PageSizes =>
  typeof wish === 'number'
    ? {
        ...{ subscriptions: wish, descendants: wish, sets: wish, instances: wish, vms: wish },
        ...{ galleryVersions: wish, senders: wish },
      }
    : { ...PAGE_SIZES, ...wish };

const limitsOf = (wish: FakeAzureOptions['limits'] = {}): Limits =>
  wish === 'off' ? UNLIMITED : { ...DOCUMENTED, ...wish };

const truthful = (): GraphSettings => ({
  queries: knownQueries,
  lag: () => 0,
  says: () => undefined,
  knowsLatestModelApplied: true,
  lacks: new Set(),
  pageBytes: 1_500_000,
});

/** Starts it on a free port of this machine, or the one that is asked for. */
export async function createFakeAzure(options: FakeAzureOptions): Promise<FakeAzure> {
  const { fleet, port = 0, tokens } = options;
  if (!(fleet instanceof LiveFleet)) throw new Error('a fleet is made by generateFleet');
  const clock = options.clock ?? fleet.clock;
  const journal = new Journal();
  const faults = new Faults();
  for (const fault of options.faults ?? []) faults.add(fault);
  const writes: Write[] = [];
  const world = {
    fleet,
    clock,
    graph: { ...truthful(), ...options.graph },
    pageSizes: pageSizesOf(options.pageSize),
    origin: '',
    writes: options.writes ? writes : undefined,
    newest: options.newest,
    monitor: options.monitor,
  };
  const throttle = new Throttle(limitsOf(options.limits), clock);
  const stopping = new AbortController();

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = options.byHand ? byHand(message.method, message.url ?? '/', fleet) : undefined;
    if (asked !== undefined) return void response.writeHead(asked.status, asked.headers).end(asked.body);
    const { request, route, call } = await incoming(message, world);
    const latency = typeof options.latency === 'function' ? options.latency(call) : (options.latency ?? 0);
    if (latency > 0) await sleep(latency, undefined, { signal: stopping.signal });
    const wrong = faults.for(call);
    if (wrong?.kind === 'slow') await sleep(wrong.milliseconds, undefined, { signal: stopping.signal });
    if (wrong?.kind === 'meanwhile') wrong.change(fleet, call);
    const { authorization } = message.headers;
    const right = () => respond(request, { method: call.method, route, throttle, authorization, tokens });
    send(response, {
      call,
      right,
      wrong,
      sent: (status, bytes) => journal.ended({ ...call, at: clock.now(), status, bytes }),
    });
  }

  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      // A client that went away, or a server that is being closed. The rest is a mistake in here.
      if (!message.destroyed && !stopping.signal.aborted) console.error('the fake Azure failed', error);
      response.destroy();
    });
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: world.origin,
    fleet,
    graph: world.graph,
    writes,
    get calls() {
      return journal.calls;
    },
    get bytes() {
      return journal.bytes;
    },
    get requests() {
      return journal.seen.length;
    },
    get journal() {
      return journal.seen;
    },
    fault: (fault) => faults.add(fault),
    forget: () => journal.forget(),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
