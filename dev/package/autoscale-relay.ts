#!/usr/bin/env node
import { tooOld } from './node-version.ts';

// The command of the npm package. It says what it needs before anything is loaded that an older Node cannot read.
const old = tooOld(process.versions.node);
if (old === undefined) {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const [{ begin }, { packaged }] = await Promise.all([import('../../src/cli/begin.ts'), import('./commands.ts')]);
  // biome-ignore lint/style/noProcessEnv: this is where the process begins; every command gets it passed in.
  await begin(process.env, packaged);
} else {
  console.error(`error  ${old}`);
  process.exitCode = 1;
}
