import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { Closing } from './test/support/closing.ts';
import { WaitingBeside } from './test/support/waiting-beside.ts';

// Nothing may fail for being slow: these end what hangs, and are never what a test waits for.
const shared = {
  setupFiles: ['test/support/seed.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
  teardownTimeout: 60_000,
  expect: { poll: { timeout: 120_000 } },
};

/** Laws over so many cases that `npm test` looks at a part of them: test/support/sweep.ts. */
const SWEPT = [
  'test/contracts/any-event.test.ts',
  'test/contracts/blank.test.ts',
  'test/contracts/destinations.test.ts',
  'test/contracts/grammar.test.ts',
  'test/contracts/hostile.test.ts',
  'test/delivery/bundle.test.ts',
  'test/dispatch/crash.test.ts',
  'test/dispatch/lanes.test.ts',
  'test/dispatch/odd-answers.test.ts',
  'test/dispatch/storm.test.ts',
  'test/drift/decide-laws.test.ts',
  'test/drift/reasons-laws.test.ts',
  'test/formatters/webhook.test.ts',
  'test/routing/windows.test.ts',
  'test/sources/azure-monitor.test.ts',
];

export default defineConfig({
  test: {
    reporters: ['default', new Closing()],
    // Many tests wait for a process or a clock, so that three workers more than processors have work for them.
    maxWorkers: availableParallelism() + 3,
    sequence: { sequencer: WaitingBeside },
    // The files of a worker share what they import: zod, the SDKs and the schemas take longer to load than most files to run.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'code',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/pages/**'],
          provide: { whole: false },
          globalSetup: ['test/support/compile-cache.ts', 'test/support/azurite.ts', 'test/support/accounts.ts'],
        },
      },
      { extends: true, test: { ...shared, name: 'browser', include: ['test/browser/**/*.test.ts'] } },
      // The same laws over all of their cases.
      { extends: true, test: { ...shared, name: 'sweeps', include: SWEPT, provide: { whole: true } } },
      // Every message in every language, drawn: long, so that it has a script of its own.
      { extends: true, test: { ...shared, name: 'pages', include: ['test/pages/**/*.test.ts'] } },
    ],
  },
});
