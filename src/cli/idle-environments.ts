import type { EventKind } from '../event/event.ts';
import { glob } from '../routing/glob.ts';
import type { Conditions, Patterns } from '../routing/match.ts';

/** An environment as the configuration file writes it. */
export interface WrittenEnvironment {
  readonly name: string;
  readonly match?: Conditions | undefined;
}

/** Rules that no event can come to, as far as the file shows it, and why. */
export const idleEnvironments = (rules: readonly WrittenEnvironment[]): readonly string[] =>
  rules.flatMap(({ name, match }, index) => {
    const before = rules.slice(0, index).findIndex((earlier) => covers(partsOf(earlier.match), partsOf(match)));
    const why =
      before < 0
        ? partsOf(match).flatMap(([key, patterns]) => impossible(key, patterns) ?? [])[0]
        : `rule ${before + 1} takes everything that it would`;
    return why === undefined ? [] : [`Rule ${index + 1} of \`environments\` (${name}) matches nothing: ${why}.`];
  });

type Part = readonly [key: string, patterns: readonly string[]];

export const partsOf = ({ properties = {}, ...fields }: Conditions = {}): readonly Part[] => [
  ...Object.entries(fields).flatMap(([key, given]): Part[] => (given === undefined ? [] : [[key, listed(given)]])),
  ...Object.entries(properties).map(([key, given]): Part => [`properties.${key.toLowerCase()}`, listed(given)]),
];

export const listed = (given: Patterns): readonly string[] => [given].flat();

const unwanted = (patterns: readonly string[]) => patterns.filter((each) => each.startsWith('!'));
export const wanted = (patterns: readonly string[]) => patterns.filter((each) => !each.startsWith('!'));

/** Whether conditions take every event that others take: each of them is wider than that of the same key. */
export const covers = (wide: readonly Part[], narrow: readonly Part[]): boolean =>
  wide.every(([key, patterns]) => {
    const same = narrow.find(([other]) => other === key)?.[1];
    if (same === undefined || unwanted(patterns).some((each) => !same.includes(each))) return false;
    const all = wanted(same);
    if (wanted(patterns).length === 0) return true;
    return all.length > 0 && all.every((each) => wanted(patterns).some((wider) => isWider(wider, each)));
  });

/** A pattern read as a text: "rg-prod*" fits "rg-*". One with "?" could take a "*" for a letter. */
const isWider = (wider: string, pattern: string): boolean =>
  wider.toLowerCase() === pattern.toLowerCase() || (!wider.includes('?') && glob(wider)(pattern));

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isPlain = (pattern: string): boolean => !/[*?]/.test(pattern);

// What the relay says of itself takes no route, and so comes to no rule.
const WITHOUT: readonly string[] = ['notice', 'digest'] satisfies EventKind[];

function impossible(key: string, patterns: readonly string[]): string | undefined {
  const [some, none] = [wanted(patterns), unwanted(patterns).map((each) => each.slice(1))];
  if (some.length > 0 && some.every((each) => none.some((other) => isWider(other, each)))) {
    return `\`${key}\` takes and refuses the same`;
  }
  const every = (test: (pattern: string) => boolean) => some.length > 0 && some.every(test);
  if (key === 'subscription' && every((each) => isPlain(each) && !GUID.test(each))) {
    return '`subscription` is the id of one, not its name';
  }
  if (key === 'id' && every((each) => !/^[/*?]/.test(each))) return '`id` is an ARM id, which begins with /';
  if (key === 'group' && every((each) => each.includes('/'))) return '`group` is the name of one, not its id';
  if (key === 'kind' && every((each) => WITHOUT.includes(each)))
    return 'notices and digests have no environment of a rule';
  return undefined;
}
