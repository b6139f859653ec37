import type { DeliveryReport } from '../../src/delivery/dispatch.ts';
import { reasonText } from '../../src/delivery/rules/reason-text.ts';
import { shortId } from '../../src/event/identity.ts';

/** States of a delivery whose word says nothing by itself. */
const STATES: Readonly<Record<string, string>> = {
  dead: 'given up',
  quiet: 'kept back',
  parked: 'waiting to leave with others',
};

/** What the log of the local run says of what became of an event for a receiver. */
export const deliveryLine = ({ outcome, receiver, eventId, reason, delay, milliseconds }: DeliveryReport): string =>
  [
    outcome.padEnd(9),
    receiver ?? '',
    eventId === undefined ? '' : `event ${shortId(eventId)}`,
    outcome === 'duplicate'
      ? `same occurrence, already ${STATES[reason ?? ''] ?? reason ?? 'dealt with'}`
      : reasonText(reason ?? ''),
    delay === undefined
      ? ''
      : `${outcome === 'parked' ? 'leaves' : 'next try'} ${delay < 1 ? 'at once' : `in ${delay} s`}`,
    milliseconds === undefined ? '' : `${milliseconds} ms`,
  ]
    .filter((part) => part !== '')
    .join('  ');
