import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clockSetBy } from '../../src/outbound/storage/clock.ts';

const START = Date.parse('2026-11-20T14:05:09.000Z');

/** As HTTP writes it: to the second, cut. */
const httpDate = (at: number): string => new Date(at).toUTCString();

const answers = fc.array(fc.record({ pause: fc.nat(60_000), there: fc.nat(5_000), back: fc.nat(5_000) }), {
  minLength: 1,
  maxLength: 20,
});

it('is right to the length of its quickest answer and a second, however wrong the clock of the machine is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -900_000, max: 900_000 }), answers, (skew, all) => {
      let now = START;
      const clock = clockSetBy(() => now + skew);
      for (const { pause, there, back } of all) {
        now += pause;
        const asked = now + skew;
        now += there;
        const said = httpDate(now);
        now += back;
        clock.heard(said, asked);
      }
      const quickest = Math.min(...all.map(({ there, back }) => there + back));
      expect(Math.abs(clock.now() - now)).toBeLessThanOrEqual(quickest + 1_000);
    }),
  );
});

it('leaves a clock alone that is right', () => {
  fc.assert(
    fc.property(answers, (all) => {
      let now = START;
      const clock = clockSetBy(() => now);
      for (const { pause, there, back } of all) {
        now += pause + there;
        clock.heard(httpDate(now), now - there);
        now += back;
      }
      expect(clock.now()).toBe(now);
    }),
  );
});

it.each([undefined, null, '', 'soon', httpDate(0), httpDate(START + 86_400_000)])('lets go of %j', (said) => {
  const clock = clockSetBy(() => START);
  clock.heard(said, START);
  expect(clock.now()).toBe(START);
});
