import fc from 'fast-check';
import { type EventOf, event as eventSchema } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { reviewAdvice, reviewSeries } from '../../src/event/review.ts';
import { anyCount, anyText, common, requiredKeys, someText } from './any-text.ts';

const DAYS = ['2026-11-13', '2026-11-14', '2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];

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

const anySeconds = fc.double({ min: 0, max: 31_536_000, noNaN: true });
const over = <Value>(value: fc.Arbitrary<Value>) => fc.record({ now: value, before: value }, { requiredKeys: ['now'] });
const named = { name: someText, environment: anyText };
const days = fc.constant(DAYS);

export const anyReview = fc
  .record(
    {
      kind: fc.constant('review'),
      ...common,
      from: fc.constant(exampleReview.from),
      until: fc.constant(exampleReview.until),
      events: over(anyCount),
      dora: fc.record(
        {
          deployments: over(anyCount),
          leadTime: over(anySeconds),
          failureRate: over(fc.double({ min: 0, max: 1, noNaN: true })),
          restore: over(anySeconds),
        },
        { requiredKeys: ['deployments'] },
      ),
      alerts: fc.record(
        { fired: over(anyCount), acknowledge: over(anySeconds), resolve: over(anySeconds) },
        { requiredKeys: ['fired'] },
      ),
      scalings: over(anyCount),
      noisiest: fc.array(
        fc.record(
          {
            ...named,
            kind: fc.constantFrom('alert', 'scale'),
            count: anyCount,
            flaps: anyCount,
            between: fc.tuple(anyCount, anyCount),
            advice: fc.constantFrom(...reviewAdvice),
          },
          { requiredKeys: ['name', 'kind', 'count', 'flaps'] },
        ),
        { maxLength: 5 },
      ),
      drift: fc.array(fc.record({ ...named, seconds: over(anySeconds) }, { requiredKeys: ['name', 'seconds'] }), {
        maxLength: 5,
      }),
      slowest: fc.array(fc.record({ ...named, seconds: anySeconds }, { requiredKeys: ['name', 'seconds'] }), {
        maxLength: 5,
      }),
      atMaximum: fc.array(
        fc.record(
          { ...named, capacity: anyCount, days: anyCount, limit: fc.constant(true as const) },
          { requiredKeys: ['name', 'capacity', 'days'] },
        ),
        { maxLength: 5 },
      ),
      charts: fc.array(
        fc.record(
          {
            of: fc.constantFrom('days', 'capacity'),
            form: fc.constantFrom('bar', 'line'),
            name: someText,
            days,
            series: fc.array(
              fc.record({
                of: fc.constantFrom(...reviewSeries),
                values: fc.array(anyCount, { minLength: 7, maxLength: 7 }),
              }),
              { minLength: 1, maxLength: 6 },
            ),
          },
          { requiredKeys: ['of', 'form', 'days', 'series'] },
        ),
        { maxLength: 2 },
      ),
    },
    {
      requiredKeys: [
        ...requiredKeys,
        ...['from', 'until', 'events', 'dora', 'alerts', 'scalings'],
        ...['noisiest', 'drift', 'slowest', 'atMaximum', 'charts'],
      ] as never[],
    },
  )
  .map((draft) => eventSchema.parse(draft) as EventOf<'review'>);
