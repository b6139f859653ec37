import type { Ports } from './ports.ts';

const SECOND = 1_000;

/**
 * Queues a flush. Only once the receiver's state says that it comes: a flush that nobody awaits does nothing. Queues count
 * whole seconds: it comes within the last one, and waits for the rest itself.
 */
export const callFlush = (
  { deliveries, clock }: Ports,
  { name, call, at }: { readonly name: string; readonly call?: string | undefined; readonly at: number },
): Promise<void> =>
  deliveries.send(
    { version: 1, flush: name, ...(call !== undefined && { call }) },
    Math.max(0, Math.floor((at - clock.now()) / SECOND)),
  );
