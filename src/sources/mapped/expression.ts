import { compile } from 'jmespath';
import { isObject } from '../../event/json.ts';
import { FUNCTIONS } from './functions.ts';
import type { Meter } from './meter.ts';

/** An expression, ready: what it finds in a value; null where that is nothing. Throws a TooCostly. */
export type Find = (value: unknown, meter: Meter) => unknown;

/** What the parser makes of an expression (https://jmespath.org/specification.html). */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly children?: readonly Node[];
}

const MOST_LETTERS = 1_000;
const DEEPEST = 40;

/**
 * An expression of JMESPath. The grammar is the library's; evaluated is it here, so that every step counts and nothing but a body's own
 * fields can be read. Throws an Error that says what is wrong with it.
 */
export function expression(text: string): Find {
  if (text.length > MOST_LETTERS) throw new Error(`expected at most ${MOST_LETTERS} letters`);
  return counted(parsed(text), 0);
}

function parsed(text: string): Node {
  try {
    const node = compile(text) as Node;
    if (isWhole(node)) return node;
  } catch {
    // What the parser says quotes the expression, and is not always of its own making.
  }
  throw new Error('expected an expression of JMESPath, such as alert.title; a constant stands in quotes: "\'prod\'"');
}

/** The parser makes holes of some mistakes. */
const isWhole = (node: Node | undefined): boolean =>
  node !== undefined &&
  (node.children ?? []).every(isWhole) &&
  (node.type !== 'KeyValuePair' || isWhole(node.value as Node | undefined));

function counted(node: Node, depth: number): Find {
  if (depth > DEEPEST) throw new Error(`expected at most ${DEEPEST} levels`);
  const find = MADE[node.type]?.(node, (each) => counted(each, depth + 1));
  if (find === undefined) throw new Error(`${node.type} is not taken here`);
  return (value, meter) => {
    meter.spend(1);
    return find(value, meter) ?? null;
  };
}

type Inner = (node: Node) => Find;
type Make = (node: Node, inner: Inner) => Find;

const NONE: Node = { type: 'Identity' };

const both = ({ children: [left = NONE, right = NONE] = [] }: Node, inner: Inner) =>
  [inner(left), inner(right)] as const;

const chained: Make = (node, inner) => {
  const [left, right] = both(node, inner);
  return (value, meter) => right(left(value, meter), meter);
};

/** What is found in each member, without what is nothing. */
function each(members: unknown, find: Find, meter: Meter): unknown {
  if (!Array.isArray(members)) return null;
  return members.map((member) => find(member, meter)).filter((found) => found !== null);
}

const isFalse = (value: unknown): boolean =>
  value === null ||
  value === false ||
  value === '' ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

function compared(name: string | undefined, left: unknown, right: unknown): unknown {
  if (name === 'EQ') return JSON.stringify(left) === JSON.stringify(right);
  if (name === 'NE') return JSON.stringify(left) !== JSON.stringify(right);
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  if (name === 'GT') return left > right;
  if (name === 'GTE') return left >= right;
  return name === 'LT' ? left < right : left <= right;
}

const self: Make = () => (value) => value;

const MADE: Readonly<Record<string, Make>> = {
  Identity: self,
  Current: self,
  Literal:
    ({ value: literal }) =>
    () =>
      literal,
  Field:
    ({ name = '' }) =>
    (value) =>
      isObject(value) && Object.hasOwn(value, name) ? value[name] : null,
  Subexpression: chained,
  IndexExpression: chained,
  Pipe: chained,
  Index:
    ({ value: at }) =>
    (value) =>
      Array.isArray(value) ? value.at(Number(at)) : null,
  Projection(node, inner) {
    const [left, right] = both(node, inner);
    return (value, meter) => each(left(value, meter), right, meter);
  },
  ValueProjection(node, inner) {
    const [left, right] = both(node, inner);
    return (value, meter) => {
      const found = left(value, meter);
      return isObject(found) ? each(Object.values(found), right, meter) : null;
    };
  },
  FilterProjection(node, inner) {
    const [left, right] = both(node, inner);
    const holds = inner(node.children?.[2] ?? NONE);
    return (value, meter) => {
      const found = left(value, meter);
      const kept = Array.isArray(found) ? found.filter((member) => !isFalse(holds(member, meter))) : null;
      return each(kept, right, meter);
    };
  },
  Comparator(node, inner) {
    const [left, right] = both(node, inner);
    return (value, meter) => compared(node.name, meter.weighed(left(value, meter)), meter.weighed(right(value, meter)));
  },
  Flatten({ children: [child = NONE] = [] }, inner) {
    const find = inner(child);
    return (value, meter) => {
      const found = find(value, meter);
      return Array.isArray(found) ? meter.weighed(found).flat() : null;
    };
  },
  MultiSelectList({ children = [] }, inner) {
    const finds = children.map(inner);
    return (value, meter) => (value === null ? null : finds.map((find) => find(value, meter)));
  },
  MultiSelectHash({ children = [] }, inner) {
    const finds = children.map(({ name = '', value }) => [name, inner(value as Node)] as const);
    return (value, meter) =>
      value === null ? null : Object.fromEntries(finds.map(([name, find]) => [name, find(value, meter)]));
  },
  OrExpression(node, inner) {
    const [left, right] = both(node, inner);
    return (value, meter) => {
      const found = left(value, meter);
      return isFalse(found) ? right(value, meter) : found;
    };
  },
  AndExpression(node, inner) {
    const [left, right] = both(node, inner);
    return (value, meter) => {
      const found = left(value, meter);
      return isFalse(found) ? found : right(value, meter);
    };
  },
  NotExpression({ children: [child = NONE] = [] }, inner) {
    const find = inner(child);
    return (value, meter) => isFalse(find(value, meter));
  },
  Function({ name = '', children = [] }, inner) {
    const call = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (call === undefined) throw new Error(`expected one of the functions ${Object.keys(FUNCTIONS).join(', ')}`);
    const finds = children.map(inner);
    return (value, meter) => call(...finds.map((find) => meter.weighed(find(value, meter))));
  },
};

/** Whether an expression has found what counts as true. */
export const isTrue = (found: unknown): boolean => !isFalse(found);
