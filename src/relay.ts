import { randomUUID } from 'node:crypto';
import { attemptDelivery, type DeliveryReport } from './attempt.ts';
import { type Delivery, delivery as deliverySchema } from './delivery/delivery.ts';
import { destinations } from './destinations.ts';
import { RelayError } from './errors.ts';
import type { RelayEvent } from './event/event.ts';
import { readEvent } from './formatters/reading.ts';
import { type HttpAnswer, type HttpRequest, handshake, problem } from './http.ts';
import { locales } from './locales/registry.ts';
import type { Ports } from './ports.ts';
import { receive, type SourceSettings } from './receive.ts';
import type { Receiver } from './receiver.ts';
import { type Route, receiversFor } from './routing/routes.ts';
import { type Runbook, withRunbook } from './routing/runbooks.ts';

/** The whole pipeline. Foreseen failures come back as answers and reports; a throw is a bug, or a message to try again. */
export interface Relay {
  /** Reads a webhook and answers once its events are stored. */
  accept(request: HttpRequest): Promise<HttpAnswer>;
  /** The same reading, routing and formatting; nothing is stored or sent. */
  preview(request: HttpRequest): Promise<HttpAnswer>;
  /** Deals with one message of the queue. Rejects with a StorageError when the message must come back. */
  deliver(message: unknown, owner?: string): Promise<readonly DeliveryReport[]>;
  health(request: HttpRequest): Promise<HttpAnswer>;
  /** Deletes what has been kept for long enough. Rejects with a StorageError. */
  clean(): Promise<{ readonly rejected: number }>;
}

const STORED_AT_ONCE = 32;

/** Days that a body which could not be read is kept: a week and the weekends around it. */
const REJECTED_DAYS = 10;

export interface RelayParts {
  readonly receivers: readonly Receiver[];
  readonly routes: readonly Route[];
  readonly runbooks?: readonly Runbook[];
  /** By the name of the source; a source that is not listed is read without credentials. */
  readonly sources?: Readonly<Record<string, SourceSettings>>;
  readonly ports: Ports;
}

interface Routed {
  readonly event: RelayEvent;
  readonly receivers: readonly string[];
}

export function createRelay({ receivers, routes, runbooks = [], sources = {}, ports }: RelayParts): Relay {
  const now = () => new Date(ports.clock.now()).toISOString();

  const routed = (events: readonly RelayEvent[]): readonly Routed[] =>
    events.map((event) => ({ event: withRunbook(event, runbooks), receivers: receiversFor(event, routes) }));

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

  return {
    accept: (request) =>
      answered(async () => {
        if (request.method === 'OPTIONS') return handshake(request);
        const read = await receive(request, { settings: sources, ports, keep: true });
        if ('reply' in read) return { status: 200, jsonBody: read.reply };
        const events = routed(read);
        await store(events);
        return { status: 202, jsonBody: { accepted: events.map(accepted) } };
      }),

    preview: (request) =>
      answered(async () => {
        const read = await receive(request, { settings: sources, ports, keep: false });
        const events = 'reply' in read ? [] : routed(read);
        const messages = events.flatMap(({ event, receivers: names }) =>
          receivers.filter(({ name }) => names.includes(name)).map((receiver) => messageFor(event, receiver)),
        );
        return { status: 200, jsonBody: { events: events.map(({ event }) => event), messages } };
      }),

    async deliver(message, owner = randomUUID()) {
      const parsed = deliverySchema.safeParse(message);
      if (!parsed.success) return [await bury(message, ports, now())];
      // Each receiver by itself: what happens to one must not delay or repeat the other's message.
      return everyOne(parsed.data, (name) =>
        attemptDelivery({
          delivery: parsed.data,
          name,
          owner,
          receiver: receivers.find((each) => each.name === name),
          ports,
        }),
      );
    },

    clean: async () => ({ rejected: await ports.rejected.clean(REJECTED_DAYS, ports.clock.now()) }),

    health: (request) =>
      answered(async () => {
        if (request.query.get('deep') !== null) {
          await Promise.all([ports.deliveries.check(), ports.deadLetters.check(), ports.ledger.check()]);
        }
        return { status: 200, jsonBody: { status: 'ok', receivers: receivers.map(({ name }) => name) } };
      }),
  };
}

const accepted = ({ event, receivers }: Routed) => ({
  id: event.id,
  source: event.source,
  kind: event.kind,
  receivers,
});

const messageFor = (event: RelayEvent, { name, type, locale, timeZone }: Receiver) => ({
  receiver: name,
  destination: type,
  payload: destinations[type].format(readEvent(event, locales[locale], timeZone)),
});

/** A message that nobody can read is not tried again; its start is kept for whoever looks. */
async function bury(message: unknown, ports: Ports, diedAt: string): Promise<DeliveryReport> {
  const reason = 'unreadable';
  const detail = 'the queue held a message that is no delivery of a known version';
  await ports.deadLetters.send({ version: 1, reason, detail, diedAt, unread: startOf(message) });
  return { outcome: 'dead', reason };
}

const startOf = (message: unknown): string => (JSON.stringify(message) ?? String(message)).slice(0, 8_000);

/** Waits for all before it fails for one, so that no send is cut off by another's storage fault. */
async function everyOne(
  { receivers }: Delivery,
  attempt: (name: string) => Promise<DeliveryReport>,
): Promise<readonly DeliveryReport[]> {
  const results = await Promise.allSettled(receivers.map(attempt));
  return results.map((result) => {
    if (result.status === 'fulfilled') return result.value;
    throw result.reason;
  });
}

async function answered(work: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RelayError) return problem(error);
    throw error;
  }
}
