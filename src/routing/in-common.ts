import type { RelayEvent } from '../event/event.ts';
import { type Field, fieldOf } from './match.ts';

/** Fields by which two events are about the same thing. */
export const SHARED = [
  'resource',
  'id',
  'group',
  'subscription',
  'region',
  'type',
  'environment',
  'subject',
] as const satisfies readonly Field[];

/**
 * What an event has of each of the fields, in lower case; undefined where it lacks one: two things that both lack a group have
 * no group in common.
 */
export function sharedValues(event: RelayEvent, same: readonly Field[]): readonly string[] | undefined {
  const values = same.map((field) => fieldOf(event, field)?.toLowerCase() ?? '');
  return values.includes('') ? undefined : values;
}
