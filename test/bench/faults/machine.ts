import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the figures below were taken on, and how busy it was before they began. */
export const machine = (): string =>
  [
    `Node ${process.version}`,
    `${availableParallelism()} cores`,
    cpus()[0]?.model.trim() ?? 'unknown processor',
    `load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  ].join(', ');
