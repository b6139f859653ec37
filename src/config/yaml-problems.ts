import type { LineCounter, Document as Parsed } from 'yaml';

/** What keeps a file from being read, at an offset of it. */
export interface YamlProblem {
  readonly offset: number;
  readonly message: string;
}

/** What the parser complains of, in words that say what to do: the first `most`, and the others in its own. */
export function yamlProblems(document: Parsed, text: string, lines: LineCounter, most: number): readonly YamlProblem[] {
  const { errors, warnings } = document;
  const written = text.split('\n');
  const multiline = new Set(errors.flatMap(({ code, pos }) => (code === 'MULTILINE_IMPLICIT_KEY' ? [pos[0]] : [])));
  const all: YamlProblem[] = [];
  let isTorn = false;
  for (const { code, pos, message } of [...errors, ...warnings]) {
    const [offset, end] = pos;
    const torn = tornText(text, offset, message);
    if (torn !== undefined) all.push(torn);
    isTorn ||= torn !== undefined;
    // What follows text that was torn is read as what it is not; and of a deeper line, the parser complains twice.
    if (isTorn || (code === 'BLOCK_AS_IMPLICIT_KEY' && multiline.has(offset))) continue;
    const line = fromLine(written, lines.linePos(code === 'MULTILINE_IMPLICIT_KEY' ? end : offset).line);
    const isBeside = BESIDE.test(message) || (code === 'BLOCK_AS_IMPLICIT_KEY' && text.charAt(offset) === ' ');
    const said = isBeside && all.length < most ? misplaced(written, line) : undefined;
    const own = { offset, message: MEANT[code] ?? unquoted(message) + quoted(text.charAt(offset)) };
    const problem = said === undefined ? own : { offset: offsetOf(lines, written, line), message: said };
    if (problem.message !== all.at(-1)?.message || problem.offset !== all.at(-1)?.offset) all.push(problem);
  }
  return all;
}

const BESIDE = /^(All (mapping|sequence) items|Implicit keys need to be on a single line)/;

/** That line, or the first one after it that holds something. */
function fromLine(written: readonly string[], line: number): number {
  const more = written.slice(line - 1, line + 99).findIndex((each) => !EMPTY.test(each));
  return line + Math.max(0, more);
}

const EMPTY = /^\s*(#|$)/;

const offsetOf = (lines: LineCounter, written: readonly string[], line: number): number =>
  (lines.lineStarts[line - 1] ?? 0) + begins(written, line) - 1;

// biome-ignore lint/suspicious/noTemplateCurlyInString: as a configuration file writes it
const IN_QUOTES = '`${…}` inside of { } or [ ] must be in quotes: "${NAME}"';

/** Text inside of braces that a brace or a bracket ends: that of `${NAME}` most of all. */
function tornText(text: string, offset: number, message: string): YamlProblem | undefined {
  if (text.startsWith('${', offset - 1)) {
    return { offset: offset - 1, message: IN_QUOTES };
  }
  return /^Unexpected flow-(map|seq)-start at node end/.test(message)
    ? { offset, message: 'text with a brace or a bracket in it must be in quotes here' }
    : undefined;
}

/** Of a line that stands beside nothing above it: where it may begin; undefined where that is not what is wrong. */
function misplaced(written: readonly string[], line: number): string | undefined {
  const at = begins(written, line);
  const levels = levelsAbove(written, line);
  const [last] = levels;
  if (last !== undefined && last.at < at) {
    return `this line is indented deeper than line ${last.line}: begin it at column ${last.at}, as that does`;
  }
  const fitting = [levels.find((level) => level.at < at), levels.findLast((level) => level.at > at)];
  const places = fitting.flatMap((level) => (level === undefined ? [] : [`${level.at}, as line ${level.line} does`]));
  return places.length === 0 || levels.some((level) => level.at === at)
    ? undefined
    : `this line begins where none above it does: begin it at column ${places.join(', or ')}`;
}

/** The column of the first letter. */
const begins = (written: readonly string[], line: number): number => (written[line - 1] ?? '').search(/\S|$/) + 1;

interface Level {
  readonly line: number;
  readonly at: number;
}

/**
 * The line above and those that it stands in, from the inside, each with the column that the given line could begin at: of
 * the dash for a member of a list, else of the key, which may stand after dashes.
 */
function levelsAbove(written: readonly string[], line: number): readonly Level[] {
  const isMember = MEMBER.test(written[line - 1] ?? '');
  const levels: Level[] = [];
  for (let above = line - 1; above > 0 && levels.at(-1)?.at !== 1; above -= 1) {
    const one = written[above - 1] ?? '';
    const at = (isMember ? one.search(/\S/) : one.search(/(?<!\S)(?!-(?:\s|$))\S/)) + 1;
    const isInner = at >= (levels.at(-1)?.at ?? Number.POSITIVE_INFINITY);
    if (!isInner && !EMPTY.test(one) && (!isMember || MEMBER.test(one))) levels.push({ line: above, at });
  }
  return levels;
}

const MEMBER = /^\s*-(\s|$)/;

/** What the parser says, without what it quotes of the file: a value may be a secret. */
export const unquoted = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(
    /(extra characters|YAML (?:stream|document|version|token)|directive|escape sequence|tag|plain scalar|duplicate keys):? .*$/,
    '$1',
  );

export const mustBeQuoted = (sign: string): string => `text that begins with ${sign} must be in quotes`;

// Words with a meaning of their own in YAML, and how conditions came by them.
const MEANT: Readonly<Record<string, string>> = {
  TAG_RESOLVE_FAILED: mustBeQuoted('!'),
  BLOCK_AS_IMPLICIT_KEY: 'a value with `: ` in it must be in quotes',
  NON_STRING_KEY: 'a key is one word; a list, braces or an alias in the place of one must be in quotes',
  MULTILINE_IMPLICIT_KEY: 'expected `key: value` in one line',
};

const quoted = (sign: string): string => (/[>%@`|&]/.test(sign) ? `; ${mustBeQuoted(sign)}` : '');
