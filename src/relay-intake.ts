import { budgeted, WEBHOOK_MILLISECONDS } from './budget.ts';
import { eventKey, UNROUTED } from './delivery/keys.ts';
import type { LedgerEntry } from './delivery/ledger.ts';
import { isLate } from './delivery/order.ts';
import { destinations } from './destinations.ts';
import { iso } from './dispatch/dispatch.ts';
import type { Quiet } from './dispatch/quiet.ts';
import { StorageError } from './errors.ts';
import type { RelayEvent } from './event/event.ts';
import { answered, type HttpAnswer, type HttpRequest, handshake } from './http.ts';
import { type Received, receive } from './receive.ts';
import { type Receiver, voiceOf } from './receiver.ts';
import type { RelayParts } from './relay-parts.ts';
import { routedAll, routingOf } from './relay-routed.ts';
import { environmentsGiven, type Routed } from './routing/choice.ts';
import { mentionsFor, type Owner } from './routing/owners.ts';

/** Where events come in. */
export interface Intake {
  /** Reads a webhook and answers once its events are stored. */
  accept(request: HttpRequest): Promise<HttpAnswer>;
  /** The same reading, routing and formatting; nothing is stored or sent. */
  preview(request: HttpRequest): Promise<HttpAnswer>;
  /** Takes events that no webhook brought. Rejects with a StorageError. */
  take(events: readonly RelayEvent[]): Promise<void>;
}

/** What the intake shares with the dispatch. */
interface Shared {
  readonly quiet: Quiet;
  /** Runs what needs storage, and notices where that is away. */
  withStorage<T>(work: () => Promise<T>): Promise<T>;
}

export function createIntake(parts: RelayParts, { quiet, withStorage }: Shared): Intake {
  const { receivers, owners = [], sources: settings = {}, drift, ports } = parts;
  const names = receivers.map(({ name }) => name);
  const routed = routingOf(parts, names);

  return {
    accept: (request) =>
      inTime(async () => {
        if (request.method === 'OPTIONS') return handshake(request);
        const { read, proven, ignored } = await receive(request, {
          settings,
          ports,
          keep: true,
          touched: drift?.touched,
        });
        if ('reply' in read) return { status: 200, jsonBody: read.reply };
        const { events, keep } = await routedAll(ports, { given: read, proven }, routed);
        await withStorage(async () => {
          await Promise.all([store(events, ports, proven), keep()]);
          await release(events, proven, { quiet, ports, names });
        });
        return { status: 202, jsonBody: { accepted: events.map(accepted), ...some({ ignored }) } };
      }),

    preview: (request) =>
      answered(async () => {
        const { read, ignored } = await receive(request, { settings, ports, keep: false });
        const events = 'reply' in read ? [] : read.map(routed);
        const messages = events.flatMap(({ event, receivers: wanted }) =>
          receivers
            .filter(({ name }) => wanted.includes(name))
            .map((receiver) => messageFor(event, receiver, owners, ports.clock.now())),
        );
        return {
          status: 200,
          jsonBody: {
            events: events.map(({ event }) => event),
            messages,
            ...environmentsGiven(events),
            ...some({ ignored }),
          },
        };
      }),

    take: (events) => store(events.map(routed), ports, true),
  };
}

/** What waited for a deployment is told once that has ended. `names` are the receivers'. */
async function release(
  events: readonly Routed[],
  proven: boolean,
  { quiet, ports, names }: Pick<Shared, 'quiet'> & Pick<RelayParts, 'ports'> & { readonly names: readonly string[] },
): Promise<void> {
  for (const { event } of events) {
    for (const key of await quiet.advance(event, proven)) {
      await ports.deliveries.send({ version: 1, release: key, receivers: [...names] });
    }
  }
}

/** An answer, at the latest when the time of a webhook is over. */
const inTime = (work: () => Promise<HttpAnswer>): Promise<HttpAnswer> =>
  answered(() => budgeted(WEBHOOK_MILLISECONDS, work));

const STORED_AT_ONCE = 128;

async function store(events: readonly Routed[], ports: RelayParts['ports'], proven: boolean): Promise<void> {
  await Promise.all([queue(events, ports, proven), note(events, ports)]);
}

/** One message for each event that somebody wants; a few at a time, because one body can hold hundreds of events. */
async function queue(
  events: readonly Routed[],
  { deliveries, clock }: RelayParts['ports'],
  proven: boolean,
): Promise<void> {
  const wanted = events.filter(({ receivers }) => receivers.length > 0);
  const acceptedAt = iso(clock.now());
  for (let at = 0; at < wanted.length; at += STORED_AT_ONCE) {
    const some = wanted.slice(at, at + STORED_AT_ONCE);
    await Promise.all(
      some.map(({ event, receivers }) =>
        deliveries.send({ version: 1, event, proven, receivers: [...receivers], attempt: 0, acceptedAt }),
      ),
    );
  }
}

// Of the largest events, together less than the 4 MiB of a transaction.
const NOTED_AT_ONCE = 50;

/** Notes whom no route takes, for whoever asks why. An answer to `show` only: where the ledger does not take it, nothing is lost. */
async function note(events: readonly Routed[], { ledger, clock }: RelayParts['ports']): Promise<void> {
  const at = iso(clock.now());
  const left = events.filter(({ receivers }) => receivers.length === 0);
  const rows = [...new Map(left.map((routed) => [eventKey(routed.event.id), unrouted(routed, at)]))];
  const changes = rows.map(([key, value]) => ({ kind: 'put', key, value }) as const);
  const groups = Array.from({ length: Math.ceil(changes.length / NOTED_AT_ONCE) }, (_, index) =>
    changes.slice(index * NOTED_AT_ONCE, (index + 1) * NOTED_AT_ONCE),
  );
  await Promise.all(groups.map((group) => ledger.write(UNROUTED, group).catch(unlessStorage)));
}

function unlessStorage(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
}

/** That nobody was told, for whoever asks why. */
const unrouted = ({ event, untold }: Routed, at: string): LedgerEntry => ({
  ...{ event, receiver: UNROUTED, state: 'quiet', attempt: 0, owner: 'intake', attempts: [] },
  reason: untold.length > 0 ? 'untold' : 'no-route',
  ...{ leaseUntil: at, updatedAt: at, acceptedAt: at },
});

/** Left out of an answer where there is none. */
const some = (given: Pick<Received, 'ignored'>) => (given.ignored.length > 0 ? given : {});

const accepted = ({ event, receivers, untold, unknown }: Routed) => ({
  id: event.id,
  source: event.source,
  kind: event.kind,
  receivers,
  ...(untold.length > 0 && { untold }),
  ...(unknown.length > 0 && { unknownReceivers: unknown }),
  ...unknownWord(event),
});

/** How it stands by its sender's word, where the relay does not know that. */
function unknownWord(event: RelayEvent): { readonly unknownWord?: string } {
  const word = 'word' in event ? event.word : undefined;
  const isUnknown = word !== undefined || ('phase' in event && event.phase === 'unknown');
  return isUnknown ? { unknownWord: word ?? '' } : {};
}

const messageFor = (event: RelayEvent, receiver: Receiver, owners: readonly Owner[], now: number) => ({
  receiver: receiver.name,
  destination: receiver.type,
  payload: destinations[receiver.type].format(event, voiceOf(receiver, mentionsFor(event, receiver.name, owners)), {
    late: isLate(event, now),
  }),
});
