import type { RelayEvent } from '../event/event.ts';
import { levels, severities } from '../event/fields.ts';
import { glob } from './glob.ts';

/** What conditions can look at, and where it is in an event. */
const FIELDS = {
  kind: (event) => event.kind,
  source: (event) => event.source,
  phase: (event) => ('phase' in event ? event.phase : undefined),
  state: (event) => stateOf(event),
  severity: (event) => event.severity,
  level: (event) => ('level' in event ? event.level : undefined),
  environment: (event) => event.environment,
  resource: (event) => event.resource.name,
  id: (event) => event.resource.id,
  group: (event) => event.resource.group,
  subscription: (event) => event.resource.subscriptionId,
  region: (event) => event.resource.region,
  type: (event) => event.resource.type,
  subject: (event) => subjectOf(event),
  version: (event) => ('version' in event ? event.version : undefined),
  actor: (event) => (event.kind === 'drift' ? event.modelChangedBy : 'actor' in event ? event.actor : undefined),
} as const satisfies Record<string, (event: RelayEvent) => string | undefined>;

export type Field = keyof typeof FIELDS;
export const fields = Object.keys(FIELDS) as readonly Field[];

export const fieldOf = (event: RelayEvent, field: Field): string | undefined => FIELDS[field](event);

/** What has an order, from the first to the last: `>=` and the like compare by it. Azure counts Sev0, the worst, first. */
export const ordered: Readonly<Partial<Record<Field, readonly string[]>>> = { severity: severities, level: levels };

function stateOf(event: RelayEvent): string | undefined {
  switch (event.kind) {
    case 'alert':
      return event.state;
    case 'artifact':
      return event.action;
    case 'drift':
      return event.change === 'resolved' ? 'resolved' : event.verdict;
    case 'notice':
      return event.topic;
    case 'act':
      return event.action;
    default:
      return undefined;
  }
}

function subjectOf(event: RelayEvent): string {
  switch (event.kind) {
    case 'deployment':
      return event.subject;
    case 'alert':
      return event.rule;
    case 'artifact':
      return event.name;
    case 'custom':
      return event.title;
    case 'notice':
      return event.about;
    case 'act':
      return event.of.subject;
    default:
      return event.resource.name;
  }
}

/** One pattern or several. */
export type Patterns = string | readonly string[];

/** What an event must be: all of it. `properties` are those that a sender attached, by their names in either case. */
export type Conditions = Readonly<Partial<Record<Field, Patterns | undefined>>> & {
  readonly properties?: Readonly<Record<string, Patterns>> | undefined;
};

/** Whether an event is wanted. */
export type Match = (event: RelayEvent) => boolean;

/**
 * Whether an event fulfils every condition, compared without case, as Azure compares names. Of several patterns one must
 * fit, and none of those after "!" may. What an event does not have is empty.
 */
export function matcher({ properties = {}, ...conditions }: Conditions): Match {
  const tests = [
    ...fields.flatMap((field): Match[] => {
      const given = conditions[field];
      if (given === undefined) return [];
      const fits = oneOf(given, ordered[field]);
      const value = FIELDS[field] as (event: RelayEvent) => string | undefined;
      return [(event) => fits(value(event) ?? '')];
    }),
    ...Object.entries(properties).map(([name, given]): Match => {
      const fits = oneOf(given, undefined);
      const value = propertyOf(name);
      return (event) => fits(value(event) ?? '');
    }),
  ];
  const [only] = tests;
  return only !== undefined && tests.length === 1 ? only : (event) => tests.every((test) => test(event));
}

/** What a sender attached, by its name in either case: a custom property, a label of an alert, a tag of a scale set. */
export function propertyOf(name: string): (event: RelayEvent) => string | undefined {
  const wanted = name.toLowerCase();
  const among = (pairs: Readonly<Record<string, string>> | undefined) =>
    pairs === undefined
      ? undefined
      : Object.hasOwn(pairs, name)
        ? pairs[name]
        : Object.entries(pairs).find(([key]) => key.toLowerCase() === wanted)?.[1];
  return (event) =>
    among(event.properties) ??
    (event.kind === 'alert' ? among(event.dimensions) : event.kind === 'drift' ? among(event.tags) : undefined);
}

type Test = (value: string) => boolean;

function oneOf(given: Patterns, order: readonly string[] | undefined): Test {
  const patterns = typeof given === 'string' ? [given] : given;
  const wanted = patterns.filter((each) => !each.startsWith('!')).map((each) => pattern(each, order));
  const unwanted = patterns.filter((each) => each.startsWith('!')).map((each) => pattern(each.slice(1), order));
  const [only] = wanted;
  if (only !== undefined && wanted.length === 1 && unwanted.length === 0) return only;
  return (value) =>
    (wanted.length === 0 || wanted.some((fits) => fits(value))) && !unwanted.some((fits) => fits(value));
}

const COMPARED = /^(>=|>|<=|<)\s*(\w+)$/;

/** A pattern's comparison and the word it compares with; undefined where it has none. */
export function comparison(text: string): { readonly sign: string; readonly word: string } | undefined {
  const [, sign, word] = COMPARED.exec(text) ?? [];
  return sign === undefined || word === undefined ? undefined : { sign, word };
}

function pattern(text: string, order: readonly string[] | undefined): Test {
  const compared = order && comparison(text);
  if (order === undefined || compared === undefined) return glob(text);
  const bound = order.findIndex((word) => word.toLowerCase() === compared.word.toLowerCase());
  const within = COMPARE[compared.sign];
  const fitting = new Set(order.filter((_, at) => bound !== -1 && within?.(at, bound) === true));
  return (value) => fitting.has(value);
}

const COMPARE: Readonly<Record<string, (at: number, bound: number) => boolean>> = {
  '>=': (at, bound) => at >= bound,
  '>': (at, bound) => at > bound,
  '<=': (at, bound) => at <= bound,
  '<': (at, bound) => at < bound,
};
