import { expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { PayloadError } from '../../src/problems/errors.ts';
import { sources } from '../../src/sources/registry.ts';
import { sampleBodies } from '../sources/support/sample-bodies.ts';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { read, sourceFor } from '../support/normalize.ts';
import { part } from '../support/sweep.ts';

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

const answered = (
  payload: unknown,
  headers: Readonly<Record<string, string>>,
  source: string,
): readonly RelayEvent[] => {
  const result = read(receive(payload, undefined, headers), source);
  return 'reply' in result ? [] : result;
};

// What people post themselves is as they say.
const bodies = [
  ...sources.filter(({ name }) => name !== 'custom').flatMap(({ name }) => fixturesOf(name)),
  ...sampleBodies.flatMap((folder) => folder.bodies),
].map(({ name, headers, body }, turn) => {
  const source = sourceFor(body, new Headers(headers)).name;
  const events = answered(body, headers, source);
  return {
    name: `${source} ${name}`,
    headers,
    body,
    source,
    turn,
    wasTrouble: events.length > 0 && events.every(isTrouble),
  };
});

it.each(bodies.map((each) => [each.name, each] as const))(
  'a body that lacks a key is answered, and no trouble is told as well: %s',
  (_name, { body, headers, source, wasTrouble, turn }) => {
    const wrong = part([...pathsIn(body)], turn).flatMap((path) => {
      try {
        const events = answered(without(body, path), headers, source);
        return wasTrouble && events.some(isWell) ? [path.join('.')] : [];
      } catch (error) {
        return error instanceof PayloadError ? [] : [`${path.join('.')}: ${error}`];
      }
    });

    expect(wrong).toStrictEqual([]);
  },
);
