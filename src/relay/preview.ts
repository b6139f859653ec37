import { isLate } from '../delivery/rules/order.ts';
import { type Receiver, voiceOf } from '../destinations/receiver.ts';
import { destinations } from '../destinations/registry.ts';
import type { RelayEvent } from '../event/event.ts';
import { iso } from '../event/time/units.ts';
import { environmentsGiven, leftOut, type Routed } from '../routing/choice.ts';
import { joinsGiven } from '../routing/joins.ts';
import { NO_MUTES } from '../routing/mutes.ts';
import { lettersOf } from '../routing/terms.ts';
import { deferredFrom } from './accepted.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import type { RelayParts } from './parts.ts';
import { receive } from './receive.ts';

/** The same reading, routing and formatting as of a webhook; nothing is stored or sent. */
export async function previewed(
  { receivers, sources: settings = {}, own, quiet = NO_MUTES, joins, ports }: RelayParts,
  request: HttpRequest,
  routed: (event: RelayEvent) => Routed,
): Promise<HttpAnswer> {
  const { read, ignored } = await receive(request, { settings, own, ports, keep: false });
  const events = 'reply' in read ? [] : read.map(routed);
  const messages = await Promise.all(
    events
      .flatMap(lettersOf)
      .flatMap(({ event, receivers: wanted }) =>
        receivers
          .filter(({ name }) => wanted.includes(name))
          .map((receiver) => messageFor(event, receiver, ports.clock.now())),
      ),
  );
  const notes = {
    ...environmentsGiven(events),
    ...deferredFrom(events, quiet, ports),
    ...joinsGiven(events, joins),
    ...leftOut(events),
    ...(ignored.length > 0 && { ignored }),
  };
  return { status: 200, jsonBody: { events: events.map(({ event }) => event), messages, ...notes } };
}

// Without who would be called: whoever may post need not know them.
const messageFor = async (event: RelayEvent, receiver: Receiver, now: number) => ({
  receiver: receiver.name,
  destination: receiver.type,
  payload: (await destinations[receiver.type].message()).format(event, await voiceOf(receiver, []), {
    now: iso(now),
    late: isLate(event, now),
  }),
});
