import type { EventOf, RelayEvent } from './event.ts';

/** What to read about each notice, within `docs/`. A new topic does not compile until it has its page. */
export const helpPages: Readonly<Record<EventOf<'notice'>['topic'], string>> = {
  receiverBroken: 'operations.md#a-receiver-is-not-working',
  receiverBack: 'operations.md#undelivered-messages',
  signIn: 'operations.md#a-receiver-refuses-the-sign-in',
  deadLetters: 'operations.md#undelivered-messages',
  storage: 'operations.md#storage-does-not-answer',
  configuration: 'operations.md#the-configuration-is-not-applied',
  driftUnreadable: 'operations.md#the-drift-report-cannot-read',
  driftReadable: 'operations.md#the-drift-report-cannot-read',
  cut: 'operations.md#limits-and-what-scales',
  tooLarge: 'operations.md#limits-and-what-scales',
  silent: 'operations.md#a-sender-is-silent',
  heard: 'operations.md#a-sender-is-silent',
  drill: 'operations.md#the-delivery-test-failed',
  test: 'operations.md#the-delivery-test-failed',
};

const MOST_LINKS = 6;

/**
 * A notice with the page that helps as its first link; any other event as it is. `docs` is RELAY_DOCS_URL and ends with a slash:
 * there is no default, since a link into somebody else's site is worse than the name of a page.
 */
export function withHelp(event: RelayEvent, docs: string | undefined): RelayEvent {
  if (event.kind !== 'notice' || docs === undefined) return event;
  const others = event.links.filter(({ rel }) => rel !== 'help').slice(0, MOST_LINKS - 1);
  return { ...event, links: [{ rel: 'help', url: docs + helpPages[event.topic] }, ...others] };
}
