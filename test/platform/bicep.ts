import { BICEP, bicep } from './bicep/compiler.ts';
import { buildProblems, formatProblems, inTemporary } from './bicep/files.ts';
import { pageProblems } from './bicep/page.ts';
import { ruleProblems } from './bicep/rules.ts';
import { cases, snapshotProblems } from './bicep/snapshots.ts';
import type { Part } from './part.ts';

/** Everything in infra/ and test/infra/ through the compiler that deployments use. */
export const bicepPart: Part = {
  name: 'Bicep',
  version: BICEP,
  from: '.NET',
  checks: 'no warning, format, snapshots of what is made, rules that bite',
  run: async () => {
    const compiler = await bicep();
    const compiled = inTemporary(async (out) => {
      const built = await buildProblems(compiler, out);
      return built.length > 0 ? built : pageProblems(out);
    });
    const found = await Promise.all([
      compiled,
      ruleProblems(compiler),
      formatProblems(compiler),
      snapshotProblems(compiler, 'validate'),
    ]);
    const problems = found.flat();
    if (problems.length > 0) throw new Error(`${problems.join('\n')}\nMeant so? npm run infra -- --write`);
    return `${cases().length} snapshots`;
  },
};
