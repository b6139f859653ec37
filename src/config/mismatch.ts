import { sources } from '../sources/registry.ts';
import { didYouMean } from '../spelling.ts';
import { type Complaint, list, record, shown } from './complaint.ts';
import { mentionProblems } from './mention-problems.ts';
import { type Checking, receiverProblems } from './receiver-problems.ts';
import { optionProblems } from './source-options.ts';

/** What is wrong between the parts of a file: names that lead nowhere, URLs that do not fit, options that cannot be. */
export async function mismatches(file: unknown, checking: Checking): Promise<readonly Complaint[]> {
  const { receivers, environments, routes, notices, owners, quiet, drill, sources: options } = record(file);
  const known = record(receivers);
  return [
    ...receiverProblems(known, checking),
    // Without receivers, that is the one thing to mend first.
    ...(receivers === undefined
      ? []
      : unknownNames(
          [
            ...Object.entries(known).flatMap(([name, each]) => {
              const { fallback } = record(each);
              return fallback === undefined ? [] : [{ path: ['receivers', name, 'fallback'], name: fallback }];
            }),
            ...namesIn(routes, ['routes']),
            ...namesOf(notices, ['notices']),
            ...namesOf(record(drill)['to'], ['drill', 'to']),
            ...list(record(quiet)['windows']).flatMap((window, index) =>
              namesOf(record(window)['receivers'], ['quiet', 'windows', index, 'receivers']),
            ),
          ],
          Object.keys(known),
        )),
    ...circularEnvironments(environments),
    ...deadEnds(routes, ['routes'], false),
    ...(receivers === undefined ? [] : mentionProblems(owners, known)),
    ...(await sourceProblems(record(options), checking.development)),
  ];
}

async function sourceProblems(
  options: Readonly<Record<string, unknown>>,
  development: boolean,
): Promise<readonly Complaint[]> {
  const named = sources.filter(({ name }) => options[name] !== undefined);
  const found = await Promise.all(
    named.map(async ({ name, load }) => optionProblems(await load(), options[name], development)),
  );
  return found.flat();
}

type Path = readonly PropertyKey[];

/** A place of the file that names a receiver. */
interface Named {
  readonly path: Path;
  readonly name: unknown;
}

const namesOf = (names: unknown, path: Path): readonly Named[] =>
  list(names).map((name, index) => ({ path: [...path, index], name }));

const namesIn = (routes: unknown, path: Path): readonly Named[] =>
  list(routes).flatMap((route, index) => {
    const at = [...path, index];
    const { to, routes: inner } = record(route);
    return [...namesOf(to, [...at, 'to']), ...namesIn(inner, [...at, 'routes'])];
  });

const unknownNames = (named: readonly Named[], known: readonly string[]): readonly Complaint[] =>
  named.flatMap(({ path, name }) =>
    typeof name !== 'string' || known.includes(name)
      ? []
      : [{ path, message: `there is no receiver ${shown(name)}${didYouMean(name, known)}` }],
  );

/** Rules that ask for what they are there to give. */
const circularEnvironments = (environments: unknown): readonly Complaint[] =>
  list(environments).flatMap((rule, index) =>
    record(record(rule)['match'])['environment'] === undefined
      ? []
      : [
          {
            path: ['environments', index, 'match', 'environment'],
            message: 'only events without an environment come to a rule: match something else of them',
            onKey: true,
          },
        ],
  );

const ROUTE_KEYS = ['match', 'to', 'continue', 'tell', 'routes'];

/** Routes that lead to nobody: neither they nor a route around them names a receiver. */
const deadEnds = (routes: unknown, path: Path, inherited: boolean): readonly Complaint[] =>
  list(routes).flatMap((route, index) => {
    const { to, routes: inner } = record(route);
    const at = [...path, index];
    // A key that is misspelt may be the very one that is missed.
    if (Object.keys(record(route)).some((key) => !ROUTE_KEYS.includes(key))) return [];
    if (inner !== undefined) return deadEnds(inner, [...at, 'routes'], inherited || to !== undefined);
    return to === undefined && !inherited
      ? [{ path: at, message: 'expected `to`: it leads to no receiver, and neither does a route around it' }]
      : [];
  });
