import type { EventOf, RelayEvent } from '../../../src/event/event.ts';
import { fixturesOf } from '../../support/fixtures.ts';
import { normalize } from '../../support/normalize.ts';

type Json = Record<string, unknown>;

export const bodies: ReadonlyMap<string, unknown> = new Map(
  fixturesOf('azure-monitor').map(({ name, body }) => [name, body]),
);

/** A copy of a fixture's body, to be changed. */
export const body = (name: string): Json => structuredClone(bodies.get(name)) as Json;

/** The object at a path of a body. */
export const at = (given: unknown, ...path: readonly string[]): Json =>
  path.reduce<Json>((inner, key) => inner[key] as Json, given as Json);

/** A fixture's body with some fields changed in the object at a path; undefined takes a field away. */
export function having(name: string, path: readonly string[], changes: Json): Json {
  const copy = body(name);
  const inner = at(copy, ...path);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete inner[key];
    else inner[key] = value;
  }
  return copy;
}

/** The one event of a body. */
export function read(payload: unknown, receivedAt?: string): RelayEvent {
  const [event, ...more] = normalize({ payload, ...(receivedAt && { receivedAt }) }, 'azure-monitor');
  if (event === undefined || more.length > 0) throw new Error('expected one event');
  return event;
}

export function alert(payload: unknown): EventOf<'alert'> {
  const event = read(payload);
  if (event.kind !== 'alert') throw new Error(`expected an alert, not ${event.kind}`);
  return event;
}

export function scale(payload: unknown): EventOf<'scale'> {
  const event = read(payload);
  if (event.kind !== 'scale') throw new Error(`expected a scale event, not ${event.kind}`);
  return event;
}

/** Every path of a body that leads to a value. */
export function pathsOf(value: unknown, before: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...before, key];
    return [path, ...pathsOf(inner, path)];
  });
}

/** A copy with all keys changed, at every depth. */
export const rekeyed = (value: unknown, change: (key: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((each) => rekeyed(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [change(key), rekeyed(inner, change)]));
};
