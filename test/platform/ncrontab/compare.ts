// Holds the relay's reader of NCRONTAB against the library that Azure's timers use, over expressions made by a seed:
//   node test/platform/ncrontab/compare.ts [count] [seed]
// Needs .NET 10 (`dotnet`), which fetches the library from NuGet. Exits with 1 where the two differ, and shows them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSchedule } from '../../../src/event/time/ncrontab.ts';
import { nextTime } from '../../../src/event/time/ncrontab-times.ts';
import { expressions } from './expressions.ts';

const AFTER = '2026-11-28T00:00:00Z';

const [count = 5_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);

const ours = (expression: string): readonly string[] | null => {
  const read = readSchedule(expression);
  if ('problem' in read) return null;
  const times: string[] = [];
  for (let time = nextTime(read.schedule, Date.parse(AFTER)); time !== undefined && times.length < 5; ) {
    times.push(`${new Date(time).toISOString().slice(0, 19)}Z`);
    time = nextTime(read.schedule, time);
  }
  return times;
};

/** What the library says of each, by a program that is built in a folder of its own. */
function theirs(all: readonly string[]): readonly (readonly string[] | null)[] {
  const project = fileURLToPath(new URL('reference.csproj', import.meta.url));
  const built = mkdtempSync(join(tmpdir(), 'ncrontab-'));
  try {
    const env = { ...process.env, DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1' };
    execFileSync('dotnet', ['build', project, '-v', 'q', '--artifacts-path', built], { env, stdio: ['ignore', 2, 2] });
    const program = join(built, 'bin', 'reference', 'debug', 'reference.dll');
    const input = all.map((each) => `${JSON.stringify(each)}\n`).join('');
    const output = execFileSync('dotnet', [program, AFTER], { input, env, encoding: 'utf8', maxBuffer: 2 ** 30 });
    return output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

const all = expressions(count, seed);
const said = theirs(all);
const differing = all.filter((each, index) => JSON.stringify(ours(each)) !== JSON.stringify(said[index]));
for (const each of differing.slice(0, 20)) {
  console.log(JSON.stringify(each), '\n  relay   ', ours(each), '\n  library ', said[all.indexOf(each)]);
}
const valid = said.filter((times) => times !== null).length;
console.log(`seed ${seed}: ${all.length} expressions, of which the library takes ${valid}; ${differing.length} differ`);
process.exitCode = differing.length === 0 && said.length === all.length ? 0 : 1;
