import type { RelayEvent } from './event.ts';

/** The property by which an event says that it is a test, for people and for subscribers: `test: yes`. */
export const TEST = { name: 'test', value: 'yes' } as const;

/** Whether nothing has happened: somebody wants to see how it is told. */
export const isTest = ({ properties = {} }: Pick<RelayEvent, 'properties'>): boolean =>
  Object.hasOwn(properties, TEST.name) && properties[TEST.name]?.toLowerCase() === TEST.value;
