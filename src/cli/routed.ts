import type { Config } from '../config/config.ts';
import { type Receiver, voiceOf } from '../destinations/receiver.ts';
import type { RelayEvent } from '../event/event.ts';
import { type Routed, routeEvent } from '../routing/choice.ts';
import { mentionsFor } from '../routing/owners.ts';
import { withRunbook } from '../routing/runbooks.ts';

/** Who gets an event, as the relay decides it before anything is kept back. */
export function routed(event: RelayEvent, { receivers, environments, routes, mayChoose, ...config }: Config): Routed {
  const names = receivers.map(({ name }) => name);
  const { severities, runbooks } = config;
  const decided = routeEvent(event, { environments, routes, receivers: names, mayChoose, severities });
  return { ...decided, event: withRunbook(decided.event, runbooks) };
}

/** How a receiver is spoken to about an event. */
export const voiceFor = (event: RelayEvent, receiver: Receiver, { owners }: Pick<Config, 'owners'>) =>
  voiceOf(receiver, mentionsFor(event, receiver.name, owners));
