import { isOwnKind } from '../event/own-kinds.ts';
import { glob } from '../routing/glob.ts';
import type { Conditions, Patterns } from '../routing/match.ts';

/** An environment as the configuration file writes it. */
export interface WrittenEnvironment {
  readonly name: string;
  readonly match?: Conditions | undefined;
}

/** Rules that no event can come to, as far as the file shows it, and why. */
export function idleEnvironments(rules: readonly WrittenEnvironment[]): readonly string[] {
  const all = rules.map(({ match }) => partsOf(match));
  return rules.flatMap(({ name }, index) => {
    const parts = all[index] ?? [];
    const before = all.findIndex((earlier, at) => at < index && covers(earlier, parts));
    const why =
      before < 0
        ? parts.flatMap((part) => impossible(part) ?? [])[0]
        : `rule ${before + 1} takes everything that it would`;
    return why === undefined ? [] : [`Rule ${index + 1} of \`environments\` (${name}) matches nothing: ${why}.`];
  });
}

/** One condition, read once: every one is held against every other. */
export interface Part {
  readonly key: string;
  readonly wanted: readonly string[];
  /** With their "!". */
  readonly unwanted: readonly string[];
  /** For each of the wanted, whether it takes all that another takes. */
  readonly fits: readonly ((pattern: string) => boolean)[];
}

export const partsOf = ({ properties = {}, ...fields }: Conditions = {}): readonly Part[] => [
  ...Object.entries(fields).flatMap(([key, given]) => (given === undefined ? [] : [partOf(key, given)])),
  ...Object.entries(properties).map(([key, given]) => partOf(`properties.${key.toLowerCase()}`, given)),
];

function partOf(key: string, given: Patterns): Part {
  const some = wanted(listed(given));
  return { key, wanted: some, unwanted: unwanted(listed(given)), fits: some.map(widerThan) };
}

export const listed = (given: Patterns): readonly string[] => [given].flat();

const unwanted = (patterns: readonly string[]) => patterns.filter((each) => each.startsWith('!'));
export const wanted = (patterns: readonly string[]) => patterns.filter((each) => !each.startsWith('!'));

/** Whether conditions take every event that others take: each of them is wider than that of the same key. */
export const covers = (wide: readonly Part[], narrow: readonly Part[]): boolean =>
  wide.every((part) => {
    const same = narrow.find(({ key }) => key === part.key);
    if (same === undefined || part.unwanted.some((each) => !same.unwanted.includes(each))) return false;
    if (part.wanted.length === 0) return true;
    return same.wanted.length > 0 && same.wanted.every((each) => part.fits.some((fits) => fits(each)));
  });

/** A pattern read as a text: "rg-prod*" fits "rg-*". One with "?" could take a "*" for a letter. */
function widerThan(wider: string): (pattern: string) => boolean {
  if (!wider.includes('?')) return glob(wider);
  const same = wider.toLowerCase();
  return (pattern) => pattern.toLowerCase() === same;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isPlain = (pattern: string): boolean => !/[*?]/.test(pattern);

// What the relay says of itself takes no route, and so comes to no rule.

function impossible({ key, wanted: some, unwanted }: Part): string | undefined {
  const none = unwanted.map((each) => widerThan(each.slice(1)));
  if (some.length > 0 && some.every((each) => none.some((fits) => fits(each)))) {
    return `\`${key}\` takes and refuses the same`;
  }
  const every = (test: (pattern: string) => boolean) => some.length > 0 && some.every(test);
  if (key === 'subscription' && every((each) => isPlain(each) && !GUID.test(each))) {
    return '`subscription` is the id of one, not its name';
  }
  if (key === 'id' && every((each) => !/^[/*?]/.test(each))) return '`id` is an ARM id, which begins with /';
  if (key === 'group' && every((each) => each.includes('/'))) return '`group` is the name of one, not its id';
  if (key === 'kind' && every(isOwnKind)) return 'notices and digests have no environment of a rule';
  return undefined;
}
