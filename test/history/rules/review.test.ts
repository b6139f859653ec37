import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { event as eventSchema, type RelayEvent } from '../../../src/event/event.ts';
import type { ReviewDocument } from '../../../src/event/review.ts';
import { type DayCount, dayCount } from '../../../src/history/rules/day-count.ts';
import { daysOf, reviewOf } from '../../../src/history/rules/review.ts';

const UNTIL = '2026-11-30';
const dayAt = (back: number) =>
  new Date(Date.parse(`${UNTIL}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10);

const row = (day: string, of: DayCount['of'], name: string, rest: object = {}) =>
  dayCount.parse({ day, of, name, ...rest });

const spread = (...each: number[]) => ({
  count: each.length,
  seconds: each.reduce((a, b) => a + b, 0),
  longest: Math.max(0, ...each),
  each,
});

const step = (day: string, time: string, from: number, to: number) => ({ at: `${day}T${time}:00.000Z`, from, to });

describe('the days of a review', () => {
  it('are the seven before its end, and the seven before those', () => {
    expect(daysOf(UNTIL)).toStrictEqual({
      week: ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'],
      before: ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'],
    });
  });

  it('are days of UTC, also where clocks change and months end', () => {
    expect(daysOf('2026-03-30').week).toContain('2026-03-29');
    expect(daysOf('2028-03-01').week.at(-1)).toBe('2028-02-29');
  });
});

describe('a review of nothing', () => {
  it.each([
    ['no row at all', []],
    ['rows of other weeks only', [row(dayAt(15), 'all', '', { events: 9 }), row(dayAt(0), 'all', '', { events: 9 })]],
  ])('is empty, and compares with nothing: %s', (_what, counts) => {
    expect(reviewOf(counts, { until: UNTIL })).toStrictEqual({
      from: '2026-11-23T00:00:00.000Z',
      until: '2026-11-30T00:00:00.000Z',
      events: { now: 0 },
      dora: { deployments: { now: 0 } },
      alerts: { fired: { now: 0 } },
      scalings: { now: 0 },
      ...{ noisiest: [], drift: [], slowest: [], atMaximum: [], charts: [] },
    });
  });

  it('says so of a week after one that was busy', () => {
    const { events, dora } = reviewOf([row(dayAt(8), 'all', '', { events: 5, deployments: { failed: 1 } })], {
      until: UNTIL,
    });

    expect(events).toStrictEqual({ now: 0, before: 5 });
    expect(dora).toStrictEqual({ deployments: { now: 0, before: 1 } });
  });
});

describe('the four keys', () => {
  it('count ends, fail by their share, and take what the middle one took', () => {
    const counts = [
      row(dayAt(1), 'all', '', {
        deployments: { succeeded: 3, failed: 1, cancelled: 9, lead: spread(60, 600, 90), restore: spread(30) },
      }),
      row(dayAt(2), 'all', '', { deployments: { succeeded: 1, lead: spread(100) } }),
      row(dayAt(9), 'all', '', { deployments: { succeeded: 3, lead: spread(10, 20, 30) } }),
    ];

    expect(reviewOf(counts, { until: UNTIL }).dora).toStrictEqual({
      deployments: { now: 5, before: 3 },
      leadTime: { now: 95, before: 20 },
      failureRate: { now: 0.2, before: 0 },
      restore: { now: 30 },
    });
  });

  it('are of the environment that is asked for', () => {
    const counts = ['prod', 'test'].flatMap((environment, index) => [
      row(dayAt(1), 'environment', environment, { environment, deployments: { succeeded: index + 1 } }),
      row(dayAt(1), 'all', '', { deployments: { succeeded: 3 } }),
    ]);

    expect(reviewOf(counts, { until: UNTIL, environment: 'test' })).toMatchObject({
      environment: 'test',
      dora: { deployments: { now: 2 } },
    });
  });
});

/** What each advice is for, just so and just not so. */
const ADVICE: [what: string, rows: DayCount[], expected: Partial<ReviewDocument['noisiest'][number]>[]][] = [
  [
    'an alert that came back seven times',
    [row(dayAt(1), 'rule', 'web-cpu', { alerts: { fired: 8, flaps: 7 } })],
    [{ name: 'web-cpu', count: 8, flaps: 7, advice: 'steady' }],
  ],
  [
    'an alert that came back six times',
    [row(dayAt(1), 'rule', 'web-cpu', { alerts: { fired: 8, flaps: 6 } })],
    [{ name: 'web-cpu', count: 8, flaps: 6 }],
  ],
  [
    'one that nobody acknowledges where others are',
    [
      row(dayAt(1), 'rule', 'a', { alerts: { fired: 5 } }),
      row(dayAt(2), 'rule', 'b', { alerts: { fired: 4, acknowledged: 1 } }),
    ],
    [
      { name: 'a', advice: 'unattended' },
      { name: 'b', count: 4 },
    ],
  ],
  [
    'one that nobody acknowledges where nobody ever does',
    [row(dayAt(1), 'rule', 'a', { alerts: { fired: 19 } })],
    [{ name: 'a', count: 19 }],
  ],
  ['one that fires twenty times', [row(dayAt(1), 'rule', 'a', { alerts: { fired: 20 } })], [{ advice: 'many' }]],
  ['one that fired once', [row(dayAt(1), 'rule', 'a', { alerts: { fired: 1 } })], []],
  [
    'a set that goes back seven times, most often between 3 and 4, also over midnight',
    [
      row(dayAt(2), 'set', 'shop-web', {
        scale: { out: 1, steps: [step(dayAt(2), '23:50', 3, 4)], minimum: 3, maximum: 4 },
      }),
      row(dayAt(1), 'set', 'shop-web', {
        scale: {
          out: 3,
          in: 4,
          steps: [
            ...['00:10', '00:20', '00:30', '00:40'].map((time, at) =>
              step(dayAt(1), time, at % 2 ? 3 : 4, at % 2 ? 4 : 3),
            ),
            ...[step(dayAt(1), '00:50', 4, 5), step(dayAt(1), '01:00', 5, 4), step(dayAt(1), '01:10', 4, 5)],
            step(dayAt(1), '01:20', 5, 4),
          ],
        },
      }),
    ],
    [{ name: 'shop-web', kind: 'scale', count: 8, flaps: 7, between: [3, 4], advice: 'widen' }],
  ],
  [
    'a set that goes back after more than an hour',
    [
      row(dayAt(1), 'set', 'shop-web', {
        scale: {
          steps: Array.from({ length: 12 }, (_, at) =>
            step(dayAt(1), `${`${2 * at}`.padStart(2, '0')}:00`, at % 2 ? 4 : 3, at % 2 ? 3 : 4),
          ),
        },
      }),
    ],
    [],
  ],
];

describe('advice', () => {
  it.each(ADVICE)('about %s', (_what, rows, expected) => {
    const { noisiest } = reviewOf(rows, { until: UNTIL });

    expect(noisiest).toHaveLength(expected.length);
    expect(noisiest).toMatchObject(expected);
    for (const [at, { advice }] of expected.entries()) expect(noisiest[at]?.advice).toBe(advice);
  });
});

describe('the lists', () => {
  it('hold what was off its model, slow, or at its highest, the worst first and five at most', () => {
    const sets = Array.from({ length: 7 }, (_, at) =>
      row(dayAt(1), 'set', `set-${at}`, { id: `/sets/${at}`, environment: 'prod', drift: { minutes: 10 + at } }),
    );
    const counts = [
      ...sets,
      row(dayAt(9), 'set', 'set-6', { id: '/sets/6', environment: 'prod', drift: { minutes: 3 } }),
      ...[1, 2].map((back) => row(dayAt(back), 'deployment', 'shop', { deployments: { lead: spread(60 * back, 5) } })),
      row(dayAt(1), 'deployment', 'failed-only', { deployments: { failed: 3 } }),
      ...[1, 2, 3].map((back) => row(dayAt(back), 'set', 'batch', { scale: { minimum: 2, maximum: 8 } })),
      ...[1, 2, 3].map((back) => row(dayAt(back), 'set', 'flat', { scale: { minimum: 8, maximum: 8 } })),
      ...[1, 2, 3].map((back) => row(dayAt(back), 'set', 'shrunk', { scale: { minimum: 2, maximum: 8 } })),
      row(dayAt(10), 'set', 'shrunk', { scale: { minimum: 2, maximum: 9 } }),
    ];
    const { drift, slowest, atMaximum } = reviewOf(counts, { until: UNTIL });

    expect(drift.map(({ name }) => name)).toStrictEqual(['set-6', 'set-5', 'set-4', 'set-3', 'set-2']);
    expect(drift[0]).toStrictEqual({ name: 'set-6', environment: 'prod', seconds: { now: 960, before: 180 } });
    expect(drift[1]).toStrictEqual({ name: 'set-5', environment: 'prod', seconds: { now: 900 } });
    expect(slowest).toStrictEqual([{ name: 'shop', seconds: 120 }]);
    expect(atMaximum).toStrictEqual([{ name: 'batch', capacity: 8, days: 3 }]);
  });

  it('hold a set whose setting allows no more from the first day on', () => {
    const counts = [
      row(dayAt(2), 'set', 'shop-web', { scale: { minimum: 6, maximum: 8, limit: 8 } }),
      row(dayAt(1), 'set', 'shop-web', { scale: { minimum: 6, maximum: 7 } }),
    ];

    expect(reviewOf(counts, { until: UNTIL }).atMaximum).toStrictEqual([
      { name: 'shop-web', capacity: 8, days: 1, limit: true },
    ]);
  });
});

describe('the charts', () => {
  it('draw each day, and a set that did not scale as it was left', () => {
    const counts = [
      row(dayAt(6), 'all', '', { alerts: { fired: 2 } }),
      row(dayAt(6), 'set', 'shop-web', {
        scale: { steps: [step(dayAt(6), '10:00', 3, 6)], minimum: 3, maximum: 6 },
      }),
      row(dayAt(3), 'set', 'shop-web', {
        scale: { steps: [step(dayAt(3), '10:00', 6, 4)], minimum: 4, maximum: 6 },
      }),
    ];

    expect(reviewOf(counts, { until: UNTIL }).charts).toStrictEqual([
      { of: 'days', form: 'bar', days: daysOf(UNTIL).week, series: [{ of: 'alerts', values: [0, 2, 0, 0, 0, 0, 0] }] },
      {
        of: 'capacity',
        form: 'line',
        name: 'shop-web',
        days: daysOf(UNTIL).week,
        series: [
          { of: 'highest', values: [3, 6, 6, 6, 6, 4, 4] },
          { of: 'lowest', values: [3, 3, 6, 6, 4, 4, 4] },
        ],
      },
    ]);
  });
});

const anyRow = fc
  .record({
    back: fc.integer({ min: 0, max: 16 }),
    of: fc.constantFrom('all', 'environment', 'source', 'receiver', 'set', 'rule', 'deployment'),
    name: fc.constantFrom('a', 'b', '<b>', '=1+1', 'x'.repeat(300), '한'.repeat(200)),
    environment: fc.constantFrom(undefined, 'prod', 'test'),
    many: fc.array(fc.nat(2_000), { minLength: 8, maxLength: 8 }),
    each: fc.array(fc.nat(100_000), { maxLength: 5 }),
  })
  .map(({ back, of, name, environment, many: [a, b, c, d, e = 0, f = 0, g = 0, h = 0], each }) =>
    row(dayAt(back), of as DayCount['of'], name, {
      ...{ environment, events: a },
      scale: {
        out: b,
        in: c,
        minimum: Math.min(e, f),
        maximum: Math.max(e, f),
        steps: [step(dayAt(back), '10:00', e, f)],
      },
      deployments: { succeeded: d, failed: e, lead: spread(...each), restore: spread(...each) },
      alerts: { fired: f, flaps: g, acknowledged: h, acknowledge: spread(...each), resolve: spread(...each) },
      drift: { minutes: g % 1_440 },
    }),
  );

describe('whatever was counted', () => {
  it('makes an event that the schema takes as it is, but for names that are too long', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), fc.constantFrom(undefined, 'prod'), (counts, environment) => {
        const document = reviewOf(counts, { until: UNTIL, environment });
        const told = eventSchema.parse({
          ...document,
          ...{ kind: 'review', id: 'r', source: 'relay', severity: 'info', occurredAt: document.until },
          ...{ resource: { name: 'x' }, links: [] },
        }) as Extract<RelayEvent, { kind: 'review' }>;

        expect(told.dora).toStrictEqual(document.dora);
        expect(told.alerts).toStrictEqual(document.alerts);
        expect(told.noisiest.map(({ count }) => count)).toStrictEqual(document.noisiest.map(({ count }) => count));
        expect(told.charts.map(({ series }) => series)).toStrictEqual(document.charts.map(({ series }) => series));
      }),
    );
  });

  it('is the same in whatever order it was read', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (counts) => {
        const unlike = [
          ...new Map(
            counts.map((each) => [JSON.stringify([each.day, each.of, each.name, each.environment]), each]),
          ).values(),
        ];

        expect(reviewOf(unlike.toReversed(), { until: UNTIL })).toStrictEqual(reviewOf(unlike, { until: UNTIL }));
      }),
    );
  });
});
