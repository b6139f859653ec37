import { dueNow } from '../delivery/due.ts';
import { isMeantBy, longEnough } from '../delivery/find.ts';
import { deliveriesInStorage } from '../delivery/in-storage.ts';
import type { Ports } from '../delivery/ports.ts';
import type { ReceiverStore } from '../delivery/receiver-store.ts';
import { type DeliveryQuery, deliveriesOf, replay, unreadOf } from '../delivery/replay.ts';
import { UNROUTED } from '../delivery/rules/keys.ts';
import type { DeliveryState, LedgerEntry } from '../delivery/rules/ledger.ts';
import { shownId } from '../event/identity.ts';
import { outline, titled } from '../event/outline.ts';
import { iso } from '../event/time/units.ts';
import type { Joins } from '../routing/joins.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { readQuery, readReplay } from './requests.ts';
import { createShow } from './show.ts';
import { createSilences } from './silences.ts';
import { wantedBy } from './wanted.ts';

/** What an operator may ask of a relay and tell it. The command line and HTTP are faces of the same. */
export interface Operations {
  /**
   * GET: what was tried and how it ended. `since`, `until`, `receiver`, `state` and `most` narrow it down. A receiver may
   * be one that is no longer configured; without it, all that are. With `events=whole`, events are as they are kept, those
   * that no route takes among them. Where more changed before those that are listed, the
   * answer has `more: true` and `next`, the time to give as `until` for them. `kind`, `severity`, `source`, `environment`, `resource` and `text`
   * are about the event. With `order=storage` each row is read once, in no order of time; `after` of an answer goes on.
   */
  deliveries(request: HttpRequest): Promise<HttpAnswer>;
  /** GET `?id=`: one event, or those of one story or digest, in full, and what became of each for every receiver. */
  show(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: what days came to. `since`, `until`, `of` and `name` narrow it down; `format=csv` is for spreadsheets. */
  figures(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: what the seven days before that of `until` were like, in one `environment` or in all. */
  review(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: the same of what was given up; `unread` is what the relay could not read, as it found it. */
  deadLetters(request: HttpRequest): Promise<HttpAnswer>;
  /** POST `{ id }`, `{ since }` or `{}` (every dead letter), with `receiver` and `force`. */
  replay(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: every silence. POST `{ match, author, reason, for | endsAt }`: a new one. DELETE of one: it ends now. */
  silences(request: HttpRequest): Promise<HttpAnswer>;
}

const MOST_UNREAD = 100;

export function createOperations(
  receivers: readonly string[],
  ports: Ports,
  desk: ReceiverStore,
  joins?: Joins,
): Operations {
  const silences = createSilences(receivers, ports, desk);
  const brief = async (some: readonly LedgerEntry[]) => (await dueNow(ports, some)).map(shown);

  const listed = async (request: HttpRequest, state?: DeliveryState) => {
    const wish = readQuery(request, ports.clock.now());
    const isWhole = wish.events === 'whole';
    const all = isWhole ? [...receivers, UNROUTED] : receivers;
    const asked = wish.receiver === undefined ? all : [wish.receiver];
    const wanted = { ...wish, receivers: asked, state: state ?? wish.state, fits: wantedBy(wish) };
    const read = isWhole ? async (some: readonly LedgerEntry[]) => some.map(whole) : brief;
    if (wish.order === 'storage') return inStorage(ports, wanted, read);
    const { found, more } = await deliveriesOf(ports, wanted);
    if (found.length === 0 && wish.id) longEnough(wish.id);
    const oldest = found.at(-1);
    return {
      deliveries: await read(found),
      ...(more && oldest !== undefined && { more, next: oldest.updatedAt }),
    };
  };

  return {
    deliveries: async (request) => ({ status: 200, jsonBody: await listed(request) }),
    async deadLetters(request) {
      const found = await listed(request, 'dead');
      return { status: 200, jsonBody: { ...found, unread: await unreadOf(ports, receivers, MOST_UNREAD) } };
    },
    review: async (request) => (await import('./review.ts')).answeredReview(ports, request),
    figures: async (request) => (await import('./figures.ts')).answeredFigures(ports, request),
    show: createShow(receivers, ports, joins),
    async replay(request) {
      const wish = await readReplay(request, ports.clock.now());
      const replayed = await replay(ports, {
        receivers: wish.receiver === undefined ? receivers : [wish.receiver],
        configured: receivers,
        eventId: wish.id,
        since: wish.since,
        force: wish.force,
      });
      return { status: 200, jsonBody: { replayed } };
    },
    silences,
  };
}

/** One part of all that there is, and where to go on. */
async function inStorage(
  ports: Ports,
  { state, fits, until, id, ...query }: Omit<DeliveryQuery, 'most'> & { readonly after?: string | undefined },
  read: (some: readonly LedgerEntry[]) => Promise<readonly object[]>,
): Promise<object> {
  const before = until === undefined ? '~' : iso(until);
  const isWanted = (entry: LedgerEntry) =>
    entry.updatedAt < before &&
    (state === undefined || entry.state === state) &&
    (id === undefined || isMeantBy(entry, id)) &&
    (fits?.(entry) ?? true);
  const { found, after } = await deliveriesInStorage(ports, { ...query, isWanted });
  return { deliveries: await read(found), ...(after !== undefined && { after }) };
}

/** A delivery with its event as it is kept; `receiver` is absent where no route takes it. */
const whole = ({ event, receiver, state, updatedAt }: LedgerEntry) => ({
  ...(receiver !== UNROUTED && { receiver }),
  ...{ state, updatedAt, event },
});

/** A delivery as operators see it: the event in brief, and everything about its tries. */
const shown = ({ event, ...entry }: LedgerEntry) => {
  const { owner: _, leaseUntil: __, ...rest } = entry;
  const { id, kind, source, severity, occurredAt, resource } = event;
  const { state, figure, ...named } = outline(event);
  return {
    ...rest,
    event: {
      id,
      short: shownId(event),
      kind,
      source,
      severity,
      occurredAt,
      resource: resource.name,
      told: state,
      // What a deployment is brought to is part of its name.
      subject: kind === 'deployment' ? titled(named) : named.subject,
      figure,
    },
  };
};
