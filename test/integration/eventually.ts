import { vi } from 'vitest';

/** Waits until the probe stops failing; the last failure is what the test reports. The time ends what hangs, and is no law. */
export const eventually = <T>(probe: () => T | Promise<T>, timeout = 120_000): Promise<T> =>
  vi.waitFor(probe, { timeout, interval: 25 });
