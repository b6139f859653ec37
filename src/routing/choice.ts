import type { RelayEvent } from '../event/event.ts';
import { propertyOf } from './match.ts';
import { type Route, receiversFor } from './routes.ts';

/** The custom property by which a sender names receivers, with commas or blanks between them. */
export const CHOICE = 'relay-receivers';

/** What decides who gets an event. */
export interface Routing {
  readonly routes: readonly Route[];
  /** The names of all receivers there are. */
  readonly receivers: readonly string[];
  /** Sources whose senders may choose among them. */
  readonly mayChoose: readonly string[];
}

/** An event and who gets it: nobody, where no route takes it. */
export interface Routed {
  readonly event: RelayEvent;
  readonly receivers: readonly string[];
  /** Names that its sender chose and that are no receivers. */
  readonly unknown: readonly string[];
}

const choice = propertyOf(CHOICE);

/** Who gets an event: those whom its sender chose, where it may; else those that the routes lead to. */
export function routeEvent(event: RelayEvent, { routes, receivers, mayChoose }: Routing): Routed {
  const given = mayChoose.includes(event.source) ? choice(event) : undefined;
  if (given === undefined) return { event, receivers: receiversFor(event, routes), unknown: [] };
  const names = [...new Set(given.split(/[\s,;]+/).filter(Boolean))];
  const chosen = names.filter((name) => receivers.includes(name));
  return {
    event: withoutChoice(event),
    receivers: chosen.length > 0 ? chosen : receiversFor(event, routes),
    unknown: names.filter((name) => !receivers.includes(name)),
  };
}

/** The property has done its work; people need not read it. */
const withoutChoice = (event: RelayEvent): RelayEvent => ({
  ...event,
  properties: Object.fromEntries(
    Object.entries(event.properties ?? {}).filter(([name]) => name.toLowerCase() !== CHOICE),
  ),
});
