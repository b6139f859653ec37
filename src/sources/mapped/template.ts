import { isObject } from '../../event/json.ts';
import { expression, type Find } from './expression.ts';
import type { Meter } from './meter.ts';

/** The kinds of events that a mapping can make. */
export const OWN_KINDS: readonly string[] = ['custom', 'scale', 'deployment', 'artifact', 'alert'];

/** What is wrong at a place of a mapping. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a template makes of a body; undefined where that is nothing. Throws a TooCostly. */
export type Fill = (body: unknown, meter: Meter) => unknown;

/**
 * A template, ready: its texts are expressions, `{ of, words, else }` translates a word, what else is an object or a list is filled member by
 * member. `faults` gets what is wrong with it.
 */
export function template(given: unknown, path: Fault['path'], faults: Fault[]): Fill {
  // Words of ours that stand for themselves, so that nobody has to quote them.
  if (typeof given === 'string' && path.at(-1) === 'kind' && OWN_KINDS.includes(given)) return () => given;
  if (typeof given === 'string') return found(given, path, faults);
  if (Array.isArray(given)) {
    const fills = given.map((each, at) => template(each, [...path, at], faults));
    return (body, meter) => fills.map((fill) => fill(body, meter)).filter((each) => each !== undefined);
  }
  if (!isObject(given)) return () => given;
  if (isObject(given['words'])) return worded(given, given['words'], path, faults);
  const fills = Object.entries(given).map(([key, each]) => [key, template(each, [...path, key], faults)] as const);
  return (body, meter) => {
    const all = fills.flatMap(([key, fill]) => {
      const value = fill(body, meter);
      return value === undefined ? [] : [[key, value] as const];
    });
    return all.length === 0 ? undefined : Object.fromEntries(all);
  };
}

/** An expression, ready; where it is none, `faults` gets why. */
export function find(text: unknown, path: Fault['path'], faults: Fault[]): Find {
  try {
    return expression(typeof text === 'string' ? text : '');
  } catch (error) {
    faults.push({ path, message: error instanceof Error ? error.message : 'it cannot be read' });
    return () => null;
  }
}

function found(text: string, path: Fault['path'], faults: Fault[]): Fill {
  const look = find(text, path, faults);
  // `a == 'x' && b` is false where it does not hold: that is nothing to tell.
  return (body, meter) => {
    const value = look(body, meter);
    return value === null || value === false ? undefined : value;
  };
}

/** A word of the sender's as one of ours, whatever its case; `else` where it is none of them, and without that as it came. */
function worded(
  { of, else: otherwise, ...rest }: Readonly<Record<string, unknown>>,
  words: Readonly<Record<string, unknown>>,
  path: Fault['path'],
  faults: Fault[],
): Fill {
  const look = find(of, [...path, 'of'], faults);
  for (const key of Object.keys(rest)) {
    if (key !== 'words') faults.push({ path: [...path, key], message: 'expected of, words and else' });
  }
  const known = new Map(Object.entries(words).map(([word, ours]) => [word.toLowerCase(), ours]));
  return (body, meter) => {
    const word = look(body, meter);
    if (word === null) return otherwise;
    return known.get(String(word).toLowerCase()) ?? otherwise ?? word;
  };
}
