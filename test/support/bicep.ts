/** Bicep read as text: enough of it for the rules in test/infra.test.ts. Its compiler is no npm package. */

export interface Statement {
  readonly keyword: string;
  readonly name: string;
  /** Without decorators and comments. */
  readonly text: string;
  readonly decorators: readonly string[];
}

/** The end of the string that begins at `start`, quotes included; interpolations may hold strings of their own. */
function endOfString(text: string, start: number): number {
  if (text.startsWith("'''", start)) return text.indexOf("'''", start + 3) + 3;
  let at = start + 1;
  while (at < text.length && text[at] !== "'") {
    if (text[at] === '\\') at += 2;
    else if (text.startsWith('${', at)) at = endOfBlock(text, at + 1);
    else at += 1;
  }
  return at + 1;
}

/** The end of the block whose bracket is at `start`. */
function endOfBlock(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const sign = text[at] ?? '';
    if (sign === "'") at = endOfString(text, at);
    else {
      if ('{[('.includes(sign)) depth += 1;
      if ('}])'.includes(sign)) depth -= 1;
      at += 1;
      if (depth === 0) return at;
    }
  }
  throw new Error(`a bracket is not closed: ${text.slice(start, start + 60)}`);
}

function withoutComments(text: string): string {
  let code = '';
  let at = 0;
  while (at < text.length) {
    if (text[at] === "'") {
      const end = endOfString(text, at);
      code += text.slice(at, end);
      at = end;
    } else if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else {
      code += text[at];
      at += 1;
    }
  }
  return code;
}

/** The statements at the top level of a file. */
export function statements(text: string): readonly Statement[] {
  // A line that begins with ? or : goes on with a condition.
  const code = withoutComments(text).replace(/\n\s*([?:] )/g, ' $1');
  const found: Statement[] = [];
  let decorators: string[] = [];
  let at = 0;
  while (at < code.length) {
    if (/\s/.test(code[at] ?? '')) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < code.length && code[at] !== '\n') {
      if (code[at] === "'") at = endOfString(code, at);
      else at = '{[('.includes(code[at] ?? '') ? endOfBlock(code, at) : at + 1;
    }
    const statement = code.slice(start, at);
    if (statement.startsWith('@')) {
      decorators.push(statement);
      continue;
    }
    const [, keyword = '', name = ''] = /^(\w+) ?(\w*)/.exec(statement) ?? [];
    found.push({ keyword, name, text: statement, decorators });
    decorators = [];
  }
  return found;
}

export const of = (keyword: string, file: readonly Statement[]) => file.filter((each) => each.keyword === keyword);
export const codeOf = (file: readonly Statement[]): string => file.map(({ text }) => text).join('\n');
export const isSecure = ({ decorators }: Statement): boolean => decorators.includes('@secure()');
export const hasDefault = ({ text }: Statement): boolean => text.includes('=');
export const typeOf = ({ text }: Statement) => {
  const [, type = '', version = ''] = /'([\w./]+)@([\w-]+)'/.exec(text) ?? [];
  return { type, version, exists: / existing = /.test(text) };
};

/** The keys of an object literal, which begins at the first brace. */
export function keysOf(text: string): readonly string[] {
  const object = text.slice(text.indexOf('{'), endOfBlock(text, text.indexOf('{'))).slice(1, -1);
  const keys: string[] = [];
  let at = 0;
  while (at < object.length) {
    const [whole, key] = /^\s*,?\s*'?([\w-]+)'?\s*:/.exec(object.slice(at)) ?? [];
    if (whole === undefined || key === undefined) {
      at += 1;
      continue;
    }
    keys.push(key);
    at += whole.length;
    while (at < object.length && object[at] !== '\n' && object[at] !== ',') {
      if (object[at] === "'") at = endOfString(object, at);
      else at = '{[('.includes(object[at] ?? '') ? endOfBlock(object, at) : at + 1;
    }
  }
  return keys;
}

/** What a statement refers to: without the texts of its strings and the names of its properties. */
export function bare({ text }: Statement): string {
  let code = '';
  let at = 0;
  while (at < text.length) {
    if (text[at] === "'") {
      const end = endOfString(text, at);
      code += ` ${interpolations(text.slice(at, end))} `;
      at = end;
    } else {
      code += text[at];
      at += 1;
    }
  }
  return code.replace(/([{,\n]\s*)\w+:/g, '$1');
}

/** What stands between `${` and `}` in a string. */
function interpolations(text: string): string {
  const start = text.indexOf('${');
  if (start < 0 || text.startsWith("'''")) return '';
  const end = endOfBlock(text, start + 1);
  const inner = { keyword: '', name: '', text: text.slice(start + 2, end - 1), decorators: [] };
  return `${bare(inner)} ${interpolations(text.slice(end))}`;
}
