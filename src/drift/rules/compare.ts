import { asList, asObject, isObject } from '../../event/json.ts';
import { text } from './json.ts';

/**
 * Where an instance does not have what its model asks for: paths of keys, never values. The model need only be a part of
 * the instance, since the platform adds to the latter; ARM ids are compared without case. A key that the model does
 * not have asks for nothing; an empty list or `false` asks for just that.
 */
export function unmet(model: unknown, instance: unknown, path = ''): readonly string[] {
  if (model === undefined || model === null || (isBlank(model) && isBlank(instance))) return [];
  if (isObject(model)) {
    const have = asObject(instance);
    return Object.entries(model).flatMap(([key, value]) => unmet(value, have[key], path ? `${path}.${key}` : key));
  }
  return (Array.isArray(model) ? sameMembers(model, asList(instance)) : sameValue(model, instance)) ? [] : [path];
}

/** Whether two lists have the same members, in any order; each of the model's may be a part of the instance's. */
export function sameMembers(model: readonly unknown[], instance: readonly unknown[]): boolean {
  if (model.length !== instance.length) return false;
  const left = [...instance];
  return model.every((wanted) => {
    const found = left.findIndex((have) => unmet(wanted, have).length === 0 && blankAlike(wanted, have));
    if (found < 0) return false;
    left.splice(found, 1);
    return true;
  });
}

// Nothing is a part of everything, and a list holds no nothing.
const blankAlike = (one: unknown, other: unknown): boolean => isBlank(one) === isBlank(other);

function sameValue(model: unknown, instance: unknown): boolean {
  if (typeof model !== 'string' || typeof instance !== 'string') return model === instance;
  const [one, other] = [model.trim(), instance.trim()];
  return one.startsWith('/') ? one.toLowerCase() === other.toLowerCase() : one === other;
}

/** What says the same as leaving it out: Azure writes `[]`, `{}`, false and "None" here and nothing there. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  if (typeof value === 'string') return value === '' || value.toLowerCase() === 'none';
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isBlank);
}

export interface Pair {
  readonly name: string;
  readonly model: unknown;
  readonly instance: unknown;
}

/** Members of two lists, joined by their names without case; one side is undefined where a name stands alone. */
export function paired(
  model: readonly unknown[],
  instance: readonly unknown[],
  nameOf: (member: unknown) => string | undefined = (member) => text(asObject(member)['name']),
): readonly Pair[] {
  const have = byName(instance, nameOf);
  const wanted = byName(model, nameOf);
  const own = [...have].filter(([key]) => !wanted.has(key));
  return [
    ...[...wanted].map(([key, [name, asked]]) => ({ name, model: asked, instance: have.get(key)?.[1] })),
    ...own.map(([, [name, shown]]) => ({ name, model: undefined, instance: shown })),
  ];
}

const byName = (members: readonly unknown[], nameOf: (member: unknown) => string | undefined) =>
  new Map(
    members.flatMap((member) => {
      const name = nameOf(member);
      return name === undefined ? [] : [[name.toLowerCase(), [name, member] as const] as const];
    }),
  );
