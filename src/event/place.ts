import { PLACE } from './brief.ts';
import { saysAlone } from './deployed.ts';
import type { RelayEvent } from './event.ts';
import { cutMiddle } from './text.ts';

/** Where something happened, in a word: its environment or, without one, its resource group. */
export const whereOf = ({ environment, resource }: Pick<RelayEvent, 'environment' | 'resource'>): string | undefined =>
  environment || resource.group || undefined;

/** What an event is about, where the words it is named by do not say it. */
export const unsaid = ({ resource: { name } }: Pick<RelayEvent, 'resource'>, subject: string): string | undefined =>
  saysAlone(subject, name) && (subject === name || isTelling(name)) ? undefined : name;

/** A name of several words, or long: one word, such as `web`, is in many a rule that is about something else. */
const isTelling = (name: string): boolean => /[^\p{L}]/u.test(name) || name.length > 11;

/**
 * What stands behind a subject, so that two of the same name are told apart: where it is and, where nobody says that, what it
 * is about. The rule of an alert and the title of an event of one's own seldom name what they are about.
 */
export function whereBehind(event: RelayEvent, subject: string): string | undefined {
  const where = whereOf(event);
  // A review is about no one thing.
  const about = event.kind === 'deployment' || event.kind === 'review' ? undefined : unsaid(event, subject);
  const isOfRule = event.kind === 'alert' || event.kind === 'custom';
  const places = isOfRule ? [about && short(about, where), where] : [where ?? about];
  return [...new Set(places)].filter((place) => place && place !== subject).join(', ') || undefined;
}

// Behind it, " (, )" and where it is have room as well. Pods of one deployment differ at their ends.
const short = (about: string, where = ''): string => cutMiddle(about, Math.max(LEAST, PLACE - 5 - where.length));

const LEAST = 24;
