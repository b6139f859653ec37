import type { RelayEvent } from '../event/event.ts';
import type { Match } from './match.ts';
import { tellsByDefault } from './tell.ts';
import { type Terms, termsOf } from './terms.ts';

/** Which receivers want an event, and on what terms. */
export interface Route extends Terms {
  /** Absent: takes every event. */
  readonly match?: Match;
  /** Names of receivers. Absent: those of the route around it. */
  readonly to?: readonly string[];
  /** Routes for some of what this one matches. Where none of them takes an event, `to` does. */
  readonly routes?: readonly Route[];
  /** Whether later routes beside it are looked at as well. */
  readonly continue?: boolean;
  /** Whether it tells an event that it takes. Absent: every one. */
  readonly tells?: (event: RelayEvent) => boolean;
}

/** What there is without any routes: everybody gets everything that is told unless somebody asks for more. */
export const toAll = (receivers: readonly string[]): readonly Route[] => [{ to: receivers, tells: tellsByDefault }];

/** The receivers of an event, each once: of the first route that takes it, and of those after it while routes continue. */
export const receiversFor = (event: RelayEvent, routes: readonly Route[]): readonly string[] =>
  ledTo(event, routes).receivers;

/** Who gets an event. */
export interface Led {
  readonly receivers: readonly string[];
  /** Those whose route takes it and does not tell such an event: a beginning, or an end. */
  readonly untold: readonly string[];
  /** By the name of the receiver; absent where everybody gets it as it is. */
  readonly terms?: ReadonlyMap<string, Terms>;
}

export function ledTo(event: RelayEvent, routes: readonly Route[]): Led {
  const taken = taking(event, routes);
  const telling = taken.filter((each) => !each.untold);
  const receivers = new Set(telling.flatMap(({ to }) => to));
  const untold = new Set(taken.flatMap(({ to, untold }) => (untold ? to : [])));
  const terms = termsOf(event, telling);
  return {
    receivers: [...receivers],
    untold: [...untold].filter((name) => !receivers.has(name)),
    ...(terms.size > 0 && { terms }),
  };
}

/** A route that takes an event: where it stands (`routes.1.routes.0`), to whom it leads, and on what terms. */
export interface Taken extends Terms {
  readonly at: string;
  readonly to: readonly string[];
  /** It takes the event, and tells nobody: a beginning where it tells ends, or the other way round. */
  readonly untold?: true;
}

/** The routes that take an event, in their order. */
export function taking(
  event: RelayEvent,
  routes: readonly Route[],
  inherited?: readonly string[],
  within = '',
): readonly Taken[] {
  const taken: Taken[] = [];
  for (let index = 0; index < routes.length; index += 1) {
    const route = routes[index];
    if (route === undefined || (route.match !== undefined && !route.match(event))) continue;
    const at = `${within}routes.${index}`;
    const to = route.to ?? inherited;
    const inner = route.routes === undefined ? [] : taking(event, route.routes, to, `${at}.`);
    const here = inner.length > 0 ? inner : to === undefined ? [] : [takenBy(route, event, at, to)];
    taken.push(...here);
    // A route that leads nobody anywhere has not taken the event.
    if (here.length > 0 && route.continue !== true) break;
  }
  return taken;
}

const takenBy = ({ tells, severity, remind }: Route, event: RelayEvent, at: string, to: readonly string[]): Taken => ({
  ...{ at, to },
  ...(tells !== undefined && !tells(event) && { untold: true }),
  ...(severity !== undefined && { severity }),
  ...(remind !== undefined && { remind }),
});

/** Whether any route that leads to a receiver has alerts told again. */
export function remindedBy(routes: readonly Route[]): (receiver: string) => boolean {
  const names = new Set(reminded(routes, []));
  return (receiver) => names.has(receiver);
}

const reminded = (routes: readonly Route[], around: readonly string[]): readonly string[] =>
  routes.flatMap(({ to = around, remind, routes: inner = [] }) => [
    ...(remind === undefined ? [] : to),
    ...reminded(inner, to),
  ]);
