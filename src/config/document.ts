import type { Alias, Document as Parsed } from 'yaml';
import type { Problem } from '../errors.ts';
import type { Complaint } from './complaint.ts';

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
  const { isMap, isScalar, LineCounter, parseDocument, visit } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const problems = [...document.errors, ...document.warnings].map(({ code, pos, message }) => ({
    path: at(pos[0]),
    message: MEANT[code] ?? (message.split('\n')[0] ?? message) + quoted(text.charAt(pos[0])),
  }));
  visit(document, {
    Alias: (_, node) => {
      if (node.resolve(document) === undefined) {
        problems.push({ path: at(offsetOf(node) ?? 0), message: QUOTED('*') });
      }
    },
  });

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
    ...(problems.length > 0 ? { value: undefined, problems } : plain(document, name)),
    located: (complaints) =>
      complaints
        .map((complaint) => ({ ...complaint, offset: place(complaint) }))
        .sort((a, b) => a.offset - b.offset)
        .map(({ offset, path, message }) => ({
          path: [at(offset), path.map(String).join('.')].filter(Boolean).join('  '),
          message,
        })),
  };
}

/** The parser refuses a file that would grow without bounds: one alias inside another, many times over. */
function plain(document: Parsed, name: string): Pick<Document, 'value' | 'problems'> {
  try {
    return { value: document.toJS(), problems: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'it cannot be read';
    return { value: undefined, problems: [{ path: `${name}:1:1`, message }] };
  }
}

function offsetOf(node: unknown): number | undefined {
  const range = typeof node === 'object' && node !== null && 'range' in node ? (node as Alias).range : undefined;
  return range?.[0];
}

const QUOTED = (sign: string): string => `text that begins with ${sign} must be in quotes`;

// Words with a meaning of their own in YAML, and how conditions came by them.
const MEANT: Readonly<Record<string, string>> = { TAG_RESOLVE_FAILED: QUOTED('!') };

const quoted = (sign: string): string => (/[>%@`|&]/.test(sign) ? `; ${QUOTED(sign)}` : '');
