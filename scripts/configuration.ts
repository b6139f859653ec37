import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { settings } from '../src/config/settings.ts';
import { relaySchemaObject } from './schema.ts';

/** As much of a JSON Schema as tables are made of. */
interface Schema {
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly examples?: readonly string[];
  readonly type?: string;
  readonly $ref?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const file = relaySchemaObject() as Schema;

/** The part of the file's schema at a path: keys of objects, `*` for what stands under any name or in a list. */
function at(path: string): Schema {
  return path.split('.').reduce<Schema>((schema, key) => {
    if (key === '') return schema;
    const found = key === '*' ? (schema.items ?? schema.additionalProperties) : resolved(schema).properties?.[key];
    if (typeof found !== 'object') throw new Error(`the schema has nothing at ${path}`);
    // Of several forms, the one that has keys.
    return resolved(found.anyOf?.find(({ properties }) => properties !== undefined) ?? found);
  }, file);
}

function resolved(schema: Schema): Schema {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  return ref === undefined ? schema : { ...file.definitions?.[ref.split('/').at(-1) ?? ''] };
}

/** The words that a value can be: of itself, or of the examples of its first form. */
function wordsOf({ enum: words, anyOf = [], items }: Schema): readonly string[] {
  return words ?? anyOf[0]?.examples ?? items?.enum ?? [];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function meaning(schema: Schema, isRequired: boolean): string {
  const { description = '' } = schema;
  const words = wordsOf(schema);
  // What the description already says is not listed again.
  const listed =
    words.length > 0 && !words.every((word) => description.includes(word))
      ? `One of ${words.map((word) => `\`${word}\``).join(' ')}.`
      : '';
  return [isRequired ? '**Needed.**' : '', description, listed].filter(Boolean).join(' ');
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

function keysAt(path: string): string {
  const { properties = {}, required = [] } = at(path);
  return table(
    ['Key', 'Meaning'],
    Object.entries(properties).map(([key, schema]) => [`\`${key}\``, meaning(schema, required.includes(key))]),
  );
}

/** Rows of the environment: those of the local run, or the others. */
function settingsTable(isLocal: boolean): string {
  const { properties = {} } = z.toJSONSchema(settings, { io: 'output', target: 'draft-7' }) as Schema;
  const LOCAL = /^Local run: /;
  const rows = Object.entries(properties)
    .filter(([name, { description = '' }]) => /^[A-Z]/.test(name) && LOCAL.test(description) === isLocal)
    .map(([name, { description = '', default: value }]) => [
      `\`${name}\``,
      description.replace(LOCAL, ''),
      value === undefined ? '–' : `\`${String(value)}\``,
    ]);
  return table(['Setting', 'Meaning', 'Default'], rows);
}

/** docs/configuration.md with everything anew that is made from the schemas; a test checks that it is as new. */
export async function configurationPage(page: string): Promise<string> {
  const sample = await readFile(new URL('../relay.sample.yaml', import.meta.url), 'utf8');
  const made = (what: string): string => {
    if (what === 'settings') return settingsTable(false);
    if (what === 'settings of the local run') return settingsTable(true);
    if (what === 'sample') return `\`\`\`yaml\n${sample.trim()}\n\`\`\``;
    return keysAt(what.replace(/^keys ?/, ''));
  };
  return page.replace(
    /(<!-- made by scripts\/configuration.ts: ([^>]+?) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, what: string, end: string) => `${begin}\n${made(what)}\n\n${end}`,
  );
}

const PAGE = new URL('../docs/configuration.md', import.meta.url);

if (import.meta.main) await writeFile(PAGE, await configurationPage(await readFile(PAGE, 'utf8')));
