import type { Delivery } from '../../src/delivery/delivery.ts';
import { examples } from './examples.ts';

/** The example of a scale event on its way to some receivers. */
export const deliveryTo = (receivers: readonly string[], more: Partial<Delivery> = {}): Delivery => ({
  version: 1,
  event: examples.scale,
  receivers: [...receivers],
  attempt: 0,
  acceptedAt: '2026-11-20T14:05:08.000Z',
  ...more,
});

/** What the services answer when all is well. */
export const OK = { slack: { status: 200, body: 'ok' }, teams: { status: 202 } } as const;
