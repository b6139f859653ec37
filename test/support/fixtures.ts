import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Received } from './normalize.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));
const EXPECTED = '.expected.json';

export interface Fixture {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The events in full, or `{ reply }`. */
  readonly expected: unknown;
}

export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/**
 * The bodies in the folder of a source, each with what it gives. A body whose headers matter is in `<name>.request.json`,
 * as `{ headers, body }`.
 */
export function fixturesOf(source: string): readonly Fixture[] {
  const folder = `${FIXTURES}/${source}`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith(EXPECTED))
    .map((file) => {
      const name = file.replace(/(\.request)?\.json$/, '');
      const given = readJson(`${folder}/${file}`);
      const request = file.endsWith('.request.json')
        ? (given as Pick<Fixture, 'headers' | 'body'>)
        : { headers: {}, body: given };
      return { name, ...request, expected: readJson(`${folder}/${name}${EXPECTED}`) };
    });
}

const NO_SOURCES = ['before', 'conformance', 'messages', 'published'];

/** The folders of fixtures that are named after their source. */
export const fixtureFolders = (): readonly string[] =>
  readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_SOURCES.includes(entry.name))
    .map(({ name }) => name);

/** What an earlier release wrote into the queue or the ledger. */
export const storedBefore = (name: string): unknown => readJson(`${FIXTURES}/before/${name}.json`);

/** A body as a source gets it. */
export const receive = (
  payload: unknown,
  receivedAt = '2026-11-20T14:05:10.000Z',
  headers: Readonly<Record<string, string>> = {},
): Received => ({ payload, headers: new Headers(headers), receivedAt });

/** A copy with other values at some top-level keys of one object; undefined takes the key away. */
export function changed(object: object, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...object, ...changes }).filter(([, value]) => value !== undefined));
}

/** A value as it is after a journey through JSON: without keys that hold nothing. */
export const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
