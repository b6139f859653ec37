import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ended, run } from '../command.ts';
import { packageFolder } from '../dotnet.ts';
import { Missing } from '../part.ts';

/** Snapshots and messages are this version's; another one says other things of the same files. */
export const BICEP = '0.49.2';

/** Runs the compiler. */
export type Bicep = (args: readonly string[], cwd?: string) => Promise<Ended>;

/** The compiler, from NuGet or from the PATH. Rejects with `Missing` where neither has this version. */
export async function bicep(): Promise<Bicep> {
  const file = await compiler();
  return (args, cwd) => run(file, args, cwd === undefined ? {} : { cwd });
}

async function compiler(): Promise<string> {
  const here = await run('bicep', ['--version']).catch(() => undefined);
  const [, found] = /CLI version (\d+\.\d+\.\d+)/.exec(here?.text ?? '') ?? [];
  if (found === BICEP) return 'bicep';
  const other =
    found === undefined ? `no bicep ${BICEP} on the PATH` : `the bicep on the PATH is ${found}, not ${BICEP}`;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Missing(`there is ${other}, and the package of NuGet is for Linux on x64`);
  }
  const folder = await packageFolder('Azure.Bicep.CommandLine.linux-x64', BICEP).catch((error: Error) => {
    throw new Missing(`${error.message}, and ${other}`);
  });
  const file = join(folder, 'tools/bicep');
  // A package of NuGet does not say what may be run.
  await chmod(file, 0o755);
  return file;
}
