import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { http, queues, timers } from '../functions/definitions.ts';
import { delivery } from '../src/delivery/rules/delivery.ts';
import { examples } from './support/examples.ts';
import { listen } from './support/server.ts';

let folder: string;

const HOST = fileURLToPath(new URL('support/functions-host.cjs', import.meta.url));

beforeAll(async () => {
  const built = await mkdtemp(join(tmpdir(), 'relay-built-'));
  execFileSync(process.execPath, ['scripts/build.ts', built]);
  // Away from where it was made, and from every node_modules.
  folder = await mkdtemp(join(tmpdir(), 'relay-bundle-'));
  // A developer's own configuration is built in, and is read.
  await rm(join(built, 'relay.yaml'), { force: true });
  await cp(built, folder, { recursive: true });
  await rm(built, { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Answer {
  readonly error?: string;
  /** What was asked for with require() until then. */
  readonly requested: readonly string[];
  readonly logs: readonly string[];
  readonly response?: { readonly returnValue?: { readonly http?: RpcHttp } };
}

/** A function as the worker gets it, with its bindings by names that the library makes up. */
interface Registered {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface RpcHttp {
  readonly statusCode: string;
  readonly body: { readonly bytes: Uint8Array };
}

/** Loads the built folder as Azure's worker does, in a process of its own. */
async function worker(env: Record<string, string>, execArgv: string[] = []) {
  const script = fileURLToPath(new URL('support/functions-worker.cjs', import.meta.url));
  const child = fork(script, [folder], { env, execArgv, cwd: tmpdir(), serialization: 'advanced' });
  const [{ registered }] = (await once(child, 'message')) as [{ registered: readonly Registered[] }];
  return {
    registered,
    async invoke(name: string, data: unknown, triggerMetadata: object = {}): Promise<Answer> {
      child.send({ name, data, triggerMetadata });
      const [answer] = (await once(child, 'message')) as [Answer];
      return answer;
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}

/** A request in the form in which the host hands it to its worker. */
const request = (path: string, body?: unknown, params: Readonly<Record<string, string>> = {}) => ({
  http: {
    method: body === undefined ? 'GET' : 'POST',
    url: `https://relay.example.com/api/${path}`,
    headers: { 'content-type': 'application/json' },
    params,
    ...(body !== undefined && { body: { string: JSON.stringify(body) } }),
  },
});

const statusOf = ({ response }: Answer) => response?.returnValue?.http?.statusCode;

const textOf = ({ response }: Answer): string =>
  Buffer.from(response?.returnValue?.http?.body.bytes ?? []).toString('utf8');

const bodyOf = (answer: Answer): unknown => JSON.parse(textOf(answer));

/** Where no storage is. */
const NOWHERE = 'http://127.0.0.1:1/nobody';
const NO_STORAGE = `DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=a2V5;BlobEndpoint=${NOWHERE};QueueEndpoint=${NOWHERE};TableEndpoint=${NOWHERE}`;
const SLACK = 'https://hooks.slack.com/services/T0/B0/x';

describe('the folder that is deployed', () => {
  it('needs nothing but itself: every file loads alone', async () => {
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.cjs'));
    const script = `
      const { requested, start } = require(${JSON.stringify(HOST)});
      for (const file of ${JSON.stringify(files)}) start(require('node:path').join(${JSON.stringify(folder)}, file));
      console.log(JSON.stringify([...requested]));`;
    const env = { PATH: process.env['PATH'] ?? '' };
    const printed = execFileSync(process.execPath, ['-e', script], { cwd: tmpdir(), env, encoding: 'utf8' });
    const requested = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as readonly string[];

    expect(files.length).toBeGreaterThan(20);
    expect(requested.filter((name) => !/^[./]/.test(name) && !isBuiltin(name))).toStrictEqual([
      '@azure/functions-core',
    ]);
  });

  it('starts no program, and makes no code while it runs', async () => {
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.cjs'));
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const all = texts.join('\n');

    expect(files.length).toBeGreaterThan(50);
    expect(all).not.toMatch(/["'](?:node:)?child_process["']|["']apache-arrow["']/);
    // That of a polyfill, for engines without `bind`.
    expect(all.match(/\bnew Function\(|(?<![.\w])Function\(["'](?!binder")|(?<![.\w])eval\(/g) ?? []).toStrictEqual([]);
  });

  it('works where no code may be made', async () => {
    const env = { SLACK_WEBHOOK_URL: SLACK, AzureWebJobsStorage: inject('storage') };
    using host = await worker(env, ['--disallow-code-generation-from-strings']);

    expect(statusOf(await host.invoke('webhook', request('webhooks', examples.scale)))).toBe('202');
  });

  it('holds what a deployment needs: settings of the host, its main file, and whose code it is', async () => {
    const text = (name: string) => readFile(join(folder, name), 'utf8');

    expect(JSON.parse(await text('package.json'))).toMatchObject({ main: 'index.cjs' });
    expect(JSON.parse(await text('host.json'))).toStrictEqual(JSON.parse(await readFile('host.json', 'utf8')));
    expect(await text('LICENSE')).toBe(await readFile('LICENSE', 'utf8'));
    const licences = await text('THIRD-PARTY.txt');
    for (const name of ['@azure/functions', '@azure/storage-queue', '@slack/webhook', 'axios', 'zod']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'));
    }
    expect(licences).not.toMatch(/^(commander|vitest|esbuild|typescript) /m);
  });

  it('registers the functions that the local run serves', async () => {
    using host = await worker({});

    expect(host.registered.map(({ name }) => name).toSorted()).toStrictEqual(
      [http, queues, timers].flatMap((each) => Object.keys(each)).sort(),
    );
    const triggerOf = ({ bindings }: Registered) =>
      Object.values(bindings).find(({ type }) => String(type).endsWith('Trigger'));
    const wanted = Object.fromEntries([
      ...Object.entries(http).map(([name, { route, authLevel }]) => [name, { type: 'httpTrigger', route, authLevel }]),
      ...Object.entries(queues).map(([name, { queueName }]) => [name, { type: 'queueTrigger', queueName }]),
      ...Object.entries(timers).map(([name, { schedule }]) => [name, { type: 'timerTrigger', schedule }]),
    ]) as Record<string, object>;
    for (const each of host.registered) expect(triggerOf(each)).toMatchObject(wanted[each.name] ?? {});
  });

  it('loads what is heavy when it is first needed', async () => {
    using host = await worker({ AzureWebJobsStorage: NO_STORAGE, SLACK_WEBHOOK_URL: SLACK });
    const loaded = ({ requested }: Answer, name: string) => requested.some((each) => each.includes(`/${name}-`));

    const health = await host.invoke('health', request('health'));
    const preview = await host.invoke('preview', request('preview', examples.scale, { source: 'custom' }));

    expect(statusOf(health)).toBe('200');
    expect(['custom', 'github', 'axios', 'drift-check'].map((name) => loaded(health, name))).toStrictEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(statusOf(preview)).toBe('200');
    expect(['custom', 'github', 'axios', 'drift-check'].map((name) => loaded(preview, name))).toStrictEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    ['webhook', request('webhooks', examples.custom)],
    ['health', request('health?deep=1')],
    ['deliveries', request('deliveries')],
    ['deadLetters', request('dead-letters')],
    ['replay', request('replay', {})],
    ['silences', request('silences')],
  ])('answers 503 while there is no storage: %s', async (name, data) => {
    using host = await worker({ AzureWebJobsStorage: NO_STORAGE, SLACK_WEBHOOK_URL: SLACK });

    const answer = await host.invoke(name, data);

    expect(statusOf(answer)).toBe('503');
    expect(bodyOf(answer)).toMatchObject({ type: 'urn:autoscale-relay:problem:storage' });
  });

  it.each([
    ['deliver', { json: '"no message"' }],
    ['clean', { json: '{}' }],
    ['watch', { json: '{}' }],
  ])('fails as foreseen while there is no storage: %s', async (name, data) => {
    using host = await worker({ AzureWebJobsStorage: NO_STORAGE, SLACK_WEBHOOK_URL: SLACK });

    expect((await host.invoke(name, data)).error).toMatch(/^StorageError: .*ECONNREFUSED$/);
  });

  it('does nothing about drift where nobody asked for it', async () => {
    using host = await worker({ AzureWebJobsStorage: NO_STORAGE, SLACK_WEBHOOK_URL: SLACK });

    const answer = await host.invoke('drift', { json: '{}' });

    expect(answer.error).toBeUndefined();
    expect(answer.logs.join()).toContain('"outcome":"off"');

    const asked = { version: 1, release: '0'.repeat(32), receivers: ['slack'] };
    const run = JSON.stringify({ ...asked, drift: { askedAt: '2026-11-20T14:05:08.000Z' } });
    const queued = await host.invoke('deliver', { json: run });

    // Nothing of it needs storage; it was said once before.
    expect(queued.error).toBeUndefined();
    expect(queued.logs.join()).not.toContain('"outcome":"nothing"');
  });

  describe('reads a body however it comes', () => {
    const custom = (title: string) => JSON.stringify({ kind: 'custom', title });
    const large = custom('x'.repeat(1024 * 1024 - custom('').length));
    const post = (body: object, headers: object = {}) => ({
      http: { ...request('preview', {}).http, headers: { 'content-type': 'application/json', ...headers }, body },
    });

    it.each([
      ['in chunks', { parts: ['{"kind":"custom",', '"title":"x"}'] }, {}, '200'],
      ['slowly', { parts: [...custom('slow')], pause: 5 }, {}, '200'],
      ['of 1 MiB, in chunks', { parts: [large.slice(0, 5), large.slice(5)] }, {}, '200'],
      ['of more than 1 MiB, in chunks', { parts: [large, ' '] }, {}, '413'],
      ['of one byte', { parts: ['{'] }, {}, '400'],
      ['of none', { string: '' }, { 'content-length': '0' }, '400'],
      ['that did not come through', { parts: [] }, { 'transfer-encoding': 'chunked' }, '411'],
    ])('%s', async (_how, body, headers, status) => {
      using host = await worker({ AzureWebJobsStorage: NO_STORAGE, SLACK_WEBHOOK_URL: SLACK });

      expect(statusOf(await host.invoke('preview', post(body, headers)))).toBe(status);
    });

    it('that is cut, which is no failure of the relay', async () => {
      using host = await worker({ AzureWebJobsStorage: NO_STORAGE, SLACK_WEBHOOK_URL: SLACK });

      const answer = await host.invoke('webhook', post({ parts: ['{"kind":'], cut: true, pause: 50 }));

      expect(answer.error).toBeUndefined();
      expect(answer.logs.join()).toContain('body-lost');
    });
  });

  it('takes a webhook onto the queue and delivers it from there', async () => {
    await using slack = await listen({ status: 200, body: 'ok' });
    const connection = inject('storage');
    const development = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };
    using host = await worker({ ...development, AzureWebJobsStorage: connection, SLACK_WEBHOOK_URL: slack.url });
    const event = { ...examples.custom, id: `bundle-${Date.now()}` };

    const accepted = await host.invoke('webhook', request('webhooks', event));
    const queue = new QueueClient(connection, queues.deliver.queueName);
    // Looked at and not taken: other tests use this queue as well.
    const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
    const texts = peekedMessageItems.map(({ messageText }) => Buffer.from(messageText, 'base64').toString('utf8'));
    const text = texts.find((each) => each.includes(event.id)) ?? '{}';
    const delivered = await host.invoke('deliver', { json: text }, { id: { string: 'message-1' } });

    expect(statusOf(accepted)).toBe('202');
    expect(delivery.parse(JSON.parse(text)).event.id).toBe(event.id);
    expect(delivered.error).toBeUndefined();
    expect(delivered.logs.join()).toContain('sent');
    expect(slack.received).toHaveLength(1);
  });

  it('previews, and tells its health', async () => {
    using host = await worker({ AzureWebJobsStorage: inject('storage'), TEAMS_WEBHOOK_URL: TEAMS });

    const preview = await host.invoke('preview', request('preview', examples.scale));
    const health = await host.invoke('health', request('health?deep=1'));

    expect(bodyOf(preview)).toMatchObject({ messages: [{ receiver: 'teams', destination: 'teams' }] });
    expect(statusOf(health)).toBe('200');
  });

  it('serves the page for the team, whose files are in it', async () => {
    using started = await worker({ AzureWebJobsStorage: NO_STORAGE, SLACK_WEBHOOK_URL: SLACK });

    const page = await started.invoke('ui', request('ui'));
    const script = await started.invoke('ui', request('ui/ui.js', undefined, { path: 'ui.js' }));
    const me = await started.invoke('ui', request('ui/data/me', undefined, { path: 'data/me' }));

    expect(statusOf(page)).toBe('200');
    expect(textOf(page)).toContain('/api/ui/ui.js');
    expect(textOf(script).length).toBeGreaterThan(20_000);
    // What a browser loads first, as it is sent to one: with the style some thousand more.
    expect(brotliCompressSync(textOf(script)).length).toBeLessThan(140_000);
    expect(bodyOf(me)).toStrictEqual({ by: '', role: 'none', via: 'none' });
  });

  it('reads a relay.yaml, whose credentials hold', async () => {
    const path = join(folder, 'relay.yaml');
    const entra = 'entra: { tenant: t, audience: a, keys: "https://127.0.0.1:1/keys" }';
    await writeFile(
      path,
      `receivers: { ops: { type: slack, url: "${SLACK}" } }\nsources: { azure-monitor: { ${entra} } }\n`,
    );
    using host = await worker({ AzureWebJobsStorage: NO_STORAGE, RELAY_CONFIG: path });

    const health = await host.invoke('health', request('health'));
    const refused = await host.invoke('webhook', request('webhooks', {}, { source: 'azure-monitor' }));

    expect(bodyOf(health)).toMatchObject({ receivers: ['ops'] });
    expect(statusOf(refused)).toBe('401');
  });

  it('answers 503 with every problem while its settings are wrong', async () => {
    using host = await worker({ SLACK_WEBHOOK_URL: 'https://example.com/x', RELAY_LOCALE: 'xx' });

    const answer = await host.invoke('webhook', request('webhooks', examples.scale));

    expect(statusOf(answer)).toBe('503');
    expect(bodyOf(answer)).toMatchObject({ errors: [{ path: 'RELAY_LOCALE' }, { path: 'SLACK_WEBHOOK_URL' }] });
  });
});

const TEAMS = `https://default0.a1.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/${'0'.repeat(32)}/triggers/manual/paths/invoke?api-version=1&sig=x`;
