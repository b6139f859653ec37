import { asObject, isObject } from '../../event/json.ts';
import type { Json } from './azure.ts';

/** Text that says something; undefined for anything else. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

/** What a path of keys leads to in nested objects. */
export const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => asObject(inner)[key], value);

/** What dotted paths of keys lead to, as `unmet` names them. */
export const allAt = (value: unknown, paths: readonly string[]): readonly unknown[] =>
  paths.map((path) => at(value, ...path.split('.')) ?? null);

/** An object without some of its keys. */
export const without = (value: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** JSON that is the same for equal values, whatever the order of their keys. */
export const stable = (value: unknown): string => JSON.stringify(value, (_key, inner) => sorted(inner)) ?? 'null';

const sorted = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value;

/** Azure writes group names in ids now in one case and now in another. */
export function idsWithoutCase(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('/') ? value.toLowerCase() : value;
  if (Array.isArray(value)) return value.map(idsWithoutCase);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, idsWithoutCase(inner)]));
}
