import { randomUUID } from 'node:crypto';
import type { DriftReport, DriftReports, Progress } from './check-drift/drift-check.ts';
import { destinations } from './destinations.ts';
import { createDesk } from './dispatch/desk.ts';
import type { DeliveryReport, Dispatch } from './dispatch/dispatch.ts';
import { bury, dispatched } from './dispatch/messages.ts';
import { createQuiet } from './dispatch/quiet.ts';
import { watchingStorage } from './dispatch/storage-trouble.ts';
import { type Watched, watch } from './dispatch/watch.ts';
import { RelayError } from './errors.ts';
import type { RelayEvent } from './event/event.ts';
import { type HttpAnswer, type HttpRequest, handshake, problem } from './http.ts';
import { createOperations, type Operations } from './operate.ts';
import type { Ports } from './ports.ts';
import { receive, type SourceSettings } from './receive.ts';
import { type Receiver, voiceOf } from './receiver.ts';
import { type Cleaned, cleaned } from './relay-clean.ts';
import { type Routed, routeEvent } from './routing/choice.ts';
import { mentionFor, type Owner } from './routing/owners.ts';
import { NO_QUIET, type QuietRules } from './routing/quiet.ts';
import type { Route } from './routing/routes.ts';
import { type Runbook, withRunbook } from './routing/runbooks.ts';

/** The whole pipeline. Foreseen failures come back as answers and reports; a throw is a bug, or a message to try again. */
export interface Relay extends Operations {
  /** Reads a webhook and answers once its events are stored. */
  accept(request: HttpRequest): Promise<HttpAnswer>;
  /** The same reading, routing and formatting; nothing is stored or sent. */
  preview(request: HttpRequest): Promise<HttpAnswer>;
  /** Deals with one message of the queue. Rejects with a StorageError when the message must come back. */
  deliver(message: unknown, owner?: string): Promise<readonly DeliveryReport[]>;
  /** Deals with a message that the platform gave up. Rejects with a StorageError. */
  bury(message: unknown): Promise<readonly DeliveryReport[]>;
  health(request: HttpRequest): Promise<HttpAnswer>;
  /** Looks after what nobody came back for, and tells of dead letters. Rejects with a StorageError. */
  watch(): Promise<Watched>;
  /** Deletes what has been kept for long enough. Rejects with a StorageError. */
  clean(): Promise<Cleaned>;
  /** Looks for scale sets with instances off their model; events of them go the way of all. Rejects with a StorageError. */
  checkDrift(progress?: Progress): Promise<DriftReport | { readonly outcome: 'off' }>;
}

const STORED_AT_ONCE = 32;

export interface RelayParts {
  readonly receivers: readonly Receiver[];
  readonly routes: readonly Route[];
  /** The sources whose senders may choose among the receivers. */
  readonly mayChoose?: readonly string[];
  readonly runbooks?: readonly Runbook[];
  readonly owners?: readonly Owner[];
  readonly quiet?: QuietRules;
  /** Without `to`, every receiver is tried. */
  readonly drill?: { readonly every: string; readonly to?: readonly string[] | undefined } | undefined;
  /** The receivers that are told what the relay has to say of itself. */
  readonly notices?: readonly string[];
  /** By the name of the source; a source that is not listed is read without credentials. */
  readonly sources?: Readonly<Record<string, SourceSettings>>;
  readonly drift?: DriftReports | undefined;
  readonly ports: Ports;
}

export function createRelay({
  receivers,
  routes,
  mayChoose = [],
  runbooks = [],
  owners = [],
  quiet: rules = NO_QUIET,
  drill,
  notices = [],
  sources = {},
  drift,
  ports,
}: RelayParts): Relay {
  const names = receivers.map(({ name }) => name);
  const quiet = createQuiet(rules, ports);
  const dispatch: Dispatch = {
    desk: createDesk(ports),
    ports,
    receiver: (name) => receivers.find((each) => each.name === name),
    quiet,
    owners,
    drill: drill && { every: drill.every, to: drill.to ?? names },
    notices,
  };
  const withStorage = watchingStorage(dispatch);
  const operations = createOperations(names, ports, dispatch.desk);
  const now = () => new Date(ports.clock.now()).toISOString();

  const routed = (events: readonly RelayEvent[]): readonly Routed[] =>
    events.map((given) => {
      const { event, ...found } = routeEvent(given, { routes, receivers: names, mayChoose });
      return { ...found, event: withRunbook(event, runbooks) };
    });

  /** One message for each event that somebody wants; a few at a time, because one body can hold hundreds of events. */
  async function store(events: readonly Routed[]): Promise<void> {
    const wanted = events.filter(({ receivers: names }) => names.length > 0);
    for (let at = 0; at < wanted.length; at += STORED_AT_ONCE) {
      const some = wanted.slice(at, at + STORED_AT_ONCE);
      await Promise.all(
        some.map(({ event, receivers: names }) =>
          ports.deliveries.send({ version: 1, event, receivers: [...names], attempt: 0, acceptedAt: now() }),
        ),
      );
    }
  }

  /** What waited for a deployment is told once that has ended. */
  async function release(events: readonly Routed[]): Promise<void> {
    for (const { event } of events) {
      for (const key of await quiet.advance(event)) {
        await ports.deliveries.send({ version: 1, release: key, receivers: names });
      }
    }
  }

  const check = drift?.check((events) => store(routed(events)));

  return {
    accept: (request) =>
      answered(async () => {
        if (request.method === 'OPTIONS') return handshake(request);
        const read = await receive(request, { settings: sources, ports, keep: true, touched: drift?.touched });
        if ('reply' in read) return { status: 200, jsonBody: read.reply };
        const events = routed(read);
        await withStorage(async () => {
          await store(events);
          await release(events);
        });
        return { status: 202, jsonBody: { accepted: events.map(accepted) } };
      }),

    preview: (request) =>
      answered(async () => {
        const read = await receive(request, { settings: sources, ports, keep: false });
        const events = 'reply' in read ? [] : routed(read);
        const messages = events.flatMap(({ event, receivers: names }) =>
          receivers.filter(({ name }) => names.includes(name)).map((receiver) => messageFor(event, receiver, owners)),
        );
        return { status: 200, jsonBody: { events: events.map(({ event }) => event), messages } };
      }),

    deliver: (message, owner = randomUUID()) => dispatched(dispatch, message, owner),

    bury: (message) => bury(dispatch, message),

    deliveries: (request) => answered(() => operations.deliveries(request)),
    deadLetters: (request) => answered(() => operations.deadLetters(request)),
    replay: (request) => answered(() => operations.replay(request)),
    silences: (request) => answered(() => operations.silences(request)),

    watch: () => watch(dispatch, names),

    clean: () => cleaned(ports),

    checkDrift: async (progress) => (await check?.(progress)) ?? { outcome: 'off' },

    health: (request) =>
      answered(async () => {
        if (request.query.get('deep') !== null) {
          await Promise.all([ports.deliveries.check(), ports.ledger.check()]);
        }
        return { status: 200, jsonBody: { status: 'ok', receivers: receivers.map(({ name }) => name) } };
      }),
  };
}

const accepted = ({ event, receivers, unknown }: Routed) => ({
  id: event.id,
  source: event.source,
  kind: event.kind,
  receivers,
  ...(unknown.length > 0 && { unknownReceivers: unknown }),
});

const messageFor = (event: RelayEvent, receiver: Receiver, owners: readonly Owner[]) => ({
  receiver: receiver.name,
  destination: receiver.type,
  payload: destinations[receiver.type].format(event, voiceOf(receiver, mentionFor(event, receiver.name, owners))),
});

async function answered(work: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RelayError) return problem(error);
    throw error;
  }
}
