import type { ScaleSet } from './azure.ts';

/** The key under which a set is known: its id, whose case Azure changes at will. */
export const setKey = ({ id }: Pick<ScaleSet, 'id'>): string => id.toLowerCase();

/** The subscription in an ARM id, lower-cased; empty where there is none. */
export const subscriptionOf = (id: string): string => /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? '';
