import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOfDay, type Seen, type Sender, seenOf, sender, together } from '../../../src/delivery/rules/senders.ts';

const NOW = Date.parse('2026-11-20T14:00:00.000Z');
const HOUR = 3_600_000;

const anySeen: fc.Arbitrary<Seen> = fc.record({
  source: fc.constant('grafana'),
  at: fc.integer({ min: NOW - 6 * 24 * HOUR, max: NOW }),
  refused: fc.option(fc.record({ reason: fc.constantFrom('no token', 'payload'), status: fc.constantFrom(401, 422) }), {
    nil: undefined,
  }),
});

const all = (seen: readonly Seen[]): Sender =>
  seen.map(seenOf).reduce((one, other) => together(one, other, NOW), { source: 'grafana', hours: {}, refusals: [] });

describe('what is known of a sender', () => {
  it('is the same in whatever order instances write it, and how much of it at once', () => {
    fc.assert(
      fc.property(fc.array(anySeen, { maxLength: 30 }), fc.nat(30), (seen, at) => {
        const [one, other] = [all(seen.slice(0, at)), all(seen.slice(at))];
        expect(together(other, one, NOW)).toStrictEqual(all(seen));
        expect(sender.parse(JSON.parse(JSON.stringify(all(seen))))).toStrictEqual(all(seen));
      }),
    );
  });

  it('lists what was refused at one time by what it was', () => {
    const refused = (status: number, reason: string): Seen => ({
      source: 'grafana',
      at: NOW,
      refused: { reason, status },
    });
    const { refusals } = all([refused(422, 'payload'), refused(401, 'no token'), refused(401, 'key')]);

    expect(refusals.map(({ status, reason }) => `${status} ${reason}`)).toStrictEqual([
      '401 key',
      '401 no token',
      '422 payload',
    ]);
  });

  it('has the last that was accepted, and the count of all', () => {
    fc.assert(
      fc.property(fc.array(anySeen, { maxLength: 30 }), (seen) => {
        const accepted = seen.filter(({ refused }) => refused === undefined).map(({ at }) => at);
        const { last, refusals } = all(seen);
        expect(last).toBe(accepted.length === 0 ? undefined : new Date(Math.max(...accepted)).toISOString());
        expect(refusals.reduce((sum, { count }) => sum + count, 0)).toBe(seen.length - accepted.length);
        expect(countOfDay(all(seen), NOW)).toBe(
          accepted.filter((at) => Math.floor(at / HOUR) * HOUR > NOW - 24 * HOUR).length,
        );
      }),
    );
  });

  it('is bounded, whatever is refused, and forgets after a week', () => {
    const refused = (at: number, index: number) =>
      seenOf({ source: 'grafana', at, refused: { reason: `${index}${'x'.repeat(500)}`, status: 401 } });
    const many = Array.from({ length: 50 }, (_, index) => refused(NOW - index * 1_000, index));
    const known = many.reduce((one, other) => together(one, other, NOW));

    expect(known.refusals).toHaveLength(8);
    expect(JSON.stringify(known).length).toBeLessThan(3_000);
    expect(together(known, known, NOW + 8 * 24 * HOUR).refusals).toStrictEqual([]);
  });
});
