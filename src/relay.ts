import { randomUUID } from 'node:crypto';
import { attemptDelivery, type DeliveryReport } from './attempt.ts';
import { type Delivery, delivery as deliverySchema } from './delivery/delivery.ts';
import { destinations } from './destinations.ts';
import { RelayError } from './errors.ts';
import type { RelayEvent } from './event/event.ts';
import { readEvent } from './formatters/reading.ts';
import { type HttpAnswer, type HttpRequest, problem, readJson } from './http.ts';
import { locales } from './locales/registry.ts';
import type { Ports } from './ports.ts';
import type { Receiver } from './receiver.ts';
import { type Route, receiversFor } from './routing/routes.ts';
import { normalize } from './sources/registry.ts';

/** The whole pipeline. Foreseen failures come back as answers and reports; a throw is a bug, or a message to try again. */
export interface Relay {
  /** Reads a webhook and answers once its events are stored. */
  accept(request: HttpRequest): Promise<HttpAnswer>;
  /** The same reading, routing and formatting; nothing is stored or sent. */
  preview(request: HttpRequest): Promise<HttpAnswer>;
  /** Deals with one message of the queue. Rejects with a StorageError when the message must come back. */
  deliver(message: unknown, owner?: string): Promise<readonly DeliveryReport[]>;
  health(request: HttpRequest): Promise<HttpAnswer>;
}

export interface RelayParts {
  readonly receivers: readonly Receiver[];
  readonly routes: readonly Route[];
  readonly ports: Ports;
}

interface Routed {
  readonly event: RelayEvent;
  readonly receivers: readonly string[];
}

export function createRelay({ receivers, routes, ports }: RelayParts): Relay {
  const now = () => new Date(ports.clock.now()).toISOString();

  async function read(request: HttpRequest): Promise<readonly Routed[]> {
    const payload = await readJson(request);
    const events = normalize({ payload, headers: request.headers, receivedAt: now() }, request.params['source']);
    return events.map((event) => ({ event, receivers: receiversFor(event, routes) }));
  }

  async function store({ event, receivers }: Routed): Promise<void> {
    if (receivers.length === 0) return;
    await ports.deliveries.send({ version: 1, event, receivers: [...receivers], attempt: 0, acceptedAt: now() });
  }

  return {
    accept: (request) =>
      answered(async () => {
        const routed = await read(request);
        await Promise.all(routed.map(store));
        return { status: 202, jsonBody: { accepted: routed.map(accepted) } };
      }),

    preview: (request) =>
      answered(async () => {
        const routed = await read(request);
        const messages = routed.flatMap(({ event, receivers: names }) =>
          receivers.filter(({ name }) => names.includes(name)).map((receiver) => messageFor(event, receiver)),
        );
        return { status: 200, jsonBody: { events: routed.map(({ event }) => event), messages } };
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
