import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { http, queues, timers } from '../functions/definitions.ts';
import { delivery } from '../src/delivery/delivery.ts';
import { examples } from './support/examples.ts';
import { listen } from './support/server.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-bundle-'));
  execFileSync(process.execPath, ['scripts/build.ts', folder]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Answer {
  readonly error?: string;
  readonly logs: readonly string[];
  readonly response: { readonly returnValue?: { readonly http?: RpcHttp } };
}

interface RpcHttp {
  readonly statusCode: string;
  readonly body: { readonly bytes: Uint8Array };
}

/** Loads the built folder as Azure's worker does, in a process of its own. */
async function worker(env: Record<string, string>) {
  const script = fileURLToPath(new URL('support/functions-worker.cjs', import.meta.url));
  const child = fork(script, [folder], { env, cwd: tmpdir(), serialization: 'advanced' });
  const [{ registered }] = (await once(child, 'message')) as [{ registered: string[] }];
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
const request = (path: string, body?: unknown) => ({
  http: {
    method: body === undefined ? 'GET' : 'POST',
    url: `https://relay.example.com/api/${path}`,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: { string: JSON.stringify(body) } }),
  },
});

const bodyOf = ({ response }: Answer): unknown =>
  JSON.parse(Buffer.from(response.returnValue?.http?.body.bytes ?? []).toString('utf8'));

describe('the folder that is deployed', () => {
  it('needs nothing but itself: no import of a package is left open', async () => {
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.cjs'));
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));

    const open = texts.flatMap((text) => [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name ?? ''));
    const builtIn = (name: string) => process.getBuiltinModule(name) !== undefined;

    expect(files.length).toBeGreaterThan(3);
    expect(open.filter((name) => !name.startsWith('./') && !builtIn(name))).toStrictEqual(['@azure/functions-core']);
  });

  it('registers the functions that the local run serves', async () => {
    using host = await worker({});

    expect(host.registered.toSorted()).toStrictEqual(
      [http, queues, timers].flatMap((each) => Object.keys(each)).sort(),
    );
  });

  it('takes a webhook onto the queue and delivers it from there', async () => {
    await using slack = await listen({ status: 200, body: 'ok' });
    const connection = inject('storage');
    const development = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };
    using host = await worker({ ...development, AzureWebJobsStorage: connection, SLACK_WEBHOOK_URL: slack.url });
    const event = { ...examples.custom, id: `bundle-${Date.now()}` };

    const accepted = await host.invoke('webhook', request('webhooks', event));
    const queue = new QueueClient(connection, queues.deliver.queueName);
    const [message] = (await queue.receiveMessages({ numberOfMessages: 1 })).receivedMessageItems;
    const text = Buffer.from(message?.messageText ?? '', 'base64').toString('utf8');
    const delivered = await host.invoke('deliver', { json: text }, { id: { string: 'message-1' } });

    expect(accepted.response.returnValue?.http?.statusCode).toBe('202');
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
    expect(health.response.returnValue?.http?.statusCode).toBe('200');
  });

  it('answers 503 with every problem while its settings are wrong', async () => {
    using host = await worker({ SLACK_WEBHOOK_URL: 'https://example.com/x', RELAY_LOCALE: 'xx' });

    const answer = await host.invoke('webhook', request('webhooks', examples.scale));

    expect(answer.response.returnValue?.http?.statusCode).toBe('503');
    expect(bodyOf(answer)).toMatchObject({ errors: [{ path: 'RELAY_LOCALE' }, { path: 'SLACK_WEBHOOK_URL' }] });
  });
});

const TEAMS = `https://default0.a1.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/${'0'.repeat(32)}/triggers/manual/paths/invoke?api-version=1&sig=x`;
