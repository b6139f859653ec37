import { hash } from 'node:crypto';

/** Names an occurrence by the sender's own words for it: 32 hex digits, the same for the same parts. */
export const identity = (...parts: readonly string[]): string => hash('sha256', JSON.stringify(parts)).slice(0, 32);

/** Six hex digits that people can compare by eye and find in logs. */
export const shortId = (id: string): string => (/^[0-9a-f]{6}/.test(id) ? id : identity(id)).slice(0, 6);

/** The short id that people read: an alert and its end have that of their story, so that a search joins the two. */
export const shownId = ({ kind, id, story }: { kind: string; id: string; story?: string | undefined }): string =>
  shortId(kind === 'alert' && story ? story : id);

/** The id itself where it has only letters, digits, - and _, else its hash: for headers, and wherever a dot would divide. */
export const tokenOf = (id: string): string => (/^[\w-]+$/.test(id) ? id : identity(id));
