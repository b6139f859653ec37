import { bicep } from '../test/platform/bicep/compiler.ts';
import { formatProblems } from '../test/platform/bicep/files.ts';
import { newerVersions } from '../test/platform/bicep/newer.ts';
import { snapshotProblems } from '../test/platform/bicep/snapshots.ts';
import { bicepPart } from '../test/platform/bicep.ts';
import { Missing } from '../test/platform/part.ts';

// Everything in infra/ through the real compiler. --write formats the files and writes the snapshots anew; --newer tells which
// api-versions of Azure the compiler knows newer ones of, which is news and no fault.

try {
  if (process.argv.includes('--write')) {
    const compiler = await bicep();
    await formatProblems(compiler, true);
    for (const problem of await snapshotProblems(compiler, 'overwrite')) console.error(problem);
  }
  if (process.argv.includes('--newer')) for (const each of await newerVersions(await bicep())) console.log(each);
  console.log(`infra: ${await bicepPart.run({ isLong: false })}, nothing to mend`);
} catch (error) {
  const isMissing = error instanceof Missing;
  console.error(isMissing ? `infra: NOT CHECKED, because ${error.message}` : String((error as Error).message));
  // On a machine without .NET the rest of the work goes on; a check that was asked for by CI has to be one.
  process.exitCode = isMissing && process.env['CI'] === undefined ? 0 : 1;
}
