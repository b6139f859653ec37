import { asList, asObject } from '../event/json.ts';
import { type Complaint, shown } from '../problems/complaint.ts';
import { didYouMean } from '../problems/spelling.ts';
import { misfit } from '../routing/conditions.ts';
import { sources } from '../sources/registry.ts';
import { standardWebhooks } from '../sources/signature.ts';
import { mentionProblems } from './mention-problems.ts';
import { type Checking, receiverProblems } from './receiver-problems.ts';
import { optionProblems } from './source-options.ts';

/** What is wrong between the parts of a file: names that lead nowhere, URLs that do not fit, options that cannot be. */
export async function mismatches(file: unknown, checking: Checking): Promise<readonly Complaint[]> {
  const {
    receivers,
    environments,
    routes,
    notices,
    owners,
    quiet,
    drill,
    review,
    expect,
    sources: options,
  } = asObject(file);
  const known = asObject(receivers);
  return [
    ...receiverProblems(known, checking),
    // Without receivers, that is the one thing to mend first.
    ...(receivers === undefined
      ? []
      : unknownNames(
          [
            ...Object.entries(known).flatMap(([name, each]) => {
              const { fallback } = asObject(each);
              return fallback === undefined ? [] : [{ path: ['receivers', name, 'fallback'], name: fallback }];
            }),
            ...namesIn(routes, ['routes']),
            ...namesOf(notices, ['notices']),
            ...namesOf(asObject(drill)['to'], ['drill', 'to']),
            ...asList(review).flatMap((each, index) => namesOf(asObject(each)['to'], ['review', index, 'to'])),
            ...asList(expect).flatMap((each, index) => namesOf(asObject(each)['to'], ['expect', index, 'to'])),
            ...asList(asObject(quiet)['windows']).flatMap((window, index) =>
              namesOf(asObject(window)['receivers'], ['quiet', 'windows', index, 'receivers']),
            ),
          ],
          Object.keys(known),
        )),
    ...circularEnvironments(environments),
    ...untold(expect, notices),
    ...deadEnds(routes, ['routes'], false),
    ...(receivers === undefined ? [] : mentionProblems(owners, known)),
    ...(await sourceProblems(asObject(options), checking)),
    ...strangeSenders(file, Object.keys(asObject(options))),
  ];
}

async function sourceProblems(
  options: Readonly<Record<string, unknown>>,
  { development, isLint }: Checking,
): Promise<readonly Complaint[]> {
  const isOwn = (name: string): boolean => asObject(options[name])['map'] !== undefined;
  const named = sources.filter(({ name }) => options[name] !== undefined && !isOwn(name));
  const found = await Promise.all(
    named.map(async ({ name, load }) => optionProblems(await load(), options[name], development)),
  );
  const own = Object.keys(options)
    .filter(isOwn)
    .flatMap((name) => optionProblems({ name, extras: {}, signature: standardWebhooks }, options[name], development));
  return [...found.flat(), ...own, ...(await ownProblems(options, isLint))];
}

const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const TAKEN = ['drift', 'relay'];

/** What is wrong with senders that the file describes itself, and with names of which there is none. */
async function ownProblems(options: Readonly<Record<string, unknown>>, isLint: boolean): Promise<readonly Complaint[]> {
  const builtIn = sources.map(({ name }) => name);
  const { mappingFaults } = await import('../sources/mapped/mapped.ts');
  const { doubts } = await import('../sources/mapped/fields.ts');
  return Object.entries(options).flatMap(([name, each]): readonly Complaint[] => {
    const path = ['sources', name];
    const { map, like, only, samples } = asObject(each);
    if (map === undefined && builtIn.includes(name)) {
      const message = 'the relay reads this sender itself: it needs `map` beside it, or another name';
      return Object.entries({ like, only, samples }).flatMap(([key, given]) =>
        given === undefined ? [] : [{ path: [...path, key], message }],
      );
    }
    if (map === undefined) {
      const message = `unknown key \`${shown(name)}\`${didYouMean(name, builtIn)}; a sender of your own needs \`map\``;
      return [{ path, message, onKey: true }];
    }
    if (!NAME.test(name) || TAKEN.includes(name)) {
      return [
        { path, message: 'expected a name of small letters, digits and -, which is not the relay’s own', onKey: true },
      ];
    }
    const faults = mappingFaults({
      map: asObject(map),
      like: asObject(like) as Record<string, string>,
      only: typeof only === 'string' ? only : undefined,
    });
    const all = [...faults, ...(isLint ? doubts(asObject(map)) : [])];
    return all.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
  });
}

/** Conditions on a sender that there is not, wherever they stand: only they have the key `source`. */
function strangeSenders(file: unknown, own: readonly string[]): readonly Complaint[] {
  const known = [...sources.map(({ name }) => name), ...own, ...TAKEN];
  const within = (part: unknown, path: Path): readonly Complaint[] => {
    const members = Array.isArray(part) ? part.entries() : Object.entries(asObject(part));
    return [...members].flatMap(([key, inner]) => {
      const at = [...path, key];
      if (key !== 'source') return path.length === 0 && key === 'sources' ? [] : within(inner, at);
      return [inner].flat().flatMap((name, index) => {
        const message = typeof name === 'string' ? misfit(name, known) : undefined;
        return message === undefined ? [] : [{ path: Array.isArray(inner) ? [...at, index] : at, message }];
      });
    });
  };
  return within(file, []);
}

/** Senders that are expected, where nobody would be told. */
const untold = (expect: unknown, notices: unknown): readonly Complaint[] =>
  asList(expect).flatMap((rule, index) => {
    const { source, to } = asObject(rule);
    const path = ['expect', index];
    if (TAKEN.includes(String(source)))
      return [{ path: [...path, 'source'], message: 'expected a sender from outside' }];
    return to === undefined && notices === undefined
      ? [{ path, message: 'expected `to`, or `notices`: nobody would be told' }]
      : [];
  });

type Path = readonly PropertyKey[];

/** A place of the file that names a receiver. */
interface Named {
  readonly path: Path;
  readonly name: unknown;
}

const namesOf = (names: unknown, path: Path): readonly Named[] =>
  asList(names).map((name, index) => ({ path: [...path, index], name }));

const namesIn = (routes: unknown, path: Path): readonly Named[] =>
  asList(routes).flatMap((route, index) => {
    const at = [...path, index];
    const { to, routes: inner } = asObject(route);
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
  asList(environments).flatMap((rule, index) =>
    asObject(asObject(rule)['match'])['environment'] === undefined
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
  asList(routes).flatMap((route, index) => {
    const { to, routes: inner } = asObject(route);
    const at = [...path, index];
    // A key that is misspelt may be the very one that is missed.
    if (Object.keys(asObject(route)).some((key) => !ROUTE_KEYS.includes(key))) return [];
    if (inner !== undefined) return deadEnds(inner, [...at, 'routes'], inherited || to !== undefined);
    return to === undefined && !inherited
      ? [{ path: at, message: 'expected `to`: it leads to no receiver, and neither does a route around it' }]
      : [];
  });
