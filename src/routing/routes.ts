import type { RelayEvent } from '../event/event.ts';
import type { Match } from './match.ts';

/** Which receivers want an event. */
export interface Route {
  /** Absent: takes every event. */
  readonly match?: Match;
  /** Names of receivers. Absent: those of the route around it. */
  readonly to?: readonly string[];
  /** Routes for some of what this one matches. Where none of them takes an event, `to` does. */
  readonly routes?: readonly Route[];
  /** Whether later routes beside it are looked at as well. */
  readonly continue?: boolean;
}

/** The receivers of an event, each once: of the first route that takes it, and of those after it while routes continue. */
export function receiversFor(event: RelayEvent, routes: readonly Route[]): readonly string[] {
  return [...new Set(taking(event, routes).flatMap(({ to }) => to))];
}

/** A route that takes an event: where it stands (`routes.1.routes.0`) and to whom it leads. */
export interface Taken {
  readonly at: string;
  readonly to: readonly string[];
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
    const here = inner.length > 0 ? inner : to === undefined ? [] : [{ at, to }];
    taken.push(...here);
    // A route that leads nobody anywhere has not taken the event.
    if (here.length > 0 && route.continue !== true) break;
  }
  return taken;
}
