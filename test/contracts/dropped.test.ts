import { describe, expect, it } from 'vitest';
import { PayloadError } from '../../src/errors.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { sources } from '../../src/sources/registry.ts';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

type Path = readonly (string | number)[];

/** Every key of a body, however deep. */
function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (!Array.isArray(value)) yield at;
    yield* pathsIn(inner, at);
  }
}

function without(body: unknown, path: Path): unknown {
  const copy = structuredClone(body);
  const holder = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], copy);
  delete (holder as Record<string, unknown>)[String(path.at(-1))];
  return copy;
}

/** What is wrong now, as its sender says: an alert that fires, an operation or a deployment that failed. */
const isTrouble = (event: RelayEvent): boolean =>
  event.severity !== 'info' &&
  ((event.kind === 'alert' && event.state === 'fired') || ('phase' in event && event.phase === 'failed'));

/** Told as if all were well, or as a beginning that nobody has to look at. */
const isWell = (event: RelayEvent): boolean =>
  event.severity === 'info' ||
  (event.kind === 'alert' && event.state === 'resolved') ||
  (event.kind !== 'alert' && 'phase' in event && event.phase === 'succeeded');

// What people post themselves is as they say.
const theirs = sources.map(({ name }) => name).filter((name) => name !== 'custom');

describe.each(theirs)('a body of %s that lacks a key', (source) => {
  const bodies = fixturesOf(source).flatMap(({ name, headers, body, expected }) => {
    const told = Array.isArray(expected) ? (expected as RelayEvent[]) : [];
    return Array.isArray(expected)
      ? [{ name, headers, body, wasTrouble: told.length > 0 && told.every(isTrouble) }]
      : [];
  });

  it.each(bodies.map((each) => [each.name, each] as const))(
    '%s is answered, and no trouble is told as well',
    (_name, each) => {
      const wrong = [...pathsIn(each.body)].flatMap((path) => {
        try {
          const events = normalize(receive(without(each.body, path), undefined, each.headers), source);
          return each.wasTrouble && events.some(isWell) ? [path.join('.')] : [];
        } catch (error) {
          if (error instanceof PayloadError) return [];
          return [`${path.join('.')}: ${error}`];
        }
      });

      expect(wrong).toStrictEqual([]);
    },
  );
});
