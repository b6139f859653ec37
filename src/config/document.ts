import type { Alias, Document as Parsed } from 'yaml';
import { type Complaint, shown } from '../problems/complaint.ts';
import type { Problem } from '../problems/errors.ts';
import { mustBeQuoted, unquoted, yamlProblems } from './yaml-problems.ts';

/** A file as it was written: what it holds, and where. */
export interface Document {
  /** Undefined where it cannot be read. */
  readonly value: unknown;
  /** What keeps it from being read. */
  readonly problems: readonly Problem[];
  /** Complaints with the line and column of what they are about, in the order of the file. */
  located(complaints: readonly Complaint[]): readonly Problem[];
}

/** Reads YAML, and so JSON. Problems are at `name:line:column`. */
export async function readDocument(text: string, name: string): Promise<Document> {
  // Most relays have no file: the parser is loaded when there is one.
  const yaml = await import('yaml');
  const { isMap, isScalar, LineCounter, parseDocument, visit } = yaml;
  const lines = new LineCounter();
  // The parser compares each key with all before it, which takes the square of their number.
  // A list or a map for a key is made into text, and the process warned with that text, secrets included.
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, stringKeys: true };
  const document = parseDocument(text, options);
  document.errors = [...document.errors, ...repeatedKeys(document, yaml)].sort((a, b) => a.pos[0] - b.pos[0]);
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const problems = yamlProblems(document, text, lines, MOST_PROBLEMS).map(({ offset, message }) => ({
    path: at(offset),
    message,
  }));
  for (const alias of looseAliases(document, visit)) {
    problems.push({ path: at(offsetOf(alias) ?? 0), message: mustBeQuoted('*') });
  }

  /** Where the nearest thing is that is there: a missing key has no place of its own. */
  const place = ({ path, onKey = false }: Complaint): number => {
    const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const pair =
      onKey && isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && `${key.value}` === path.at(-1))
        : undefined;
    for (let length = path.length; length > 0; length -= 1) {
      const offset = offsetOf(length === path.length && pair ? pair.key : document.getIn(path.slice(0, length), true));
      if (offset !== undefined) return offset;
    }
    return 0;
  };

  return {
    ...(problems.length > 0 ? { value: undefined, problems: fewer(problems) } : plain(document, name)),
    located: (complaints) => {
      return fewer(complaints)
        .map((complaint) => ({ ...complaint, offset: place(complaint) }))
        .sort((a, b) => a.offset - b.offset)
        .map(({ offset, path, message, more }) => ({
          path: [at(offset), path.map(shown).join('.')].filter(Boolean).join('  '),
          message,
          ...(more !== undefined && { more }),
        }));
    },
  };
}

/** What the parser says of keys that their mapping has already. */
function repeatedKeys(document: Parsed, { visit, YAMLParseError }: typeof import('yaml')) {
  const repeated: import('yaml').YAMLParseError[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const known = new Set<unknown>();
      for (const { key } of items as readonly {
        readonly key: { value?: unknown; range?: [number, number] } | null;
      }[]) {
        if (key === null || !('value' in key)) continue;
        if (known.has(key.value) && key.range) {
          const [begin] = key.range;
          repeated.push(new YAMLParseError([begin, begin + 1], 'DUPLICATE_KEY', 'Map keys must be unique'));
        }
        known.add(key.value);
      }
    },
  });
  return repeated;
}

/** Aliases of nothing, in the order of the file, in which an anchor comes first. To look each up takes the square of their number. */
function looseAliases(document: Parsed, visit: typeof import('yaml').visit): readonly Alias[] {
  const anchors = new Set<string>();
  const loose: Alias[] = [];
  visit(document, {
    Value: (_, { anchor }) => {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias: (_, alias) => {
      if (!anchors.has(alias.source)) loose.push(alias);
    },
  });
  return loose;
}

/** The parser refuses a file that would grow without bounds: one alias inside another, many times over. */
function plain(document: Parsed, name: string): Pick<Document, 'value' | 'problems'> {
  try {
    return { value: document.toJS(), problems: [] };
  } catch (error) {
    const message = error instanceof Error ? unquoted(error.message) : 'it cannot be read';
    return { value: undefined, problems: [{ path: `${name}:1:1`, message }] };
  }
}

function offsetOf(node: unknown): number | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? (node as Alias).range : undefined;
  return range?.[0];
}

/** Nobody mends more than so many at once, and whoever asks an unmended relay is told all of them. */
const MOST_PROBLEMS = 100;
/** So many of one sentence show where it stands. */
const MOST_ALIKE = 10;

type One = { readonly message: string };

/** The first of each sentence; the last one of it, and the last of all, say how many more there are. */
function fewer<T extends One>(all: readonly T[]): readonly (T & { readonly more?: number })[] {
  const counts = new Map<string, number>();
  const alike = all.filter(({ message }) => {
    const count = (counts.get(message) ?? 0) + 1;
    counts.set(message, count);
    return count <= MOST_ALIKE;
  });
  const kept = alike.slice(0, MOST_PROBLEMS);
  const last = new Map(kept.map((each) => [each.message, each]));
  const listed = kept.map((each) => {
    const more = last.get(each.message) === each ? (counts.get(each.message) ?? 0) - MOST_ALIKE : 0;
    return more > 0 ? withMore(each, more, 'like it') : each;
  });
  const besides = alike.length - kept.length;
  return besides > 0
    ? [...listed.slice(0, -1), ...listed.slice(-1).map((each) => withMore(each, besides, 'problems'))]
    : listed;
}

const withMore = <T extends One>(one: T & { readonly more?: number }, more: number, what: string) => ({
  ...one,
  message: `${one.message}; and ${more.toLocaleString('en')} more ${what}`,
  more: (one.more ?? 0) + more,
});
