import type { RelayEvent } from '../event/event.ts';
import type { Severity } from '../event/fields.ts';
import { type Environment, withEnvironment } from './environments.ts';
import { propertyOf } from './match.ts';
import { type Led, ledTo, type Route } from './routes.ts';
import { whyLeftOut } from './tell.ts';

/** The custom property by which a sender names receivers, with commas or blanks between them. */
export const CHOICE = 'relay-receivers';

/** What decides who gets an event. */
export interface Routing {
  readonly environments?: readonly Environment[];
  readonly routes: readonly Route[];
  /** The names of all receivers there are. */
  readonly receivers: readonly string[];
  /** Sources whose senders may choose among them. */
  readonly mayChoose: readonly string[];
  /** How severe everything is that a source tells, by its name, whatever its sender says. */
  readonly severities?: Readonly<Record<string, Severity>>;
}

/** An event and who gets it: nobody, where no route takes it. */
export interface Routed extends Led {
  readonly event: RelayEvent;
  /** Which of the environments it was given, counted from 0; absent where its sender named one, or none fits. */
  readonly environmentRule?: number | undefined;
  /** Names that its sender chose and that are no receivers. */
  readonly unknown: readonly string[];
}

const choice = propertyOf(CHOICE);

/** Who gets an event: those whom its sender chose, where it may; else those that the routes lead to. */
export function routeEvent(sent: RelayEvent, { environments = [], severities = {}, ...routing }: Routing): Routed {
  const severity = Object.hasOwn(severities, sent.source) ? severities[sent.source] : undefined;
  const { event, rule } = withEnvironment(severity === undefined ? sent : { ...sent, severity }, environments);
  const found = whom(event, routing);
  return rule === undefined ? found : { ...found, environmentRule: rule };
}

function whom(
  event: RelayEvent,
  { routes, receivers, mayChoose }: Omit<Routing, 'environments' | 'severities'>,
): Routed {
  const given = mayChoose.includes(event.source) ? choice(event) : undefined;
  if (given === undefined) return { event, ...ledTo(event, routes), unknown: [] };
  const names = [...new Set(given.split(/[\s,;]+/).filter(Boolean))];
  const chosen = names.filter((name) => receivers.includes(name));
  return {
    event: withoutChoice(event),
    ...(chosen.length > 0 ? { receivers: chosen, untold: [] } : ledTo(event, routes)),
    unknown: names.filter((name) => !receivers.includes(name)),
  };
}

/** Which rule of the configuration gave an event its environment; nothing where none did. */
export function environmentsGiven(events: readonly Pick<Routed, 'event' | 'environmentRule'>[]): {
  readonly environments?: readonly {
    readonly event: string;
    readonly environment: string | undefined;
    readonly rule: string;
  }[];
} {
  const environments = events.flatMap(({ event: { id, environment }, environmentRule: rule }) =>
    rule === undefined ? [] : [{ event: id, environment, rule: `environments.${rule}` }],
  );
  return environments.length > 0 ? { environments } : {};
}

/** Of whom a route takes events and tells them none of these, and why; nothing where that is nobody. */
export function leftOut(events: readonly Pick<Routed, 'event' | 'untold'>[]): {
  readonly untold?: readonly {
    readonly event: string;
    readonly receivers: readonly string[];
    readonly because: string;
  }[];
} {
  const untold = events
    .filter(({ untold }) => untold.length > 0)
    .map(({ event, untold }) => ({ event: event.id, receivers: untold, because: whyLeftOut(event) }));
  return untold.length > 0 ? { untold } : {};
}

/** The property has done its work; people need not read it. */
const withoutChoice = (event: RelayEvent): RelayEvent => ({
  ...event,
  properties: Object.fromEntries(
    Object.entries(event.properties ?? {}).filter(([name]) => name.toLowerCase() !== CHOICE),
  ),
});
