import { identity } from '../../src/event/identity.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { examples } from '../support/examples.ts';

let count = 0;

/** A word that nobody has used yet. */
export const fresh = (): string => {
  count += 1;
  return `silence-${process.pid}-${count}`;
};

/** A body of the source `custom`, each time another event. */
export const customBody = () => ({ kind: 'custom', title: 'A dependency says nothing', id: fresh() });

/** A body of Alertmanager with so many alerts, each of them an event. */
export const alertsBody = (alerts: number) => ({
  version: '4',
  status: 'firing',
  groupKey: fresh(),
  alerts: Array.from({ length: alerts }, (_, index) => ({
    status: 'firing',
    labels: { alertname: 'QueueTooLong', instance: `${fresh()}-${index}` },
    startsAt: '2026-11-20T14:00:00Z',
  })),
});

/** A message of the queue for some receivers, each time another event. */
export const message = (receivers: readonly string[]) => {
  const name = fresh();
  return deliveryTo(receivers, { event: { ...examples.custom, id: identity('silence', name), story: name } });
};
