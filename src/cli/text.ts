import { typedHere } from '../event/command.ts';
import { CommandFailure } from './failure.ts';

/** Text from elsewhere, without what could move a terminal's cursor, ring its bell or reorder what is read. */
export const safe = (text: string): string => text.replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');

/** The same on one line. */
export const safeLine = (text: string): string => safe(text.replace(/\s+/g, ' ')).trim();

// Enough to tell events apart by eye; `replay` takes the beginning of an id.
const ID = 12;

export const shortened = (id: string): string =>
  id.length > ID && /^[\w-]+$/.test(id) ? id.slice(0, ID) : safeLine(id);

/** "2026-11-20 14:05:09", of an ISO date in UTC. */
export const second = (instant: string): string => safeLine(instant.slice(0, 19).replace('T', ' '));

/** "8 min", until an instant (ISO); "over" where it has passed. `now` is in milliseconds. */
export function left(until: string, now: number): string {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  if (!(seconds > 0)) return 'over';
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const MOST_NAMES = 10;

/** "ops-0, ops-1 and 2,988 more", of more than a line holds. */
export function few(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more <= 1
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and ${more.toLocaleString('en')} more`;
}

/** An id that a person gave, without blanks around it. Throws a CommandFailure where nothing is left of it, which a list would take for no wish at all. */
export function idGiven(text: string): string {
  const id = text.trim();
  if (id !== '') return id;
  throw new CommandFailure('The id is empty.', {
    status: 2,
    next: `Give it as a message shows it behind "id", such as 9f3c1ab2; ${typedHere.relay} deliveries lists what there is.`,
  });
}

/** The id that a person means: the whole one, or the only one that begins so; undefined where none does. */
export function meant(given: string, ids: readonly string[], what: string): string | undefined {
  if (ids.includes(given)) return given;
  const found = [...new Set(ids.filter((id) => id.startsWith(given)))];
  if (found.length <= 1) return found[0];
  throw new CommandFailure(`${found.length} ${what}s begin with ${given}.`, {
    status: 2,
    next: 'Give more of the id.',
  });
}
