import * as z from 'zod';
import { event } from '../../event/event.ts';
import { common } from '../../event/fields.ts';
import { isObject } from '../../event/json.ts';
import { didYouMean } from '../../problems/spelling.ts';
import { type Fault, OWN_KINDS } from './template.ts';

type Given = Readonly<Record<string, unknown>>;

// The source is the mapping's own name.
const BY_KIND: ReadonlyMap<string, Given> = new Map(
  event.options
    .filter(({ shape }) => OWN_KINDS.includes(shape.kind.value))
    .map(({ shape: { source: _, ...shape } }) => [shape.kind.value, shape] as const),
);

/** The fields of all of them. */
export const FIELDS: readonly string[] = [...new Set([...BY_KIND.values()].flatMap((shape) => Object.keys(shape)))];

/**
 * What of a mapping is read, and cannot be meant: fields that no event of its kind has, and words of ours that it looks for in the body. Older
 * files may hold them, so that only `lint` asks.
 */
export function doubts(map: Given): readonly Fault[] {
  const kind = kindOf(map['kind']);
  const shapes = kind === undefined ? [...BY_KIND.values()] : [BY_KIND.get(kind) ?? {}];
  const { resource } = map;
  return [
    ...(kind === undefined ? [] : strange(map, fieldsOf(kind), ['map'], `${kind} event`)),
    ...(isObject(resource) && !isObject(resource['words'])
      ? strange(resource, Object.keys(common.resource.shape), ['map', 'resource'], 'resource')
      : []),
    ...Object.entries(map).flatMap(([key, value]) => {
      const isWord = key !== 'kind' && shapes.some((shape) => wordsOf(shape[key]).includes(`${value}`));
      const message = `this is looked for in the body; the word itself stands in quotes of its own: "'${value}'"`;
      return isWord ? [{ path: ['map', key], message }] : [];
    }),
  ];
}

/** Undefined where the body says it. */
function kindOf(given: unknown = 'custom'): string | undefined {
  const word = String(given).replace(/^'(.*)'$/, '$1');
  return OWN_KINDS.includes(word) ? word : undefined;
}

/** What a scaling calls its `reason` is taken of a deployment too. */
const fieldsOf = (kind: string): readonly string[] => [
  ...Object.keys(BY_KIND.get(kind) ?? {}),
  ...(kind === 'deployment' ? ['reason'] : []),
];

function strange(given: Given, known: readonly string[], path: Fault['path'], what: string): readonly Fault[] {
  const free = known.filter((key) => !Object.hasOwn(given, key));
  // What no event has is said without `lint` too.
  return Object.keys(given)
    .filter((key) => !known.includes(key) && (path.length > 1 || FIELDS.includes(key)))
    .map((key) => {
      const hint = didYouMean(key, free) || `; it has ${known.join(', ')}`;
      return { path: [...path, key], message: `no ${what} has such a field${hint}` };
    });
}

const wordsOf = (schema: unknown): readonly string[] => {
  if (schema instanceof z.ZodOptional) return wordsOf(schema.unwrap());
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
};
