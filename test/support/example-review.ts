import type { EventOf } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';

export const DAYS = ['2026-11-13', '2026-11-14', '2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];

/** A week like many: an alert that flaps, a set that does, one that is off its model. */
export const exampleReview: EventOf<'review'> = {
  kind: 'review',
  id: identity('example', 'review'),
  source: 'relay',
  severity: 'info',
  occurredAt: '2026-11-20T14:05:09.962Z',
  environment: 'prod',
  resource: { name: 'prod' },
  links: [],
  from: '2026-11-13T00:00:00.000Z',
  until: '2026-11-20T00:00:00.000Z',
  events: { now: 312, before: 280 },
  dora: {
    deployments: { now: 14, before: 9 },
    leadTime: { now: 1_512, before: 2_040 },
    failureRate: { now: 0.0714, before: 0.1111 },
    restore: { now: 2_520, before: 7_800 },
  },
  alerts: { fired: { now: 31, before: 44 }, acknowledge: { now: 412, before: 398 }, resolve: { now: 1_804 } },
  scalings: { now: 96, before: 96 },
  noisiest: [
    { name: 'shop-web', environment: 'prod', kind: 'scale', count: 88, flaps: 42, between: [3, 4], advice: 'widen' },
    { name: 'web-cpu', environment: 'prod', kind: 'alert', count: 19, flaps: 17, advice: 'steady' },
    { name: 'disk-full', environment: 'prod', kind: 'alert', count: 12, flaps: 0, advice: 'unattended' },
  ],
  drift: [{ name: 'shop-jobs', environment: 'prod', seconds: { now: 190_800, before: 3_600 } }],
  slowest: [{ name: 'shop', environment: 'prod', seconds: 2_880 }],
  atMaximum: [{ name: 'shop-web', environment: 'prod', capacity: 8, days: 3, limit: true }],
  charts: [
    {
      of: 'days',
      form: 'bar',
      days: DAYS,
      series: [
        { of: 'alerts', values: [3, 0, 5, 2, 11, 6, 4] },
        { of: 'deployments', values: [2, 4, 3, 1, 4, 0, 0] },
        { of: 'failed', values: [0, 1, 0, 0, 0, 0, 0] },
      ],
    },
    {
      of: 'capacity',
      form: 'line',
      name: 'shop-web',
      days: DAYS,
      series: [
        { of: 'highest', values: [6, 8, 8, 4, 8, 4, 4] },
        { of: 'lowest', values: [3, 3, 3, 3, 3, 3, 3] },
      ],
    },
  ],
};
