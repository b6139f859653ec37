import { secondsUntil } from './dispatch.ts';
import type { Ports } from './ports.ts';

// A message of the queue can be kept out of sight for seven days.
const LONGEST_SECONDS = 7 * 24 * 3_600;

/** Calls for the reminder of a story (32 hex digits) that is due at a time (ISO). */
export const callReminder = (
  { deliveries, clock }: Pick<Ports, 'deliveries' | 'clock'>,
  receiver: string,
  story: string,
  at: string,
): Promise<void> =>
  deliveries.send(
    { version: 1, release: story, receivers: [receiver], remind: { at } },
    Math.min(secondsUntil(Date.parse(at), clock.now()), LONGEST_SECONDS),
  );
