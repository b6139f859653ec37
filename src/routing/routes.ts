import type { RelayEvent } from '../event/event.ts';

/** Which receivers want an event. */
export interface Route {
  /** Absent: takes every event. */
  readonly match?: (event: RelayEvent) => boolean;
  /** Names of receivers. */
  readonly to: readonly string[];
  /** Whether later routes are looked at as well. */
  readonly continue?: boolean;
}

/** The receivers of an event, each once: of the first route that takes it, and of those after it while routes continue. */
export function receiversFor(event: RelayEvent, routes: readonly Route[]): readonly string[] {
  const receivers = new Set<string>();
  for (const route of routes) {
    if (route.match !== undefined && !route.match(event)) continue;
    for (const name of route.to) receivers.add(name);
    if (route.continue !== true) break;
  }
  return [...receivers];
}
