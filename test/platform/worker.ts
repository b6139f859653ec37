import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStorage } from '../../dev/host/embedded-storage.ts';
import { http, queues, timers } from '../../functions/definitions.ts';
import { built } from '../silence/bundle.ts';
import { Stack } from '../support/stack.ts';
import { Missing, type Part } from './part.ts';
import { BODIES, send } from './worker/bodies.ts';
import { frontOf } from './worker/front.ts';
import { NodeWorker } from './worker/node-worker.ts';

const WHERE =
  'AZURE_FUNCTIONS_WORKER names no folder of github.com/Azure/azure-functions-nodejs-worker, built as its README says';

/** In no registry: it is looked for where AZURE_FUNCTIONS_WORKER says. Without it test/bundle.test.ts holds the library's own end. */
export const workerPart: Part = {
  name: 'Node.js worker',
  version: '3.x',
  from: 'by hand',
  checks: 'the deployed folder registers; bodies through HTTP streams',
  run: async () => {
    const folder = process.env['AZURE_FUNCTIONS_WORKER'];
    const manifest = await readFile(join(folder ?? '', 'package.json'), 'utf8').catch(() => '');
    if (folder === undefined || manifest === '') throw new Missing(WHERE);
    const { version } = JSON.parse(manifest) as { version: string };
    const stack = new Stack();
    try {
      return `${await checkWorker(stack, folder)}, worker ${version}`;
    } finally {
      await stack.disposeAsync();
    }
  },
};

async function checkWorker(stack: Stack, folder: string): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'relay-worker-'));
  stack.defer(() => rm(data, { recursive: true, force: true, maxRetries: 5 }));
  const storage = await openEmbeddedStorage(data, 'http://127.0.0.1:1');
  stack.defer(() => storage.stop());
  const env = { AzureWebJobsStorage: storage.connectionString, SLACK_WEBHOOK_URL: 'http://127.0.0.1:1/hook' };
  const worker = await NodeWorker.start(stack, folder, await built(stack), env);
  const registered = worker.functions.map(({ name }) => name).toSorted();
  const defined = Object.keys({ ...http, ...queues, ...timers }).toSorted();
  if (registered.join() !== defined.join()) throw new Error(`registered are ${registered}\ndefined are ${defined}`);
  const front = await frontOf(stack, worker);
  const problems: string[] = [];
  for (const body of BODIES) {
    const status = await send(`${front}/webhooks/custom`, body);
    if (status !== body.status)
      problems.push(`${body.title}: ${status ?? 'no answer'}, and not ${body.status ?? 'none'}`);
    if (!worker.isAlive) throw new Error(`${body.title}: the worker has ended\n${worker.logs.slice(-20).join('\n')}`);
  }
  const health = await fetch(`${front}/health`);
  if (health.status !== 200) problems.push(`health afterwards: ${health.status}`);
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${worker.logs.slice(-20).join('\n')}`);
  return `${registered.length} functions, ${BODIES.length} bodies`;
}
