import { fixturesOf } from '../../support/fixtures.ts';
import { read } from '../../support/normalize.ts';
import { published, publishedIn } from '../../support/published.ts';

type Json = Readonly<Record<string, unknown>>;

/** A fixture's body by its name. */
export function bodyOf(source: string, name: string): Json {
  const fixture = fixturesOf(source).find((each) => each.name === name);
  if (fixture === undefined) throw new Error(`no fixture ${source}/${name}`);
  return fixture.body as Json;
}

/** A copy with another value at one path ("resource.run.result"); undefined takes the key away. */
export function put(body: unknown, path: string, value: unknown): Json {
  const copy = structuredClone(body) as Record<string, unknown>;
  const keys = path.split('.');
  const holder = keys.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
  const last = keys.at(-1) ?? '';
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

/** Each way in which one value of a body can be without its meaning: null, absent, empty, of another type. */
export const lacking = (body: unknown): readonly (readonly [string, unknown])[] =>
  pathsOf(body).flatMap((path) =>
    [null, undefined, '', 7, [], {}].map(
      (value) =>
        [`${path} as ${value === undefined ? 'nothing' : JSON.stringify(value)}`, put(body, path, value)] as const,
    ),
  );

function pathsOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !key.includes('.'))
    .flatMap(([key, inner]) => [path + key, ...pathsOf(inner, `${path}${key}.`)]);
}

/** Bodies in the shapes that a sender publishes, by name. */
export const samplesOf = (folder: string): readonly (readonly [string, unknown])[] =>
  publishedIn(folder).map((name) => [name, published(`${folder}/${name}`)] as const);

/** Everything that the fixtures of a source give when the configuration asks for all there is. */
export const allEvents = (source: string, include: readonly string[]): string =>
  JSON.stringify(fixturesOf(source).map(({ body }) => read({ payload: body, include })));
