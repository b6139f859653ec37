import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stack } from '../support/stack.ts';
import type { Part } from './part.ts';
import { boundOptions, type Host, queueHost } from './queue/host.ts';
import { unbound } from './queue/options.ts';
import { Stand } from './queue/stand.ts';
import { hostKilled, storm } from './queue/storm.ts';

const HOST_JSON = fileURLToPath(new URL('../../host.json', import.meta.url));

export const queuePart: Part = {
  name: 'Queue trigger',
  version: '5.3.10',
  from: '.NET',
  checks: 'host.json as it is bound; the deployed folder behind the trigger',
  run: async ({ isLong }) => {
    const program = await queueHost();
    const stack = new Stack();
    try {
      await checkSettings(program, stack);
      const stand = await Stand.open(stack);
      let host: Host | undefined;
      const start = async () => {
        host = stack.use(await stand.host(program, HOST_JSON));
      };
      const end = async () => host?.[Symbol.asyncDispose]();
      await start();
      const stormed = await storm(stand).catch((error: Error) => {
        throw new Error(`${error.message}\nthe host says:\n${host?.text.slice(-3_000)}`);
      });
      return `${stormed}; ${await hostKilled(stand, { start, end }, isLong)}`;
    } finally {
      await stack.disposeAsync();
    }
  },
};

interface HostJson {
  readonly extensions: { readonly queues: Readonly<Record<string, unknown>> };
}

/** Rejects where the extension reads another host.json than is written, or where a misspelt one would not be noticed. */
async function checkSettings(program: string, stack: Stack): Promise<void> {
  const written = JSON.parse(await readFile(HOST_JSON, 'utf8')) as HostJson;
  const { queues } = written.extensions;
  const problems = unbound(queues, await boundOptions(program, HOST_JSON));
  if (problems.length > 0) throw new Error(`host.json:\n${problems.join('\n')}`);
  const folder = await mkdtemp(join(tmpdir(), 'relay-host-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const { batchSize, ...rest } = queues;
  const misspelt = { ...written, extensions: { queues: { ...rest, batchsizes: batchSize } } };
  const file = join(folder, 'host.json');
  await writeFile(file, JSON.stringify(misspelt));
  const found = unbound(misspelt.extensions.queues, await boundOptions(program, file));
  if (found.length !== 1) throw new Error(`a misspelt setting is not noticed: ${found.join('; ')}`);
}
