import * as z from 'zod';
import { isObject } from '../../event/json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A copy with known keys in the given spelling, whatever their case was; unknown keys are left out. */
export function recased(given: Fields, names: readonly string[]): Record<string, unknown> {
  const spelled = new Map(names.map((name) => [name.toLowerCase(), name]));
  const known = Object.entries(given).flatMap(([key, value]) => {
    const name = spelled.get(key.toLowerCase());
    return name === undefined ? [] : [{ key, name, value }];
  });
  // A key in the documented case wins over one in another.
  const ranked = known.sort((a, b) => Number(a.key === a.name) - Number(b.key === b.name));
  return Object.fromEntries(ranked.map(({ name, value }) => [name, value]));
}

/** Whether an object has one of some keys, given in lower case. */
export const holds = (value: unknown, ...names: readonly string[]): boolean =>
  isObject(value) && Object.keys(value).some((key) => names.includes(key.toLowerCase()));

/** Like `object`, but keys are read in any case: one and the same field is alertRuleID, alertRuleId and AlertRuleId. */
export const anyCase = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(
    (value) => (isObject(value) ? recased(value, Object.keys(shape)) : undefined),
    z.object(shape).optional(),
  );

/** The same for an object that a body of this kind cannot lack. */
export const anyCaseRequired = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => (isObject(value) ? recased(value, Object.keys(shape)) : value), z.object(shape));
