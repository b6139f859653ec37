import type { RelayEvent } from '../event/event.ts';
import { type Conditions, comparison, fieldOf, fields, matcher, type Patterns, propertyOf } from '../routing/match.ts';

type Given = Conditions | undefined;

const patternsText = (patterns: Patterns): string => [patterns].flat().join(' | ');

/** "kind=deployment severity>=warning"; "everything" where there is no condition. */
export const conditionsText = (match: Given): string =>
  partsOf(match)
    .map(({ name, patterns }) => {
      const text = [patterns].flat().join('|');
      return comparison(text) === undefined ? `${name}=${text}` : `${name}${text}`;
    })
    .join(' ') || 'everything';

/** The conditions that an event does not fulfil: what it has, and what is wanted. */
export const misfits = (event: RelayEvent, match: Given): readonly string[] =>
  partsOf(match)
    .filter(({ alone }) => !matcher(alone)(event))
    .map(({ name, patterns, value }) => `${name} is ${value(event) || 'not given'}, not ${patternsText(patterns)}`);

interface Part {
  readonly name: string;
  readonly patterns: Patterns;
  /** The condition by itself. */
  readonly alone: Conditions;
  value(event: RelayEvent): string | undefined;
}

function partsOf(match: Given = {}): readonly Part[] {
  return [
    ...fields.flatMap((field): Part[] => {
      const patterns = match[field];
      if (patterns === undefined) return [];
      return [{ name: field, patterns, alone: { [field]: patterns }, value: (event) => fieldOf(event, field) }];
    }),
    ...Object.entries(match.properties ?? {}).map(
      ([name, patterns]): Part => ({
        name: `properties.${name}`,
        patterns,
        alone: { properties: { [name]: patterns } },
        value: propertyOf(name),
      }),
    ),
  ];
}
