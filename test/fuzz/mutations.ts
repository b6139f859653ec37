import type { Random } from '../../dev/fake-azure/random.ts';
import { HOSTILE } from '../support/hostile.ts';

/** What is planted as a secret, so that a leak names the body that it came in. Long enough for every form of a token. */
export const planted = (body: number): string => `pl4nted${body.toString(36).padStart(6, '0')}Q7mK2xW9vB4tR8nL5cJ3zD`;

/** The number of the body whose secret a text shows. */
export const leaked = (text: string): number | undefined => {
  const found = /pl4nted([0-9a-z]{6})/i.exec(text)?.[1];
  return found === undefined ? undefined : Number.parseInt(found, 36);
};

const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** Values as they are written in JSON, some of which no serializer writes. */
const VALUES: readonly string[] = [
  ...['null', 'true', 'false', '[]', '{}', '""', '" "', '[null]', '[[]]', '{"":""}'],
  ...['0', '-0', '-1', '1e999', '-1e999', '1e-999', '0.1', '9007199254740993', '123456789012345678901234567890'],
  ...[
    '"NaN"',
    '"Infinity"',
    '"-1"',
    '"1,5"',
    '"1e3"',
    '"0x10"',
    '"true"',
    '"null"',
    '"undefined"',
    '"[object Object]"',
  ],
  ...['"\\ud800"', '"\\udc00x"', '"\\u0000"', '"\\u202e"', '"\\u200b"', '"\\ufeff"', '"\\uffff"', '"\\u2028"'],
  ...[
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"toString":1}',
    '{"length":-1}',
    '{"then":1}',
  ],
  ...['"__proto__"', '"constructor"', '"hasOwnProperty"', '"toString"'],
  ...['"2026-02-30T25:61:00Z"', '"0000-00-00T00:00:00Z"', '"+275760-09-13T00:00:00.001Z"', '"-000001-01-01T00:00:00Z"'],
  ...[
    '"1970-01-01T00:00:00Z"',
    '"9999-12-31T23:59:59.9999999Z"',
    '8640000000000001',
    '"Thu, 01 Jan 1970 00:00:00 GMT"',
  ],
  ...[
    '"javascript:alert(1)"',
    '"file:x"',
    '"http://169.254.169.254/"',
    '"//e.vil"',
    '"https://[::1"',
    '"https://e.vil\\\\@x"',
  ],
  ...['"/subscriptions//resourceGroups/"', '"/"', '"////"', '"../../x"', '"%00"', '"%ff"', '"a/b\\\\c#d?e"'],
  ...[nested(20), nested(70), `"${nested(70)}"`, `{"x":${nested(40)}}`],
  ...[`"${'x'.repeat(70_000)}"`, `"${'한'.repeat(20_000)}"`, `"a${'\\u0301'.repeat(2_000)}"`, `"${'<'.repeat(9_000)}"`],
  ...[`[${Array(1_200).fill('{}').join()}]`, `[${Array(3_000).fill('"x"').join()}]`, `"${'[x]('.repeat(2_000)}"`],
  ...HOSTILE.map((text) => JSON.stringify(text)),
];

/** How a sender lets a secret slip into a text. The form must be one that the relay promises to know. */
const SLIPS: readonly ((secret: string, old: string) => string)[] = [
  (secret) => `ghp_${secret}`,
  (secret, old) => `${old} password=${secret}`,
  (secret, old) => `${old}\nAuthorization: Bearer ${secret}`,
  (secret) => `https://ops:${secret}@db.example.com/x`,
  (secret) => `https://hooks.slack.com/services/T0/B0/${secret}`,
  (secret) => `https://x.example.com/a?b=1&sig=${secret}`,
  (secret) => `{"clientSecret":"${secret}"}`,
];

const KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  ' ',
  '\ud800',
  '\u0000',
  '*',
  '$ref',
  '@type',
  'x'.repeat(5_000),
];

/** JSON as text: an object keeps its members as pairs, so that keys can be there twice. */
type Node = { readonly written: string } | { readonly list: Node[] } | { readonly pairs: [key: string, value: Node][] };

function nodeOf(value: unknown): Node {
  if (Array.isArray(value)) return { list: value.map(nodeOf) };
  if (typeof value !== 'object' || value === null) return { written: JSON.stringify(value) };
  return { pairs: Object.entries(value).map(([key, each]) => [key, nodeOf(each)]) };
}

const textOf = (node: Node): string =>
  'written' in node
    ? node.written
    : 'list' in node
      ? `[${node.list.map(textOf).join()}]`
      : `{${node.pairs.map(([key, each]) => `${JSON.stringify(key)}:${textOf(each)}`).join()}}`;

/** A place in a body: the list or object that holds it, and where. */
type Place = { readonly in: Node[]; readonly at: number } | { readonly of: [string, Node][]; readonly at: number };

const placesIn = (node: Node): Place[] =>
  'list' in node
    ? node.list.flatMap((each, at): Place[] => [{ in: node.list, at }, ...placesIn(each)])
    : 'pairs' in node
      ? node.pairs.flatMap(([, each], at): Place[] => [{ of: node.pairs, at }, ...placesIn(each)])
      : [];

const at = (place: Place): Node =>
  ('in' in place ? place.in[place.at] : place.of[place.at]?.[1]) ?? { written: 'null' };

function put(place: Place, node: Node): void {
  if ('in' in place) place.in[place.at] = node;
  else place.of[place.at] = [place.of[place.at]?.[0] ?? '', node];
}

type Mutation = (place: Place, random: Random, secret: string) => void;

const MUTATIONS: readonly Mutation[] = [
  (place, random) => put(place, { written: pick(random, VALUES) }),
  (place, random) => put(place, { written: pick(random, VALUES) }),
  (place) => ('in' in place ? place.in : place.of).splice(place.at, 1),
  (place) => put(place, { list: [at(place)] }),
  (place) => put(place, { list: [at(place), at(place)] }),
  (place) => put(place, { pairs: [['value', at(place)]] }),
  (place) => put(place, { written: JSON.stringify(textOf(at(place))) }),
  (place) =>
    put(place, {
      written: textOf(at(place))
        .replace(/^"(.*)"$/, '$1')
        .replace(/^(?!-?\d+$).*$/s, '"7"'),
    }),
  (place, random) => 'of' in place && place.of.push([place.of[place.at]?.[0] ?? '', { written: pick(random, VALUES) }]),
  (place, random) => 'of' in place && place.of.push([pick(random, KEYS), at(place)]),
  (place) => {
    if ('of' in place) place.of[place.at] = [(place.of[place.at]?.[0] ?? '').toUpperCase(), at(place)];
  },
  (place) => {
    const written = textOf(at(place));
    if (written.startsWith('"')) put(place, { written: `${written.slice(0, -1)}${'y'.repeat(300)}"` });
  },
  slip,
  slip,
];

function slip(place: Place, random: Random, secret: string): void {
  const node = at(place);
  if (!('written' in node) || !node.written.startsWith('"')) return;
  const old = JSON.parse(node.written) as string;
  put(place, { written: JSON.stringify(pick(random, SLIPS)(secret, old)) });
}

/** Some bytes that are others, missing or too many. */
function damaged(bytes: Buffer, random: Random): Buffer {
  const from = Math.floor(random() * bytes.length);
  const rest = bytes.subarray(from + Math.floor(random() * 3));
  const between = Buffer.from(Array.from({ length: Math.floor(random() * 3) }, () => Math.floor(random() * 256)));
  return random() < 0.3 ? bytes.subarray(0, from) : Buffer.concat([bytes.subarray(0, from), between, rest]);
}

/** A body with one to four things in it that nobody meant. */
export function mutated(body: unknown, random: Random, secret: string): Buffer {
  const root: Node[] = [nodeOf(body)];
  for (let left = 1 + Math.floor(random() ** 2 * 4); left > 0; left -= 1) {
    const places = placesIn({ list: root });
    if (places.length > 0) pick(random, MUTATIONS)(pick(random, places), random, secret);
  }
  const bytes = Buffer.from(textOf(root[0] ?? { written: 'null' }));
  return random() < 0.05 ? damaged(bytes, random) : bytes;
}
