import { hash } from 'node:crypto';

/** Names an occurrence by the sender's own words for it: 32 hex digits, the same for the same parts. */
export const identity = (...parts: readonly string[]): string => hash('sha256', JSON.stringify(parts)).slice(0, 32);

/** An id as 32 hex digits: an identity as it is; of a sender's own id, however it begins, the hash. */
export const nameOf = (id: string): string => (/^[0-9a-f]{32}$/.test(id) ? id : identity(id));

// Of the 10,000 events of a busy month, some two have the same with a probability of one in a hundred.
const SHORT = 8;

/** Eight hex digits that people can compare by eye, and find an event by. */
export const shortId = (id: string): string => nameOf(id).slice(0, SHORT);

interface Shown {
  readonly kind: string;
  readonly id: string;
  readonly story?: string | undefined;
}

/** What people know an event by: an alert and its end by their story, so that a search joins the two; 32 hex digits. */
export const shownName = ({ kind, id, story }: Shown): string => nameOf(kind === 'alert' && story ? story : id);

/** The short form of that: what messages, tables and pages show, and commands take. */
export const shownId = (event: Shown): string => shownName(event).slice(0, SHORT);

/** The id itself where it has only letters, digits, - and _, else its hash: for headers, and wherever a dot would divide. */
export const tokenOf = (id: string): string => (/^[\w-]+$/.test(id) ? id : identity(id));
