import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bicep } from './compiler.ts';
import { inTemporary, linesOf } from './files.ts';

const CONFIG = {
  analyzers: {
    core: { enabled: true, rules: { 'use-recent-api-versions': { level: 'warning', maxAgeInDays: 0 } } },
  },
};

/** One line for each type of Azure of whose api-version the compiler knows a newer one. It goes by the clock, so it is no check. */
export const newerVersions = (bicep: Bicep): Promise<readonly string[]> =>
  inTemporary(async (folder) => {
    await cp('infra', join(folder, 'infra'), { recursive: true });
    await writeFile(join(folder, 'infra/bicepconfig.json'), JSON.stringify(CONFIG));
    const { text } = await bicep(['build', '--pattern', 'infra/**/*.bicep', '--outdir', 'out'], folder);
    const told = linesOf(text).flatMap((line) => /use-recent-api-versions: (.*)/.exec(line)?.[1] ?? []);
    return [...new Set(told)].sort();
  });
