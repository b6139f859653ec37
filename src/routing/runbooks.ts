import type { RelayEvent } from '../event/event.ts';

/** What to do about some events: a page for whoever gets the message. */
export interface Runbook {
  /** Absent: for every event. */
  readonly match?: (event: RelayEvent) => boolean;
  readonly url: string;
}

// The schema of an event takes this many; a runbook is worth more than the last of a sender's links.
const MOST_LINKS = 6;

/** The event with a link to the first runbook that fits it. A runbook that the sender named stays. */
export function withRunbook(event: RelayEvent, runbooks: readonly Runbook[]): RelayEvent {
  if (event.links.some(({ rel }) => rel === 'runbook')) return event;
  const runbook = runbooks.find(({ match }) => match === undefined || match(event));
  if (runbook === undefined) return event;
  return { ...event, links: [...event.links.slice(0, MOST_LINKS - 1), { rel: 'runbook', url: runbook.url }] };
}
