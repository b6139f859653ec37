import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Storm, stormAfter, untilOf } from '../../../src/delivery/rules/storm.ts';

const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const gather = fc
  .array(fc.integer({ min: 1, max: 600_000 }), { maxLength: 4 })
  .map((times) => [0, ...times.toSorted((a, b) => a - b)]);
/** Also of a configuration that gathered in more steps than there are now. */
const known: fc.Arbitrary<Storm | undefined> = fc.option(
  fc.record({ step: fc.nat({ max: 9 }), until: fc.integer({ min: NOW - 3_600_000, max: NOW }) }),
  { nil: undefined },
);

it('gathers for as long as one of its steps, by whatever was known of it before', () => {
  fc.assert(
    fc.property(known, fc.integer({ min: 1, max: 50 }), gather, (before, events, times) => {
      const storm = stormAfter(before, events, times, NOW);

      if (storm === undefined) return;
      expect(storm.until - NOW).toBe(times[storm.step]);
      expect(untilOf(storm, times, NOW)).toBe(storm.until);
    }),
  );
});

it('is over once nothing has come for all of its steps', () => {
  fc.assert(
    fc.property(known, gather, (before, times) => {
      const quiet = (before?.until ?? NOW) + times.reduce((sum, time) => sum + time, 0);
      expect(stormAfter(before, 1, times, quiet)).toBeUndefined();
    }),
  );
});
