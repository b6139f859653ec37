import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Expectation,
  type ExpectedSenders,
  expectedSenders,
  looked,
} from '../../../src/delivery/rules/expected.ts';
import type { Sender } from '../../../src/delivery/rules/senders.ts';

const START = Date.parse('2026-11-20T14:00:00.000Z');
const MINUTE = 60_000;
const iso = (at: number) => new Date(at).toISOString();
const rules: readonly Expectation[] = [{ source: 'flux', every: 5 * MINUTE }];
const sender = (last: number | undefined, refusals: Sender['refusals'] = []): Sender => ({
  ...{ source: 'flux', hours: {}, refusals },
  ...(last !== undefined && { last: iso(last) }),
});

interface Look {
  readonly at: number;
  readonly last?: number | undefined;
  readonly refusals?: Sender['refusals'];
}

/** What looks one after the other tell. Times are in milliseconds after the start. */
function tell(looks: readonly Look[], expects = rules) {
  let known: ExpectedSenders | undefined;
  const told: { at: number; topic: string; id: string; lasted: number | undefined; reason: string | undefined }[] = [];
  for (const { at, last, refusals } of looks) {
    const senders = [sender(last === undefined ? undefined : START + last, refusals)];
    const { next, news } = looked(known, { rules: expects, senders, now: START + at });
    known = expectedSenders.parse(JSON.parse(JSON.stringify(next)));
    for (const { event } of news)
      told.push({ at, topic: event.topic, id: event.id, lasted: event.lasted, reason: event.reason });
  }
  return told;
}

const each = (minutes: number, look: (at: number) => Partial<Look> = () => ({}), from = 0) =>
  Array.from({ length: minutes }, (_, at): Look => ({ at: (from + at) * MINUTE, ...look((from + at) * MINUTE) }));

describe('a sender that is expected', () => {
  it('is told to be silent once for each silence, within two minutes of being due, and back once', () => {
    // Times between two webhooks, in seconds; a look at some second of each minute; what came is known 30 s later.
    const gaps = fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 30 }), (seconds, second, late) => {
        const times: number[] = [];
        for (const gap of seconds) times.push((times.at(-1) ?? 0) + gap * 1_000);
        const end = (times.at(-1) ?? 0) + 30 * MINUTE;
        const looks = Array.from({ length: Math.ceil(end / MINUTE) }, (_, at) => at * MINUTE + second * 1_000).map(
          (at) => ({ at, last: times.findLast((time) => time <= at - late * 1_000) }),
        );
        const told = tell(looks);

        const first = looks[0]?.at ?? 0;
        const points = [first, ...times.filter((time) => time > first), Number.POSITIVE_INFINITY];
        // Every silence whose notice cannot fail to be due, and none that is shorter than the rule.
        const silences = points.slice(0, -1).map((from, at) => ({ from, until: points[at + 1] ?? 0 }));
        const silent = told.filter(({ topic }) => topic === 'silent');
        for (const { at } of silent)
          expect(silences.some(({ from, until }) => at - from >= 5 * MINUTE && until > at - 50_000)).toBe(true);
        for (const { from, until } of silences) {
          // What came a moment ago may not be known yet: then what is told is the silence before it.
          const within = silent.filter(({ at }) => at >= from + 5 * MINUTE && at <= from + 7 * MINUTE);
          if (until - from > 7 * MINUTE) expect(within).toHaveLength(1);
          if (until - from < 5 * MINUTE)
            expect(silent.filter(({ at }) => at > from + MINUTE && at < until)).toHaveLength(0);
        }
        expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
        expect(told.map(({ topic }) => topic)).toStrictEqual(told.map((_, at) => (at % 2 === 0 ? 'silent' : 'heard')));
      }),
      { numRuns: 300 },
    );
  });

  it('that never came counts from when the rule was first seen, and may come after all', () => {
    const told = tell(each(30, (at) => (at < 20 * MINUTE ? {} : { last: 20 * MINUTE - 30_000 })));

    expect(told).toMatchObject([
      { topic: 'silent', at: 6 * MINUTE, lasted: 360 },
      { topic: 'heard', at: 20 * MINUTE, lasted: 1_170 },
      { topic: 'silent', at: 26 * MINUTE },
    ]);
  });

  it('is not silent for the time in which the relay itself stood still', () => {
    expect(tell([...each(3, () => ({ last: 0 })), ...each(5, () => ({ last: 0 }), 180)])).toStrictEqual([]);
    expect(tell([...each(3, () => ({ last: 0 })), ...each(8, () => ({ last: 0 }), 180)])).toMatchObject([
      { topic: 'silent', at: 186 * MINUTE, lasted: 186 * 60 },
    ]);
  });

  it('is told once, also where the relay stood still and looks again before it was written down', () => {
    const looks = each(10, () => ({ last: 0 }));
    const again = [...each(3, () => ({ last: 0 })), ...each(10, () => ({ last: 0 }), 60)];

    expect(tell(looks).map(({ id }) => id)).toStrictEqual(tell(again).map(({ id }) => id));
  });

  it.each([
    ['back', -180],
    ['ahead', 180],
  ])('begins anew where the clock is set %s', (_, by) => {
    const jumped = each(5, () => ({ last: 0 }), 5 + by);

    expect(tell([...each(4, () => ({ last: 0 })), ...jumped])).toStrictEqual([]);
  });

  it('counts from now where what came last is of a clock that is ahead', () => {
    const told = tell(each(30, () => ({ last: 10 * MINUTE })));

    expect(told).toMatchObject([{ topic: 'silent', at: 16 * MINUTE }]);
  });

  it('is known although its own row is gone', () => {
    const told = tell(each(12, (at) => (at < 3 * MINUTE ? { last: at } : {})));

    expect(told).toMatchObject([{ topic: 'silent', lasted: 360 }]);
  });

  it('comes with what was refused since it was last heard, the most first, and nothing older', () => {
    const refusal = (reason: string, status: number, count: number, at: number) => ({
      ...{ reason, status, count },
      ...{ since: iso(START + at), at: iso(START + at) },
    });
    const refusals = [
      refusal('payload', 422, 1, 2 * MINUTE),
      refusal('no token', 401, 7, MINUTE),
      refusal('body-not-json', 400, 9, -MINUTE),
    ];
    const [told] = tell(each(8, () => ({ last: 0, refusals })));

    expect(told?.reason).toBe('401 no token ×7 (2026-11-20 14:01 UTC); 422 payload ×1 (2026-11-20 14:02 UTC)');
  });

  it('is forgotten with its rule', () => {
    const { next } = looked(
      { at: iso(START), senders: { gone: { since: iso(START), from: iso(START) } } },
      { rules, senders: [], now: START + MINUTE },
    );

    expect(Object.keys(next.senders)).toStrictEqual(['flux']);
  });
});
