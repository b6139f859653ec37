import type { RelayEvent } from '../../event/event.ts';
import { isTest, TEST } from '../../event/test-mark.ts';
import type { Messages } from '../../locales/messages.ts';
import type { Fact } from '../slots.ts';
import { utc } from '../written.ts';

/** One fact, or none where there is nothing to tell. */
export const fact = (label: string, value: string | undefined): Fact[] =>
  label === '' || value === undefined || value === '' ? [] : [{ label, value }];

/** A fact in a fixed-width font: ids, commits, names that people copy. */
export const code = (label: string, value: string | undefined): Fact[] =>
  fact(label, value).map((each) => ({ ...each, code: true }));

/** A time (ISO, UTC): each chat shows it as its reader's own clock does, and UTC beside it. */
export const time = (label: string, instant: string | undefined): Fact[] =>
  instant === undefined ? [] : [{ label, value: `(${utc(instant)})`, instant }];

/** "Environment  prod · West Europe"; a region alone is called one. */
export const placeFacts = (event: RelayEvent, say: Messages): Fact[] =>
  event.environment ? fact(say.label.environment, placeOf(event)) : fact(say.label.region, event.resource.region);

/** "prod · West Europe", as far as it is known. */
export const placeOf = (event: RelayEvent): string | undefined =>
  [event.environment, event.resource.region].filter(Boolean).join(' · ') || undefined;

export const linkOf = (event: RelayEvent, rel: string): string | undefined =>
  event.links.find((link) => link.rel === rel)?.url;

/** What the sender's owner attached to the webhook, in their own words, without what the message already says. */
export function properties(event: RelayEvent, said: readonly string[]): Fact[] {
  // What begins with the mark of a test says it already.
  const known = isTest(event) ? [...said, TEST.name] : said;
  return Object.entries(event.properties ?? {})
    .filter(([key]) => !known.includes(key))
    .flatMap(([key, value]) => fact(key, value));
}
