import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeFiles, filesIn, type Import, importsOf, isRelative, ROOT, targetOf, textOf } from '../scripts/imports.ts';
import { LONG, LONG_PAGES, SWEPT } from './support/suites.ts';

/**
 * Who may import whom, from the ground up: a room imports what stands above it in this list, and nothing below. A room is a
 * folder, with its walls inside: what is pure (`rules`) or judges the rest (`emulators`) has a line of its own. "type"
 * before a name allows its types only. What nobody needs is refused as well.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/event': ['node:crypto', 'zod'],
  'src/problems': ['src/event', 'node:async_hooks', 'type zod'],
  'src/locales': ['src/event'],
  'src/message': ['src/event', 'src/locales'],
  'src/sources': ['src/event', 'src/problems', 'jmespath', 'node:crypto', 'node:net', 'zod'],
  'src/routing': ['src/event', 'src/problems', 'type src/message', 'zod'],
  'src/destinations': [
    'src/event',
    'src/locales',
    'src/message',
    '@slack/web-api',
    '@slack/webhook',
    'node:crypto',
    'node:net',
    'type @microsoft/teams.cards',
    'type @slack/types',
  ],
  'src/drift/rules': ['src/event', 'src/problems', 'node:crypto', 'zod'],
  'src/drift': ['src/event', 'src/drift/rules', 'node:crypto', 'node:v8', 'zod'],
  'src/delivery/rules': ['src/event', 'type src/destinations', 'zod'],
  'src/delivery': [
    'src/event',
    'src/problems',
    'type src/message',
    'src/routing',
    'src/destinations',
    'src/delivery/rules',
    'node:timers/promises',
    'zod',
  ],
  'src/history/rules': ['src/event', 'type src/delivery/rules', 'type src/drift/rules', 'zod'],
  'src/history': [
    'src/event',
    'src/delivery/rules',
    'type src/delivery',
    'type src/drift/rules',
    'src/history/rules',
    'zod',
  ],
  'src/relay': [
    'src/event',
    'src/problems',
    'src/locales',
    'src/sources',
    'src/routing',
    'src/destinations',
    'type src/drift',
    'src/delivery/rules',
    'src/delivery',
    'src/history/rules',
    'src/history',
    'node:crypto',
    'node:zlib',
    'package.json',
    'zod',
  ],
  'src/telemetry': [
    'src/event',
    'src/problems',
    'type src/destinations',
    'type src/delivery/rules',
    'type src/delivery',
    'src/relay',
    'node:async_hooks',
    'node:crypto',
    'node:timers/promises',
    'zod',
  ],
  'src/outbound': [
    'src/event',
    'src/problems',
    'src/destinations',
    'type src/drift/rules',
    'type src/drift',
    'type src/delivery/rules',
    'type src/delivery',
    'src/relay',
    'src/telemetry',
    '@azure/data-tables',
    '@azure/identity',
    '@azure/monitor-opentelemetry-exporter',
    '@azure/storage-blob',
    '@azure/storage-queue',
    '@opentelemetry/api',
    '@opentelemetry/exporter-metrics-otlp-http',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-metrics',
    '@opentelemetry/sdk-trace',
    'axios',
    'jose',
    'node:crypto',
    'node:dns',
    'node:http',
    'node:https',
    'node:net',
    'node:stream',
    'node:tls',
    'node:zlib',
    'nodemailer/lib/mail-composer',
    'nodemailer/lib/smtp-connection',
    'type nodemailer',
    'zod',
  ],
  'src/config': [
    'src/event',
    'src/problems',
    'src/locales',
    'src/sources',
    'src/routing',
    'src/destinations',
    'src/drift/rules',
    'src/delivery/rules',
    'type src/outbound',
    'node:fs/promises',
    'yaml',
    'zod',
  ],
  'src/app': [
    'src/event',
    'src/problems',
    'src/sources',
    'src/destinations',
    'src/drift/rules',
    'src/drift',
    'src/delivery/rules',
    'type src/delivery',
    'src/relay',
    'src/telemetry',
    'src/outbound',
    'src/config',
    'node:timers/promises',
    'zod',
  ],
  functions: ['src/relay', 'src/telemetry', 'src/app', '@azure/functions'],
  'src/cli': [
    'src/event',
    'src/problems',
    'src/locales',
    'src/message',
    'src/sources',
    'src/routing',
    'src/destinations',
    'src/drift/rules',
    'src/delivery/rules',
    'src/history/rules',
    'src/history',
    'src/relay',
    'src/outbound',
    'src/config',
    'src/app',
    'commander',
    'node:fs',
    'node:fs/promises',
    'node:module',
    'node:os',
    'node:path',
    'node:readline/promises',
    'node:timers/promises',
    'node:util',
    'zod',
  ],
  'dev/emulators': ['node:buffer', 'node:crypto', 'zod'],
  'dev/fake-azure': ['node:http', 'node:stream/consumers', 'node:timers/promises', 'type node:net', 'zod'],
  dev: [
    'src/event',
    'src/problems',
    'src/locales',
    'src/sources',
    'src/routing',
    'src/destinations',
    'src/drift/rules',
    'src/drift',
    'src/delivery/rules',
    'type src/delivery',
    'type src/relay',
    'src/telemetry',
    'src/outbound',
    'src/config',
    'src/app',
    'functions',
    'src/cli',
    'dev/emulators',
    'dev/fake-azure',
    'esbuild',
    'node:child_process',
    'node:crypto',
    'node:events',
    'node:fs',
    'node:fs/promises',
    'node:http',
    'node:module',
    'node:net',
    'node:path',
    'node:timers/promises',
    'node:url',
    'node:util',
    'mailparser',
    'smtp-server',
    'type @azure/storage-queue',
    'zod',
  ],
  // Served as files, by whichever relay: of the product they know its types and what it says over HTTP.
  pages: ['type src/drift/rules', 'type dev', '@preact/signals', 'preact', 'preact/hooks', 'type adaptivecards'],
};

const rooms = Object.keys(MAY_IMPORT).sort((one, other) => other.length - one.length);

const roomOf = (file: string): string | undefined => rooms.find((room) => file.startsWith(`${room}/`));

/** What an import asks for: a room, or a package. */
const wantedBy = (one: Import): string => (isRelative(one) ? (roomOf(targetOf(one)) ?? targetOf(one)) : one.what);

function isAllowed(one: Import): boolean {
  const room = roomOf(one.file) ?? '';
  const wanted = wantedBy(one);
  const allowed = MAY_IMPORT[room] ?? [];
  return wanted === room || allowed.includes(wanted) || (one.typeOnly && allowed.includes(`type ${wanted}`));
}

const files = codeFiles();
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

  it.each(Object.entries(MAY_IMPORT))('stand above all that they import: %s', (room, allowed) => {
    const ours = allowed.map((each) => each.replace('type ', '')).filter((each) => each in MAY_IMPORT);
    const order = Object.keys(MAY_IMPORT);

    expect(ours.filter((each) => order.indexOf(each) >= order.indexOf(room))).toStrictEqual([]);
  });

  it.each(Object.entries(MAY_IMPORT))('need every permission that they have: %s', (room, allowed) => {
    const own = imports.filter(({ file }) => roomOf(file) === room);
    const used = own.map((one) => (one.typeOnly ? `type ${wantedBy(one)}` : wantedBy(one)));

    expect(allowed.filter((each) => !used.includes(each))).toStrictEqual([]);
  });

  it('are told apart by the rule that is written here', () => {
    const from = (file: string, what: string, typeOnly = false) => isAllowed({ file, what, typeOnly });

    expect(from('src/event/event.ts', './text.ts')).toBe(true);
    expect(from('src/event/event.ts', '../errors.ts')).toBe(false);
    expect(from('src/destinations/slack/message.ts', '@slack/types', true)).toBe(true);
    expect(from('src/destinations/slack/message.ts', '@slack/types')).toBe(false);
    expect(from('src/relay/relay.ts', '../outbound/storage/storage.ts', true)).toBe(false);
    expect(from('src/sources/custom/custom.ts', 'node:fs')).toBe(false);
    expect(from('dev/emulators/slack.ts', '../../src/destinations/slack/message.ts')).toBe(false);
  });
});

const outside = (path: string): boolean => relative(ROOT, path).startsWith('..');

// Where a text begins with one of these, it is a path; what is posted to a machine of Azure is none of this one.
const UPWARDS = /(?<=['"`])(?:\.\.\/)+[^'"`\n]*/g;
const OF_A_MACHINE = /(?<=['"`])(?:\/(?:home|mnt|root|srv|Users|work)\/|file:\/\/\/|[A-Za-z]:\\)[^'"`\n]*/g;
const NEIGHBOUR = /(?<=['"`/])\.\.\/shared\b[^'"`\n]*/g;

/** What once lay beside the repository, and must be named nowhere in it. */
const BESIDE = 'shared';

/** The paths in a file that lead out of the repository, whichever way they are used. */
const pathsOut = (file: string, text: string): readonly string[] =>
  [
    ...[...text.matchAll(UPWARDS)].filter(([path]) => outside(resolve(ROOT, dirname(file), path))),
    ...[...text.matchAll(OF_A_MACHINE)].filter(([path]) => !path.endsWith('/.ssh/authorized_keys')),
    ...text.matchAll(NEIGHBOUR),
  ].map(([path]) => path);

/** What of Node itself calls nobody. */
const HARMLESS =
  /^(?:type )?(?:Agent|createServer|Server|ServerResponse|IncomingMessage|isIP|BlockList|AddressInfo|LookupFunction)( as \w+)?$/;

/** Ways to call somebody that no library's limit covers. */
function ownCalls(text: string): readonly string[] {
  const code = text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '').replace(/\s\/\/ .*$/gm, '');
  const named = [...code.matchAll(/^import (?!type\b)(.*) from 'node:(?:http|https|net)'/gm)];
  return [
    ...named.filter(
      ([, names = '']) =>
        !names
          .replace(/[{}]/g, '')
          .split(',')
          .every((name) => HARMLESS.test(name.trim())),
    ),
    ...code.matchAll(/['"]node:(?:tls|http2|dgram)['"]|\bimport\(\s*(?:['"]node:(?:http|https|net)|[^'"\s]).*/g),
    ...code.matchAll(/(?<!typeof )(?<![-.\w'"`/])fetch\b(?!['":])|\bglobalThis\b/g),
  ].map(([found]) => found);
}

describe('every file', () => {
  const everywhere = [...files, ...['scripts', 'test'].flatMap((folder) => filesIn(folder))];

  it('imports nothing from outside the repository', () => {
    const all = everywhere.flatMap(importsOf);
    const leaving = all.filter((one) =>
      isRelative(one) ? targetOf(one).startsWith('..') : /^[/~]|^file:/.test(one.what),
    );

    expect(all.length).toBeGreaterThan(imports.length);
    expect(leaving).toStrictEqual([]);
  });

  it('names no path that leads out of the repository', () => {
    const others = everywhere.filter((file) => file !== 'test/architecture.test.ts');

    expect(others.flatMap((file) => pathsOut(file, textOf(file)).map((path) => `${file}: ${path}`))).toStrictEqual([]);
  });

  it.each([
    [`new URL('../../../${BESIDE}/samples/drift', import.meta.url)`, true],
    [`const SAMPLES = '../${BESIDE}/samples';`, true],
    ["readFileSync('../../../notes.txt')", true],
    ["readFileSync('/home/somebody/notes.txt')", true],
    ["new URL('../fixtures/a.json', import.meta.url)", false],
    ["path: '/home/operator/.ssh/authorized_keys'", false],
  ])('is judged by this rule: %s', (text, leads) => {
    expect(pathsOut('test/sources/a.test.ts', text).length > 0).toBe(leads);
  });

  it('in src reads the environment where a process begins only', () => {
    expect(files.filter((file) => /\bprocess\s*(\.\s*env\b|\[\s*['"]env)/.test(textOf(file))).sort()).toStrictEqual([
      'dev/package/autoscale-relay.ts',
      'src/app/main.ts',
      'src/cli/relay.ts',
    ]);
  });

  /** Where what waits for somebody outside is made. Each of these places ends what is not answered. */
  const MAKERS: Readonly<Record<string, RegExp>> = {
    'src/outbound/storage/storage.ts':
      /\b(?:new|extends) (?:Container|Queue|Table|Blob|BlockBlob)\w*Client\b|\bfromConnectionString\(|\b\w+ServiceClient\b/,
    'src/outbound/sign-in/identity.ts': /\bnew (?:ManagedIdentity|DefaultAzure|\w*)Credential\b/,
    'src/outbound/telemetry/azure.ts': /\bnew AzureMonitor\w+/,
    'src/outbound/telemetry/otlp.ts': /\bnew OTLP\w+/,
    'src/outbound/sign-in/jwt.ts': /\bcreateRemoteJWKSet\(/,
    'src/outbound/http/post.ts': /\baxios\s*\.\s*request\b/,
    'src/outbound/http/tunnel.ts': /'CONNECT'/,
    'src/outbound/smtp/mailer.ts': /await socketTo\(/,
    'src/outbound/arm/exchange.ts': /\brequest as https?\b/,
    'src/cli/client.ts': /(?<![.\w])fetch\(/,
  };
  // Pages in a browser, which close, and the look at our own process on this machine, which gives a limit.
  const elsewhere = (file: string) => file.startsWith('pages/') || file === 'dev/host/alive.ts';

  it.each(Object.entries(MAKERS))('in src leaves it to %s to make what it makes', (maker, made) => {
    expect(textOf(maker)).toMatch(made);
    expect(files.filter((file) => !elsewhere(file) && made.test(textOf(file)))).toStrictEqual([maker]);
  });

  it.each(Object.keys(MAKERS))('that waits for somebody outside has a limit: %s', (maker) => {
    expect(textOf(maker)).toMatch(/limiting\(|timeoutMillis|timeoutDuration|AbortSignal\.timeout|setTimeout\(/);
  });

  /** Libraries that call somebody, and where they are loaded at all: under whichever name, no client is made elsewhere. */
  const CALLERS: Readonly<Record<string, readonly string[]>> = {
    '@azure/storage-blob': ['src/outbound/storage/storage.ts'],
    '@azure/storage-queue': ['src/outbound/storage/storage.ts'],
    '@azure/data-tables': ['src/outbound/storage/storage.ts'],
    '@azure/identity': ['src/outbound/sign-in/identity.ts'],
    '@azure/monitor-opentelemetry-exporter': ['src/outbound/telemetry/azure.ts'],
    '@opentelemetry/exporter-metrics-otlp-http': ['src/outbound/telemetry/otlp.ts'],
    '@opentelemetry/exporter-trace-otlp-http': ['src/outbound/telemetry/otlp.ts'],
    '@slack/webhook': ['src/destinations/slack/transport.ts'],
    axios: ['src/outbound/http/post.ts'],
    jose: ['src/outbound/sign-in/jwt.ts'],
    nodemailer: ['src/outbound/smtp/mailer.ts', 'src/outbound/smtp/session.ts'],
  };

  it.each(Object.entries(CALLERS))('in src loads %s where its limit is only', (library, places) => {
    const isLoaded = ({ what, typeOnly }: Import) => (what === library || what.startsWith(`${library}/`)) && !typeOnly;

    expect([...new Set(imports.filter(isLoaded).map(({ file }) => file))].sort()).toStrictEqual(places);
  });

  it.each([
    ["import { request } from 'node:http';", true],
    ["import * as http from 'node:https';", true],
    ["import { connect } from 'node:net';", true],
    ["const { get } = await import('node:http');", true],
    ["import { connect } from 'node:tls';", true],
    ['await import(name);', true],
    ['const ask = globalThis.fetch;', true],
    ['const ask = fetch;', true],
    ['await fetch(url);', true],
    ['const ours: typeof fetch = post;', false],
    ["import { createServer } from 'node:http';", false],
    ['// They fetch it.', false],
  ])('is judged by this rule whether it calls somebody by itself: %s', (text, calls) => {
    expect(ownCalls(text).length > 0).toBe(calls);
  });

  it('in src calls nobody by means of its own', () => {
    const limited = [
      'src/cli/client.ts',
      'src/outbound/arm/exchange.ts',
      // By the signal of src/outbound/http/post.ts.
      'src/outbound/http/adapter.ts',
      'src/outbound/http/tunnel.ts',
      'src/outbound/smtp/socket.ts',
    ];
    const callers = files.filter((file) => !limited.includes(file) && !elsewhere(file));

    expect(callers.flatMap((file) => ownCalls(textOf(file)).map((call) => `${file}: ${call}`))).toStrictEqual([]);
  });

  // Node 22 is supported, and neither the local run nor the scripts are compiled: what Node 22 cannot read ends them at once.
  it('holds no `using`, which Node 22 does not know', () => {
    expect(
      [...files, ...filesIn('scripts')].filter((file) => /^\s*(await\s+)?using\s+\w+\s*=/m.test(textOf(file))),
    ).toStrictEqual([]);
  });

  it.each([
    ['functions', 40],
    ['src', 200],
    ['dev/host', 200],
    ['dev/emulators', 200],
    ['pages', 200],
  ])('in %s has at most %i lines', (folder, most) => {
    const long = filesIn(folder).filter((file) => textOf(file).trimEnd().split('\n').length > most);

    expect(long).toStrictEqual([]);
  });
});

it.each([...LONG, ...LONG_PAGES, ...SWEPT])('the list of suites names a file that there is: %s', (file) => {
  expect(existsSync(file)).toBe(true);
});
