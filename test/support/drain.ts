import type { DeliveryReport } from '../../src/delivery/dispatch.ts';
import { StorageError } from '../../src/problems/errors.ts';
import type { Relay } from '../../src/relay/relay.ts';
import type { MemoryPorts } from './ports.ts';

// As in host.json.
const VISIBILITY_SECONDS = 30;
const MOST_DEQUEUES = 5;

const MOST_STEPS = 20_000;

/**
 * Runs the queue as a host does, message by message in the order in which they become visible; the clock goes along with
 * them. Ends when nothing is left, or nothing before `until` (milliseconds since 1970). Several relays take turns.
 */
export async function drain(
  relays: Relay | readonly Relay[],
  { deliveries, poison, time }: Pick<MemoryPorts, 'deliveries' | 'poison' | 'time'>,
  until = Number.POSITIVE_INFINITY,
): Promise<DeliveryReport[]> {
  const all = [relays].flat();
  const reports: DeliveryReport[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const queued = deliveries.next();
    const relay = all[step % all.length];
    if (queued === undefined || relay === undefined || queued.visibleAt > until) {
      if (until !== Number.POSITIVE_INFINITY) time.now = Math.max(time.now, until);
      return reports;
    }
    time.now = Math.max(time.now, queued.visibleAt);
    queued.dequeueCount += 1;
    try {
      reports.push(...(await relay.deliver(queued.message, queued.id)));
      deliveries.delete(queued);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      queued.visibleAt = time.now + VISIBILITY_SECONDS * 1000;
      if (queued.dequeueCount < MOST_DEQUEUES) continue;
      deliveries.delete(queued);
      poison.give(queued.message);
      reports.push(...(await relay.sweep()));
    }
  }
  throw new Error(`the queue is not empty after ${MOST_STEPS} messages`);
}
