import fc from 'fast-check';
import { type EventOf, event as eventSchema } from '../../src/event/event.ts';
import { reviewAdvice, reviewSeries } from '../../src/event/review.ts';
import { anyCount, anyText, common, requiredKeys, someText } from './any-text.ts';
import { DAYS, exampleReview } from './example-review.ts';

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
