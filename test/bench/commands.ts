import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { figure, median } from './median.ts';
import { fileOf } from './routing.ts';

const PROCESSES = 15;

const ENTRY = fileURLToPath(new URL('../../src/cli/relay.ts', import.meta.url));
const run = promisify(execFile);

/** The command line as a process, from its start to its end, in turn with a Node that does nothing. */
export async function commandFigures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-bench-'));
  const file = join(folder, 'relay.yaml');
  const text = fileOf(333);
  await writeFile(file, text);
  const cases = {
    bare: ['-e', '0'],
    help: [ENTRY, '--help'],
    short: [ENTRY, 'lint', join(folder, 'short.yaml')],
    long: [ENTRY, 'lint', file],
  };
  await writeFile(cases.short.at(-1) ?? '', fileOf(1));
  const times = { bare: [] as number[], help: [] as number[], short: [] as number[], long: [] as number[] };
  for (let round = 0; round <= PROCESSES; round += 1) {
    for (const name of Object.keys(cases) as (keyof typeof cases)[]) {
      const began = performance.now();
      await run(process.execPath, cases[name]);
      // The first round fills the compile cache.
      if (round > 0) times[name].push(performance.now() - began);
    }
  }
  await rm(folder, { recursive: true });
  const shown = (name: keyof typeof cases) => figure(median(times[name]), 'ms');
  return [
    `the command line, process start included (median of ${PROCESSES})`,
    `  node -e 0             ${shown('bare')}`,
    `  --help                ${shown('help')} (aim: at most 150 ms)`,
    `  lint, 4 lines         ${shown('short')}`,
    `  lint, ${text.split('\n').length - 1} lines     ${shown('long')} (aim: at most 300 ms)`,
  ].join('\n');
}
