import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseConfigFile } from '../../src/config/file.ts';
import { formatWebhook } from '../../src/destinations/webhook/payload.ts';
import { event } from '../../src/event/event.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { voiceIn } from '../support/payloads.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { listen } from '../support/server.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/webhooks.md', import.meta.url)), 'utf8');
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^\`]*(?:\`[^\`]+\`[^\`]*)*?)\`\`\``).exec(page)?.[1] ?? '';

/** The request that the page shows. */
const headers = Object.fromEntries(
  [...block('http').matchAll(/^([\w-]+): (.*)$/gm)].map(([, name = '', value = '']) => [name.toLowerCase(), value]),
);
const body = JSON.stringify(JSON.parse(block('json')));
const [secret = ''] = /whsec_[\w+/]+=*/.exec(page) ?? [];
const sentAt = Number(headers['webhook-timestamp']) * 1_000;

let folder: string;
let isFromRelay: (body: string, headers: object, secret: string) => boolean;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relay-docs-'));
  const file = join(folder, 'verify.mjs');
  writeFileSync(file, block('js'));
  ({ isFromRelay } = await import(/* @vite-ignore */ pathToFileURL(file).href));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => void vi.useRealTimers());

describe('the page about webhooks', () => {
  it('shows how to subscribe', async () => {
    const env = { AUDIT_URL: 'https://audit.example.com/events', AUDIT_SECRET: secret };

    expect((await parseConfigFile(block('yaml'), env)).receivers['audit']).toMatchObject({ type: 'webhook', secret });
  });

  it('shows a request as it is made', () => {
    const shown = JSON.parse(body);

    expect(shown).toStrictEqual(formatWebhook(event.parse(shown.data), voiceIn()));
    expect(headers).toMatchObject({ 'webhook-id': shown.id, 'user-agent': 'autoscale-relay' });
  });
});

describe('the function that the page gives to subscribers', () => {
  it('trusts the request that the page shows, for five minutes', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: sentAt + 299_000 });
    expect(isFromRelay(body, headers, secret)).toBe(true);

    vi.setSystemTime(sentAt + 301_000);
    expect(isFromRelay(body, headers, secret)).toBe(false);
  });

  it('trusts what the relay sends, by either secret, and nothing else', async () => {
    const other = `whsec_${Buffer.from('another secret, of 24 bytes').toString('base64')}`;
    await using server = await listen({ status: 204 });
    const { relay } = relayWith([{ ...receiverAt('webhook', server.url), secrets: [secret, other] }]);

    expect(await relay.deliver(deliveryTo(['webhook']))).toMatchObject([{ outcome: 'sent' }]);

    const [request] = server.received;
    if (request === undefined) throw new Error('nothing came');
    expect(isFromRelay(request.body, request.headers, secret)).toBe(true);
    expect(isFromRelay(request.body, request.headers, other)).toBe(true);
    expect(isFromRelay(`${request.body} `, request.headers, secret)).toBe(false);
    expect(isFromRelay(request.body, { ...request.headers, 'webhook-id': 'x' }, secret)).toBe(false);
    expect(isFromRelay(request.body, request.headers, `${secret.slice(0, -4)}AAA=`)).toBe(false);
    expect(isFromRelay(request.body, {}, secret)).toBe(false);
  });
});

const hasOpenssl = () => {
  try {
    return execFileSync('sh', ['-c', 'openssl version && printf eA== | base64 -d'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
};

describe('the command that the page gives to people', () => {
  // A machine needs Node and npm only.
  it.skipIf(!hasOpenssl())('prints the signature that the page shows', () => {
    writeFileSync(join(folder, 'body.json'), body);
    const [, command = ''] = /```sh\n(key=[^`]*)```/.exec(page) ?? [];
    const env = {
      PATH: process.env['PATH'],
      secret,
      id: headers['webhook-id'],
      timestamp: headers['webhook-timestamp'],
    };

    const printed = execFileSync('sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });

    expect(`v1,${printed.trim()}`).toBe(headers['webhook-signature']);
  });
});
