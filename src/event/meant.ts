import { nameOf, shownName } from './identity.ts';

/** What an event can be found by. */
interface Named {
  readonly kind: string;
  readonly id: string;
  readonly story?: string | undefined;
}

/** Fewer letters mean everything and nothing. */
export const FEWEST = 4;

/**
 * Whether somebody means an event by what a message shows as its id: the beginning of the event's id or of its story's, as
 * this release shows them or as those before did, which took the sender's own id where that began with six hex digits.
 */
export function isMeant({ id, story, ...event }: Named, given: string): boolean {
  if (given === id) return true;
  if (given.length < FEWEST) return false;
  const names = [id, nameOf(id), shownName({ ...event, id, story }), ...(story ? [story, nameOf(story)] : [])];
  return names.some((name) => name.startsWith(given));
}
