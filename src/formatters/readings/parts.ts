import type { RelayEvent } from '../../event/event.ts';
import type { Fact } from '../slots.ts';
import { written } from '../written.ts';

/** One fact, or none where there is nothing to tell. */
export const fact = (label: string, value: string | undefined): Fact[] =>
  label === '' || value === undefined || value === '' ? [] : [{ label, value }];

/** A fact in a fixed-width font: ids, commits, names that people copy. */
export const code = (label: string, value: string | undefined): Fact[] =>
  fact(label, value).map((each) => ({ ...each, code: true }));

/** A time (ISO, UTC) in the receiver's language and zone. */
export const time = (label: string, instant: string | undefined, locale: string, timeZone: string): Fact[] =>
  instant === undefined ? [] : [{ label, value: written(instant, locale, timeZone), instant }];

/** "prod · West Europe", as far as it is known. */
export const placeOf = (event: RelayEvent): string | undefined =>
  [event.environment, event.resource.region].filter(Boolean).join(' · ') || undefined;

export const linkOf = (event: RelayEvent, rel: string): string | undefined =>
  event.links.find((link) => link.rel === rel)?.url;

/** What the sender's owner attached to the webhook, in their own words, without what the message already says. */
export const properties = (event: RelayEvent, said: readonly string[]): Fact[] =>
  Object.entries(event.properties ?? {})
    .filter(([key]) => !said.includes(key))
    .flatMap(([key, value]) => fact(key, value));
