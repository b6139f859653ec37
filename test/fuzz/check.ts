import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seeded } from '../../dev/fake-azure/random.ts';
import { openEmbeddedStorage } from '../../dev/host/embedded-storage.ts';
import { Stack } from '../support/stack.ts';
import { type Outcome, tryAll } from './fuzz.ts';

// The whole local run under bodies, requests, senders, messages and configurations that nobody foresaw. Ends with 1 where a law
// is broken; a body that did it is written into the corpus, which every run begins with.

const HELP = `npm run check:fuzz -- [options]

  --minutes <number>   how long bodies are made (1)
  --seed <number>      what they are made by (2026)`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '2026' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

async function keep({ fallen }: Outcome): Promise<void> {
  for (const { source, path, headers, bytes } of fallen) {
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const text = bytes.toString('utf8');
    const body = Buffer.from(text).equals(bytes) ? { body: text } : { base64: bytes.toString('base64') };
    const file = new URL(`corpus/${name}.json`, import.meta.url);
    await writeFile(file, `${JSON.stringify({ source, path, headers, ...body }, undefined, 2)}\n`);
    console.log(`kept as test/fuzz/corpus/${name}.json`);
  }
}

async function run(minutes: number, seed: number): Promise<Outcome> {
  const stack = new Stack();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'relay-fuzz-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const storage = await openEmbeddedStorage(folder, 'http://127.0.0.1:1');
    stack.defer(() => storage.stop());
    const goesOn = () => {
      const until = Date.now() + minutes * 60_000;
      return () => Date.now() < until;
    };
    return await tryAll(stack, storage.connectionString, seeded(seed), { of: 1, goesOn });
  } finally {
    await stack.disposeAsync();
  }
}

if (values.help) {
  console.log(HELP);
} else {
  const outcome = await run(Number(values.minutes), Number(values.seed));
  await keep(outcome);
  for (const { law, seen } of outcome.falls) console.log(`FAILED ${law}: ${seen}`);
  console.log(`${outcome.tried}, seed ${values.seed}, ${outcome.falls.length} failed`);
  process.exit(outcome.falls.length > 0 ? 1 : 0);
}
