import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { event as eventSchema, type RelayEvent } from '../../../src/event/event.ts';
import { PayloadError } from '../../../src/problems/errors.ts';
import type { Read } from '../../../src/sources/source.ts';
import { type Received, read, sourceFor } from '../../support/normalize.ts';
import { published } from '../../support/published.ts';

// For the tests of all senders whose parts look alike: GitHub, GitLab, HCP Terraform and Packer, Alertmanager, Grafana.

export type Json = Readonly<Record<string, unknown>>;

export interface Case {
  readonly name: string;
  readonly headers: Headers;
  readonly body: Json;
  readonly expected: unknown;
}

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const REQUEST = '.request.json';

const jsonIn = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** The bodies in the folder of a source; those in a `.request.json` have the headers that decide. */
const casesOf = (source: string): readonly Case[] =>
  readdirSync(`${FIXTURES}/${source}`)
    .filter((file) => !file.endsWith('.expected.json'))
    .map((file) => {
      const name = file.replace(file.endsWith(REQUEST) ? REQUEST : '.json', '');
      const given = jsonIn(`${FIXTURES}/${source}/${file}`);
      const { headers, body } = file.endsWith(REQUEST) ? given : { headers: {}, body: given };
      const expected = jsonIn(`${FIXTURES}/${source}/${name}.expected.json`);
      return { name, headers: new Headers(headers), body, expected };
    });

export function caseOf(source: string, name: string): Case {
  const found = casesOf(source).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no fixture ${source}/${name}`);
  return found;
}

/** The one event of a body. */
export function oneOf(received: Received, source: string): RelayEvent {
  const events = eventsOf(read(received, source));
  const [event] = events;
  if (event === undefined || events.length > 1) throw new Error(`${events.length} events, not one`);
  return event;
}

export function eventsOf(result: Read): readonly RelayEvent[] {
  if ('reply' in result) throw new Error('the source replied and gave no events');
  return result;
}

const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The laws that hold for every fixture of a source. */
export function fixtureLaws(source: string): void {
  describe.each(casesOf(source).map((each) => [each.name, each] as const))('the body %s', (_name, each) => {
    const { headers, body, expected } = each;

    it('gives the expected events when its source is named', () => {
      expect(wire(read({ payload: body, headers }, source))).toStrictEqual(expected);
    });

    it('gives them when its source is detected', () => {
      expect(sourceFor(body, headers).name).toBe(source);
      expect(wire(read({ payload: body, headers }))).toStrictEqual(expected);
    });

    it('has the same ids when it comes again later', () => {
      const later = read({ payload: structuredClone(body), headers, receivedAt: '2026-11-20T15:00:00.000Z' }, source);

      expect(idsOf(later)).toStrictEqual(idsOf(read({ payload: body, headers }, source)));
    });

    it('gives events that the schema gives back unchanged', () => {
      const result = read({ payload: body, headers }, source);
      const events = 'reply' in result ? [] : result;

      expect(events.map((event) => eventSchema.parse(event))).toStrictEqual(events);
    });
  });
}

const idsOf = (result: Read): readonly string[] => ('reply' in result ? [] : result.map(({ id }) => id));

const ABSENT = Symbol('absent');
const NOTHING = [null, '', ABSENT] as const;
const ODD = [0, -1.5, true, 'x', [], [null], {}, { x: [] }, '{}', '\u0000', '9'.repeat(400)] as const;

/** Paths to every value of a body, the objects and lists included. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]));
  return path.length > 0 ? [path, ...below] : below;
}

function put(body: Json, path: readonly string[], value: unknown): Json {
  const copy = structuredClone(body) as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === ABSENT) delete holder[last];
  else holder[last] = value;
  return copy;
}

/**
 * Reads every fixture with each of its fields null, empty, absent and odd in turn. Only the named fields may be missed:
 * a body without them is refused by name, all others are read.
 */
export function nullLaws(source: string, needed: readonly string[]): void {
  const cases = casesOf(source).map((each) => [each.name, each] as const);
  const include = Object.keys(sourceFor({}, new Headers(), source).extras);

  it.each(cases)('misses nothing in %s but what it cannot do without', (_name, { headers, body }) => {
    const refused = new Set<string>();
    for (const path of pathsOf(body)) {
      for (const value of NOTHING) {
        const problems = refusal({ payload: put(body, path, value), headers, include }, source);
        for (const each of problems) refused.add(each);
      }
    }

    expect([...refused].filter((path) => !needed.includes(path))).toStrictEqual([]);
  });

  it.each(cases)('is not thrown off by odd values in %s', (_name, { headers, body }) => {
    for (const path of pathsOf(body)) {
      for (const value of ODD) refusal({ payload: put(body, path, value), headers, include }, source);
    }
  });
}

/** The paths of a refusal; none where the body was read. Whatever else is thrown is a bug. */
function refusal(received: Received, source: string): readonly string[] {
  try {
    read(received, source);
    return [];
  } catch (error) {
    if (error instanceof PayloadError) return error.problems.map(({ path }) => path);
    throw error;
  }
}

/** Plants a mark in every text that is about a person and looks for it in the events. */
export function privacyLaw(source: string, keys: readonly RegExp[]): void {
  it('keeps e-mail addresses and what else is personal out of events', () => {
    const planted = casesOf(source).map(({ headers, body }) => ({ headers, body: marked(body, keys) as Json }));
    const text = JSON.stringify(planted.map(({ headers, body }) => read({ payload: body, headers }, source)));

    expect(JSON.stringify(planted)).toContain('planted');
    expect(text).not.toContain('planted');
    expect(text).not.toMatch(/[\w.]+@[\w.]+/);
  });
}

const marked = (value: unknown, keys: readonly RegExp[]): unknown => {
  if (Array.isArray(value)) return value.map((each) => marked(each, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === 'string' && keys.some((form) => form.test(key)) ? `${each} planted` : marked(each, keys),
    ]),
  );
};

/** What the published bodies give, by folder and name. */
export function sampleLaws(
  source: string,
  expected: Readonly<Record<string, unknown>>,
  headersOf: (file: string) => Headers = () => new Headers(),
  include: readonly string[] = [],
): void {
  describe('the published bodies', () => {
    it.each(Object.entries(expected))('include %s, which is detected and read', (file, result) => {
      const received = { payload: published(file), headers: headersOf(file), include };

      expect(sourceFor(received.payload, received.headers).name).toBe(source);
      expect(read(received)).toMatchObject(result as object);
    });
  });
}
