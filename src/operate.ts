import * as z from 'zod';
import { type DeliveryState, deliveryStates, type LedgerEntry } from './delivery/ledger.ts';
import type { Desk } from './dispatch/desk.ts';
import { deliveriesOf, replay, unreadOf } from './dispatch/replay.ts';
import { PayloadError } from './errors.ts';
import { outline } from './event/outline.ts';
import { type HttpAnswer, type HttpRequest, readJson } from './http.ts';
import { createSilences } from './operate-silences.ts';
import type { Ports } from './ports.ts';

/** What an operator may ask of a relay and tell it. The command line and HTTP are faces of the same. */
export interface Operations {
  /** GET: what was tried and how it ended. `since`, `until`, `receiver`, `state` and `most` narrow it down. */
  deliveries(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: the same of what was given up; `unread` is what the relay could not read, as it found it. */
  deadLetters(request: HttpRequest): Promise<HttpAnswer>;
  /** POST `{ id }`, `{ since }` or `{}` (every dead letter), with `receiver` and `force`. */
  replay(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: every silence. POST `{ match, author, reason, for | endsAt }`: a new one. DELETE of one: it ends now. */
  silences(request: HttpRequest): Promise<HttpAnswer>;
}

const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** "90s", "30m", "1h", "7d" before now, or an ISO date with its zone; in milliseconds since 1970. */
const moment = (now: number) =>
  z.string().transform((text, context) => {
    const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    if (number !== undefined) return now - Number(number) * UNITS[unit as keyof typeof UNITS] * 1000;
    const at = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
    if (!Number.isNaN(at)) return at;
    context.addIssue('expected a time such as 90s, 30m, 1h or 7d, or an ISO date with its zone');
    return z.NEVER;
  });

const MOST = 1_000;
const MOST_UNREAD = 100;

function schemas(receivers: readonly string[], now: number) {
  const receiver = z.enum(receivers.length > 0 ? receivers : [''], {
    error: `expected a receiver of the configuration: ${receivers.join(', ')}`,
  });
  return {
    query: z.object({
      since: moment(now).optional(),
      until: moment(now).optional(),
      receiver: receiver.optional(),
      state: z.enum(deliveryStates).optional(),
      most: z.coerce.number().int().min(1).max(MOST).default(100),
    }),
    replay: z.strictObject({
      id: z.string().min(1).max(200).optional(),
      since: moment(now).optional(),
      receiver: receiver.optional(),
      force: z.boolean().default(false),
    }),
  };
}

function checked<T extends z.ZodType>(schema: T, value: unknown, what: string): z.infer<T> {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  throw new PayloadError(
    what,
    error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}

export function createOperations(receivers: readonly string[], ports: Ports, desk: Desk): Operations {
  const silences = createSilences(receivers, ports, desk);

  const listed = async ({ query }: HttpRequest, state?: DeliveryState) => {
    const names = ['since', 'until', 'receiver', 'state', 'most'] as const;
    const given = Object.fromEntries(names.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])));
    const wish = checked(schemas(receivers, ports.clock.now()).query, given, 'the query');
    const found = await deliveriesOf(ports, {
      receivers: wish.receiver === undefined ? receivers : [wish.receiver],
      since: wish.since,
      until: wish.until,
      state: state ?? wish.state,
      most: wish.most,
    });
    return found.map(shown);
  };

  return {
    deliveries: async (request) => ({ status: 200, jsonBody: { deliveries: await listed(request) } }),
    async deadLetters(request) {
      const deliveries = await listed(request, 'dead');
      return { status: 200, jsonBody: { deliveries, unread: await unreadOf(ports, receivers, MOST_UNREAD) } };
    },
    async replay(request) {
      const { payload } = await readJson(request);
      const wish = checked(schemas(receivers, ports.clock.now()).replay, payload, 'replay');
      const replayed = await replay(ports, {
        receivers: wish.receiver === undefined ? receivers : [wish.receiver],
        eventId: wish.id,
        since: wish.since,
        force: wish.force,
      });
      return { status: 200, jsonBody: { replayed } };
    },
    silences,
  };
}

/** A delivery as operators see it: the event in brief, and everything about its tries. */
const shown = ({ event, ...entry }: LedgerEntry) => {
  const { owner: _, leaseUntil: __, ...rest } = entry;
  const { id, kind, source, severity, occurredAt, resource } = event;
  const { state, subject, figure } = outline(event);
  return {
    ...rest,
    event: { id, kind, source, severity, occurredAt, resource: resource.name, told: state, subject, figure },
  };
};
