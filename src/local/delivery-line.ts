import type { DeliveryReport } from '../dispatch/dispatch.ts';
import { shortId } from '../event/identity.ts';

/** What the log of the local run says of what became of an event for a receiver. */
export const deliveryLine = ({ outcome, receiver, eventId, reason, delay, milliseconds }: DeliveryReport): string =>
  [
    outcome.padEnd(9),
    receiver ?? '',
    eventId === undefined ? '' : `event ${shortId(eventId)}`,
    outcome === 'duplicate' ? `same occurrence, already ${reason ?? 'dealt with'}` : (reason ?? ''),
    delay === undefined ? '' : `next try ${delay < 1 ? 'at once' : `in ${delay} s`}`,
    milliseconds === undefined ? '' : `${milliseconds} ms`,
  ]
    .filter((part) => part !== '')
    .join('  ');
