import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Received } from '../../src/sources/source.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));
const EXPECTED = '.expected.json';

export interface Fixture {
  readonly name: string;
  readonly body: unknown;
  readonly expected: unknown;
}

export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The bodies in the folder of a source, each with the events that it gives. */
export function fixturesOf(source: string): readonly Fixture[] {
  const folder = `${FIXTURES}/${source}`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith(EXPECTED))
    .map((file) => file.slice(0, -'.json'.length))
    .map((name) => ({
      name,
      body: readJson(`${folder}/${name}.json`),
      expected: readJson(`${folder}/${name}${EXPECTED}`),
    }));
}

/** The names of the fixture folders. */
export const fixtureFolders = (): readonly string[] => readdirSync(FIXTURES);

/** A body as a source gets it. */
export const receive = (payload: unknown, receivedAt = '2026-11-20T14:05:10.000Z'): Received => ({
  payload,
  headers: new Headers(),
  receivedAt,
});

/** A copy with other values at some top-level keys of one object; undefined takes the key away. */
export function changed(object: object, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...object, ...changes }).filter(([, value]) => value !== undefined));
}

/** A value as it is after a journey through JSON: without keys that hold nothing. */
export const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
