import type { EventKind } from './event.ts';

const OWN: ReadonlySet<string> = new Set(['notice', 'digest', 'act', 'review'] satisfies EventKind[]);

/** Whether events of a kind are what the relay says of itself and of what it told: these take no route. */
export const isOwnKind = (kind: string): boolean => OWN.has(kind);
