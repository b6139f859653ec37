import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const MOST = 10;

/** Prints the ten test files that took longest, with what loading them took: a slow suite is seen by whoever made it so. */
export class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const times = modules.map((each) => {
      const { collectDuration, duration, environmentSetupDuration, prepareDuration, setupDuration } = each.diagnostic();
      return {
        file: relative(process.cwd(), each.moduleId),
        tests: duration,
        loading: collectDuration + environmentSetupDuration + prepareDuration + setupDuration,
      };
    });
    const slowest = times
      .toSorted((one, other) => other.tests + other.loading - one.tests - one.loading)
      .slice(0, MOST);
    if (slowest.length < 2) return;
    console.log(`\nSlowest of ${modules.length} files, in seconds (loading + tests):`);
    for (const { file, loading, tests } of slowest) console.log(`${seconds(loading)} + ${seconds(tests)}  ${file}`);
  }
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1).padStart(6);
