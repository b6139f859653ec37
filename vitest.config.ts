import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { Closing } from './test/support/closing.ts';
import { LONG, LONG_PAGES, SWEPT } from './test/support/suites.ts';
import { Untaken } from './test/support/untaken.ts';
import { WaitingBeside } from './test/support/waiting-beside.ts';

// Nothing may fail for being slow: these end what hangs, and are never what a test waits for.
const shared = {
  setupFiles: ['test/support/seed.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
  teardownTimeout: 60_000,
  expect: { poll: { timeout: 120_000 } },
};

const beginning = ['test/support/compile-cache.ts', 'test/support/azurite.ts', 'test/support/accounts.ts'];

export default defineConfig({
  test: {
    reporters: ['default', new Closing(), new Untaken()],
    // Many tests wait for a process or a clock, so that three workers more than processors have work for them.
    maxWorkers: availableParallelism() + 3,
    sequence: { sequencer: WaitingBeside },
    // The files of a worker share what they import: zod, the SDKs and the schemas take longer to load than most files to run.
    isolate: false,
    // `npm run coverage`: every branch of what decides is taken by a test.
    coverage: {
      provider: 'v8',
      include: ['event', 'routing', 'delivery/rules', 'drift/rules'].map((room) => `src/${room}/**/*.ts`),
      reporter: [],
      reportsDirectory: 'node_modules/.coverage',
      thresholds: { branches: 100 },
    },
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'code',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/pages/**', ...LONG],
          provide: { whole: false },
          globalSetup: beginning,
        },
      },
      {
        extends: true,
        test: { ...shared, name: 'browser', include: ['test/browser/**/*.test.ts'], exclude: LONG_PAGES },
      },
      {
        extends: true,
        test: { ...shared, name: 'long', include: LONG, provide: { whole: false }, globalSetup: beginning },
      },
      // The same laws over all of their cases.
      { extends: true, test: { ...shared, name: 'sweeps', include: SWEPT, provide: { whole: true } } },
      // Every message in every language, drawn, and pages that are used for long: it has a script of its own.
      { extends: true, test: { ...shared, name: 'pages', include: ['test/pages/**/*.test.ts', ...LONG_PAGES] } },
    ],
  },
});
