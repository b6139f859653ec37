import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const MOST = 10;

/**
 * Prints the ten test files that took longest, with what loading them took, so that a slow suite is seen by whoever made it
 * so; then, as the last lines, each test that failed with the first line of its reason: the end of a log is what is read.
 */
export class Closing implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    printSlowest(modules);
    for (const line of modules.flatMap(failuresOf)) console.log(line);
  }
}

function printSlowest(modules: readonly TestModule[]): void {
  if (modules.length < 2) return;
  const slowest = modules
    .map(timed)
    .toSorted((one, other) => other.tests + other.loading - one.tests - one.loading)
    .slice(0, MOST);
  console.log(`\nSlowest of ${modules.length} files, in seconds (loading + tests):`);
  for (const { file, loading, tests } of slowest) console.log(`${seconds(loading)} + ${seconds(tests)}  ${file}`);
}

function timed(module: TestModule) {
  const { collectDuration, duration, environmentSetupDuration, prepareDuration, setupDuration } = module.diagnostic();
  const loading = collectDuration + environmentSetupDuration + prepareDuration + setupDuration;
  return { file: fileOf(module), tests: duration, loading };
}

function failuresOf(module: TestModule): string[] {
  const tests = [...module.children.allTests('failed')].map((test) => ({
    name: ` > ${test.fullName}`,
    errors: test.result().errors,
  }));
  return [{ name: '', errors: module.errors() }, ...tests].flatMap(({ name, errors }) =>
    (errors ?? []).map(({ message }) => `FAILED ${fileOf(module)}${name}: ${message.split('\n', 1)[0]}`),
  );
}

const fileOf = (module: TestModule): string => relative(process.cwd(), module.moduleId);

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1).padStart(6);
