/** Laws over so many cases that `npm test` looks at a part of them: sweep.ts. */
export const SWEPT = [
  'test/contracts/any-event.test.ts',
  'test/contracts/blank.test.ts',
  'test/contracts/destinations.test.ts',
  'test/contracts/grammar.test.ts',
  'test/contracts/hostile.test.ts',
  'test/delivery/bundle.test.ts',
  'test/dispatch/crash.test.ts',
  'test/dispatch/lanes.test.ts',
  'test/dispatch/odd-answers.test.ts',
  'test/dispatch/small-heap.test.ts',
  'test/dispatch/storm.test.ts',
  'test/drift/decide-laws.test.ts',
  'test/drift/reasons-laws.test.ts',
  'test/formatters/webhook.test.ts',
  'test/routing/windows.test.ts',
  'test/sources/azure-monitor.test.ts',
];

/** What waits for builds, processes and storage that says nothing: long, so `npm run test:long`, which `.ci/run` calls. */
export const LONG = [
  'test/audit.test.ts',
  'test/bundle.test.ts',
  'test/check-drift/coverage.test.ts',
  'test/check-drift/drift-check.test.ts',
  'test/config-deployed.test.ts',
  'test/docs-operations.test.ts',
  'test/integration/drift-local.test.ts',
  'test/integration/embedded-storage.test.ts',
  'test/integration/entra.test.ts',
  'test/integration/fleet.test.ts',
  'test/integration/local-run-end.test.ts',
  'test/integration/local-run-receivers.test.ts',
  'test/integration/local-run-refusal.test.ts',
  'test/integration/silent-storage.test.ts',
  'test/integration/storage-faults.test.ts',
  'test/integration/two-instances.test.ts',
  'test/model/faults.test.ts',
  'test/outbound/azure-identity.test.ts',
  'test/outbound/post.test.ts',
  'test/outbound/resource-manager.test.ts',
  'test/telemetry/azure.test.ts',
  'test/telemetry/bundle.test.ts',
  'test/telemetry/otlp.test.ts',
  'test/telemetry/secrets.test.ts',
];

/** The same of the pages in a browser: `npm run test:pages`. */
export const LONG_PAGES = ['test/browser/fleet.test.ts', 'test/browser/lens.test.ts', 'test/browser/reading.test.ts'];
