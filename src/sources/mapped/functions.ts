import { isObject } from '../../event/json.ts';

const text = (value: unknown): string | null =>
  typeof value === 'string' ? value : value === null || value === undefined ? null : JSON.stringify(value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const numbers = (value: unknown): readonly number[] => list(value).filter((each) => typeof each === 'number');

const textual =
  (change: (given: string) => unknown) =>
  (value: unknown): unknown =>
    typeof value === 'string' ? change(value) : null;

/** The functions that a mapping may call. What does not fit gives null: a field that a body lacks is no failure. */
export const FUNCTIONS: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> = {
  contains: (inside, part) =>
    typeof inside === 'string' ? typeof part === 'string' && inside.includes(part) : list(inside).includes(part),
  ends_with: (given, end) => typeof given === 'string' && typeof end === 'string' && given.endsWith(end),
  join: (between, given) => {
    const parts = list(given).flatMap((each) => text(each) ?? []);
    return typeof between === 'string' && parts.length > 0 ? parts.join(between) : null;
  },
  keys: (given) => (isObject(given) ? Object.keys(given) : null),
  length: (given) =>
    typeof given === 'string' || Array.isArray(given)
      ? given.length
      : isObject(given)
        ? Object.keys(given).length
        : null,
  lower: textual((given) => given.toLowerCase()),
  max: (given) =>
    numbers(given).reduce<number | null>((best, each) => (best === null || each > best ? each : best), null),
  min: (given) =>
    numbers(given).reduce<number | null>((best, each) => (best === null || each < best ? each : best), null),
  not_null: (...given) => given.find((each) => each !== null),
  reverse: (given) => (Array.isArray(given) ? given.toReversed() : null),
  split: (given, at) => (typeof given === 'string' && typeof at === 'string' && at !== '' ? given.split(at) : null),
  starts_with: (given, start) => typeof given === 'string' && typeof start === 'string' && given.startsWith(start),
  sum: (given) => numbers(given).reduce((sum, each) => sum + each, 0),
  to_number: (given) => {
    const number =
      typeof given === 'number' || (typeof given === 'string' && given.trim() !== '') ? Number(given) : NaN;
    return Number.isFinite(number) ? number : null;
  },
  to_string: text,
  upper: textual((given) => given.toUpperCase()),
  values: (given) => (isObject(given) ? Object.values(given) : null),
};
