import type { EventOf, RelayEvent } from './event.ts';

/** Where the documents are, for whoever reads a message; another place is set by RELAY_DOCS_URL. */
export const DOCS = 'https://github.com/autoscale-relay/autoscale-relay/blob/main/docs/';

/** What to read about each notice. A new topic does not compile until it has its page. */
export const helpPages: Readonly<Record<EventOf<'notice'>['topic'], string>> = {
  receiverBroken: 'operations.md#a-receiver-is-not-working',
  receiverBack: 'operations.md#undelivered-messages',
  deadLetters: 'operations.md#undelivered-messages',
  storage: 'operations.md#storage-does-not-answer',
  configuration: 'operations.md#the-configuration-is-not-applied',
  driftUnreadable: 'operations.md#the-drift-report-cannot-read',
  driftReadable: 'operations.md#the-drift-report-cannot-read',
  drill: 'operations.md#the-delivery-test-failed',
  test: 'operations.md#the-delivery-test-failed',
};

const MOST_LINKS = 6;

/** A notice with the page that helps as its first link; any other event as it is. `docs` ends with a slash. */
export function withHelp(event: RelayEvent, docs: string = DOCS): RelayEvent {
  if (event.kind !== 'notice') return event;
  const others = event.links.filter(({ rel }) => rel !== 'help').slice(0, MOST_LINKS - 1);
  return { ...event, links: [{ rel: 'help', url: docs + helpPages[event.topic] }, ...others] };
}
