import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom. A room may always import itself; anything not listed is refused. A room is a folder, or a file
 * that stands by itself; "type" before a name allows its types only.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/errors': [],
  'src/event': ['zod', 'node:crypto'],
  'src/locales': ['src/event'],
  'src/delivery': ['src/event', 'src/errors', 'zod'],
  'src/routing': ['src/event', 'zod'],
  'src/sources': ['src/event', 'src/errors', 'zod', 'node:crypto', 'node:net'],
  'src/formatters': ['src/event', 'src/locales', 'type @slack/types', 'type @microsoft/teams.cards'],
  'src/ports': ['type src/delivery'],
  'src/outbound': [
    'src/errors',
    'src/event',
    'src/delivery',
    'type src/ports',
    'zod',
    'axios',
    '@slack/webhook',
    '@azure/storage-queue',
    '@azure/data-tables',
    '@azure/identity',
    '@azure/storage-blob',
    'type jose',
    'jose',
  ],
  'src/destinations': ['src/delivery', 'src/formatters', 'type src/ports'],
  'src/receiver': ['type src/destinations', 'type src/locales'],
  'src/http': ['src/errors'],
  'src/attempt': [
    'src/delivery',
    'src/destinations',
    'src/errors',
    'src/formatters',
    'src/locales',
    'type src/ports',
    'type src/receiver',
  ],
  'src/relay': [
    'src/attempt',
    'src/delivery',
    'src/destinations',
    'src/errors',
    'src/formatters',
    'src/http',
    'src/locales',
    'src/receive',
    'src/routing',
    'type src/event',
    'type src/ports',
    'type src/receiver',
    'node:crypto',
  ],
  'src/receive': ['src/errors', 'src/event', 'src/http', 'src/sources', 'type src/ports'],
  'src/receiver-url': ['src/destinations'],
  'src/config-mismatch': ['src/destinations', 'src/receiver-url', 'src/sources', 'zod'],
  'src/config-file': [
    'src/config-mismatch',
    'src/delivery',
    'src/destinations',
    'src/errors',
    'src/event',
    'src/locales',
    'src/receiver-url',
    'src/routing',
    'src/sources',
    'yaml',
    'zod',
  ],
  'src/credentials': ['src/outbound', 'type src/config-file', 'type src/receive'],
  'src/config': [
    'src/config-file',
    'type src/destinations',
    'src/errors',
    'src/receiver-url',
    'src/routing',
    'type src/locales',
    'type src/outbound',
    'type src/receiver',
    'node:fs/promises',
    'zod',
  ],
  'src/main': [
    'src/config',
    'src/credentials',
    'type src/delivery',
    'src/errors',
    'src/http',
    'src/outbound',
    'src/relay',
    'type src/ports',
  ],
  'src/local': [
    'src/main',
    'src/outbound',
    'src/errors',
    'src/config',
    'src/local/doubles',
    'functions',
    'type src/attempt',
    'type src/http',
    'type src/receiver',
    'type @azure/storage-queue',
    'esbuild',
    'zod',
    'node:*',
  ],
  // The doubles judge what the relay sends, so they share no code with what writes it.
  'src/local/doubles': ['zod', 'node:buffer'],
  'src/local/page': ['adaptivecards'],
  functions: ['src/main', 'type src/http', '@azure/functions'],
};

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const filesIn = (folder: string): readonly string[] =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`);

const textOf = (file: string): string => readFileSync(ROOT + file, 'utf8');

interface Import {
  readonly file: string;
  readonly what: string;
  readonly typeOnly: boolean;
}

const STATIC = /^[ \t]*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require)\(\s*['"`]([^'"`]+)['"`]/g;

function importsOf(file: string): readonly Import[] {
  const text = textOf(file);
  return [
    ...[...text.matchAll(STATIC)].map(([, type, what = '']) => ({ file, what, typeOnly: type !== undefined })),
    ...[...text.matchAll(DYNAMIC)].map(([, what = '']) => ({ file, what, typeOnly: false })),
  ];
}

const isRelative = ({ what }: Import): boolean => what.startsWith('.');
const targetOf = ({ file, what }: Import): string => relative(ROOT, resolve(ROOT, dirname(file), what));

const rooms = Object.keys(MAY_IMPORT).sort((one, other) => other.length - one.length);
const roomOf = (file: string): string | undefined =>
  rooms.find((room) => file === `${room}.ts` || file.startsWith(`${room}/`));

function isAllowed(one: Import): boolean {
  const room = roomOf(one.file) ?? '';
  const wanted = isRelative(one) ? roomOf(targetOf(one)) : one.what;
  if (wanted === undefined) return false;
  if (wanted === room) return true;
  const allowed = MAY_IMPORT[room] ?? [];
  return (
    allowed.includes(wanted) ||
    (one.typeOnly && allowed.includes(`type ${wanted}`)) ||
    (wanted.startsWith('node:') && allowed.includes('node:*'))
  );
}

const files = [...filesIn('src'), ...filesIn('functions')];
const imports = files.flatMap(importsOf);

describe('the rooms', () => {
  it('are found at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(150);
    expect(rooms.filter((room) => !files.some((file) => roomOf(file) === room))).toStrictEqual([]);
  });

  it('hold every file', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toStrictEqual([]);
  });

  it('import only what they may', () => {
    const refused = imports.filter((one) => !isAllowed(one));

    expect(refused.map(({ file, what, typeOnly }) => `${file} imports ${typeOnly ? 'type ' : ''}${what}`)).toEqual([]);
  });

  it('are told apart by the rule that is written here', () => {
    const from = (file: string, what: string, typeOnly = false) => isAllowed({ file, what, typeOnly });

    expect(from('src/event/event.ts', './text.ts')).toBe(true);
    expect(from('src/event/event.ts', '../errors.ts')).toBe(false);
    expect(from('src/formatters/slack.ts', '@slack/types', true)).toBe(true);
    expect(from('src/formatters/slack.ts', '@slack/types')).toBe(false);
    expect(from('src/relay.ts', './outbound/storage.ts', true)).toBe(false);
    expect(from('src/sources/custom.ts', 'node:fs')).toBe(false);
    expect(from('src/local/doubles/slack.ts', '../../formatters/slack.ts')).toBe(false);
  });
});

describe('every file', () => {
  it('imports nothing from outside the repository', () => {
    const all = [...files, ...filesIn('scripts'), ...filesIn('test')].flatMap(importsOf);
    const leaving = all.filter((one) =>
      isRelative(one) ? targetOf(one).startsWith('..') : /^[/~]|^file:/.test(one.what),
    );

    expect(all.length).toBeGreaterThan(imports.length);
    expect(leaving).toStrictEqual([]);
  });

  it('in src reads the environment in main.ts only', () => {
    expect(files.filter((file) => /\bprocess\s*(\.\s*env\b|\[\s*['"]env)/.test(textOf(file)))).toStrictEqual([
      'src/main.ts',
    ]);
  });

  it.each([
    ['functions', 40],
    ['src', 200],
  ])('in %s has at most %i lines', (folder, most) => {
    const long = filesIn(folder).filter((file) => textOf(file).trimEnd().split('\n').length > most);

    expect(long).toStrictEqual([]);
  });
});
