import { vi } from 'vitest';

/** Waits until the probe stops failing; the last failure is what the test reports. */
export const eventually = <T>(probe: () => T | Promise<T>, timeout = 12_000): Promise<T> =>
  vi.waitFor(probe, { timeout, interval: 25 });
