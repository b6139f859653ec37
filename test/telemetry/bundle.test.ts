import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { eventually } from '../integration/eventually.ts';
import { Stack } from '../support/stack.ts';
import { collector } from './collector.ts';

const WORKER = fileURLToPath(new URL('../support/functions-worker.cjs', import.meta.url));

it('the folder that is deployed tells a collector of what it does', async () => {
  await using stack = new Stack();
  const folder = await mkdtemp(join(tmpdir(), 'relay-bundle-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  execFileSync(process.execPath, ['scripts/build.ts', folder], { stdio: 'ignore' });
  const to = stack.use(await collector());
  const env = {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    AzureWebJobsStorage: inject('storage'),
    SLACK_WEBHOOK_URL: 'http://127.0.0.1:9/',
    OTEL_EXPORTER_OTLP_ENDPOINT: to.url,
  };
  const child = fork(WORKER, [folder], { env, cwd: tmpdir(), serialization: 'advanced' });
  stack.defer(() => void child.kill());
  await once(child, 'message');

  const http = { method: 'GET', url: 'https://relay.example.com/api/webhooks', headers: {} };
  child.send({ name: 'webhook', data: { http }, triggerMetadata: {} });

  await eventually(() => expect(to.spans()).toMatchObject([{ name: 'accept' }]));
  await eventually(() => expect(to.points()).toMatchObject([{ name: 'relay.refused', value: 1 }]));
  expect(to.points()[0]?.attributes).toStrictEqual({ 'relay.reason': 'method' });
});
