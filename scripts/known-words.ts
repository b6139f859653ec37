import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A table of a sender's own words in the code. */
export interface Table {
  /** As the code calls it: "STATES". */
  readonly name: string;
  readonly words: readonly string[];
  /** The page that says so: what the code names before the table, else the first of the sender's page. */
  readonly documented: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = `${ROOT}src/sources`;

const TABLE = /^(?:export )?const (?<name>[A-Z_]+)\b[^=]*= (?<form>new (?:Map|Set)\b[^(]*\(|words\(|[[({])/gm;

// What is said without a table of meanings; any other list or object is of keys.
const LISTS: readonly string[] = ['WORDS', 'NOT_YET', 'UNDER_WAY'];

// Keys of properties and types of resources.
const NO_WORDS: readonly string[] = [
  'PERSONAL',
  'ENVIRONMENT',
  'RUNBOOK',
  'WORKSPACES',
  'IDS',
  'MACHINES',
  'SEVERITIES',
  'FORMS',
];

const PAGE = /https:\/\/(?!<)[^\s),;`'"]+/g;

/** Every table of words of a sender, file by file; empty where its bodies have no words of their own. */
export function wordsOf(sender: string): readonly Table[] {
  const files = filesOf(sender).map((file) => readFileSync(file, 'utf8'));
  const page = readFileSync(`${ROOT}docs/senders/${sender}.md`, 'utf8');
  const [otherwise = ''] = [...files, page].flatMap(pagesIn);
  return files.flatMap((code) => tablesIn(code, otherwise));
}

function filesOf(sender: string): readonly string[] {
  const folder = `${SOURCES}/${sender}`;
  return readdirSync(folder)
    .sort()
    .map((file) => `${folder}/${file}`);
}

const pagesIn = (text: string): readonly string[] => text.match(PAGE)?.map((url) => url.replace(/[.:]$/, '')) ?? [];

const tablesIn = (code: string, page: string): readonly Table[] =>
  [...code.matchAll(TABLE)].flatMap(({ 0: start, index, groups: { name = '', form = '' } = {} }) => {
    if (NO_WORDS.includes(name) || (form.length === 1 && !LISTS.includes(name))) return [];
    const words = wordsIn(enclosed(code.slice(index + start.length - 1)), form);
    return words.length > 0 ? [{ name, words, documented: pagesIn(code.slice(0, index)).at(-1) ?? page }] : [];
  });

/** From an opening bracket to its closing one, and what splits it; without comments. */
function enclosed(code: string): string {
  let open = 0;
  const end = [...code].findIndex((sign) => {
    if ('([{'.includes(sign)) open += 1;
    if (')]}'.includes(sign)) open -= 1;
    return open === 0;
  });
  return code.slice(0, end + '.split('.length).replace(/(?<!:)\/\/.*$/gm, '');
}

function wordsIn(code: string, form: string): readonly string[] {
  const quoted = [...code.matchAll(/'([^']*)'/g)].map(([, said = '']) => said);
  if (form.startsWith('new Map')) return unique([...code.matchAll(/\[\s*'([^']+)',/g)].map(([, word = '']) => word));
  if (form !== 'words(') return unique(code.includes('.split') || form === '{' ? quoted.join(' ').split(/ +/) : quoted);
  const known = [...code.matchAll(/(?:^|[({,])\s*'?([\w:.-]+)'?:\s*\{\s*phase/g)].map(([, word = '']) => word);
  const noise = /noise:\s*\[([^\]]*)\]/.exec(code)?.[1] ?? '';
  return unique([...known, ...[...noise.matchAll(/'([^']+)'/g)].map(([, word = '']) => word)]);
}

const unique = (words: readonly string[]): readonly string[] => [...new Set(words.filter((word) => /\w/.test(word)))];
