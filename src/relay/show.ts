import { dueNow } from '../delivery/due.ts';
import { entriesMeant, withOthers } from '../delivery/find.ts';
import type { Ports } from '../delivery/ports.ts';
import { UNROUTED } from '../delivery/rules/keys.ts';
import type { LedgerEntry } from '../delivery/rules/ledger.ts';
import { shownId } from '../event/identity.ts';
import { isMeant } from '../event/meant.ts';
import { RequestError } from '../problems/errors.ts';
import { type Joins, joinGiven } from '../routing/joins.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { readShow } from './requests.ts';

/** GET `?id=`: the event, or the events of a story or digest, and what became of each for every receiver. */
export const createShow =
  (receivers: readonly string[], ports: Pick<Ports, 'ledger'>, joins?: Joins) =>
  async (request: Pick<HttpRequest, 'query'>): Promise<HttpAnswer> => {
    const { id, receiver } = readShow(request);
    const asked = receiver === undefined ? receivers : [receiver];
    const meant = await entriesMeant(ports, asked, id);
    const isWhole = meant.every(({ event }) => isMeant(event, id));
    const found = await dueNow(ports, isWhole ? meant : await withOthers(ports, asked, meant));
    if (found.length === 0) {
      throw new RequestError(
        'no-such-event',
        `there is no event ${id}; what happened more than 30 days ago is forgotten`,
      );
    }
    const events = [...Map.groupBy(found, ({ event }) => event.id).values()].map((entries) =>
      shown(entries, asked, joins),
    );
    return { status: 200, jsonBody: { events } };
  };

function shown(entries: readonly LedgerEntry[], receivers: readonly string[], joins: Joins | undefined) {
  const [first] = entries;
  const deliveries = entries.filter(({ receiver }) => receiver !== UNROUTED);
  const unrouted = entries.find(({ receiver }) => receiver === UNROUTED);
  const told = new Set(deliveries.map(({ receiver }) => receiver));
  return {
    short: first === undefined ? '' : shownId(first.event),
    event: first?.event,
    ...(first && joinGiven(first.event, joins)),
    deliveries: deliveries.map(({ event: _, owner: __, leaseUntil: ___, ...rest }) => rest),
    // No route led there when it came, or none that tells such events; or it is only on its way there.
    ...(unrouted && { reason: unrouted.reason }),
    without: receivers.filter((name) => !told.has(name)),
  };
}
