import { dueNow } from '../delivery/due.ts';
import { isMeantBy, longEnough } from '../delivery/find.ts';
import { deliveriesInStorage } from '../delivery/in-storage.ts';
import type { Ports } from '../delivery/ports.ts';
import type { ReceiverStore } from '../delivery/receiver-store.ts';
import { type DeliveryQuery, deliveriesOf, replay, unreadOf } from '../delivery/replay.ts';
import { UNROUTED } from '../delivery/rules/keys.ts';
import type { DeliveryState, LedgerEntry } from '../delivery/rules/ledger.ts';
import { iso } from '../event/time/units.ts';
import { NO_MUTES } from '../routing/mutes.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import type { RelayParts } from './parts.ts';
import { readQuery, readReplay } from './requests.ts';
import { createShow } from './show.ts';
import { shown, shownEvent } from './shown.ts';
import { createSilences } from './silences.ts';
import { actorOf, changesMade, noteChange } from './ui/changes.ts';
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
  /** GET: what is open, the worst first, and how receivers are. */
  now(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: what people changed, the newest first. */
  changes(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: every silence. POST `{ match, author, reason, for | endsAt }`: a new one. DELETE of one: it ends now. */
  silences(request: HttpRequest): Promise<HttpAnswer>;
}

const MOST_UNREAD = 100;

export function createOperations(
  { receivers: all, ports, joins, quiet = NO_MUTES }: Pick<RelayParts, 'receivers' | 'ports' | 'joins' | 'quiet'>,
  desk: ReceiverStore,
): Operations {
  const receivers = all.map(({ name }) => name);
  const silences = createSilences(receivers, ports, desk, quiet);
  const brief = async (some: readonly LedgerEntry[]) => (await dueNow(ports, some)).map(shown);

  const listed = async (request: HttpRequest, state?: DeliveryState) => {
    const wish = readQuery(request, ports.clock.now());
    const isWhole = wish.events === 'whole';
    const places = isWhole ? [...receivers, UNROUTED] : receivers;
    const asked = wish.receiver === undefined ? places : [wish.receiver];
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
      await noteChange(ports, { ...actorOf(request), what: 'replay', about: wish.id ?? wish.receiver ?? 'all' });
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
    now: async () => ({ status: 200, jsonBody: await (await import('./ui/now.ts')).openNow(ports, all, shownEvent) }),
    changes: async () => ({ status: 200, jsonBody: { changes: await changesMade(ports) } }),
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
