import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bucket,
  fullBucket,
  inStretch,
  type Rate,
  runningLow,
  slowed,
  take,
} from '../../src/outbound/arm/throttle.ts';

const rate: Rate = { perSecond: 2, burst: 4 };

/** Takes one after the other, each as soon as it is asked; the milliseconds that each has to wait. */
function waits(count: number, bucket: Bucket = fullBucket(rate, 0), now = 0): readonly number[] {
  if (count === 0) return [];
  const { bucket: left, wait } = take(bucket, rate, 1, now);
  return [wait, ...waits(count - 1, left, now)];
}

describe('a bucket', () => {
  it('lets a burst through and then as many as it is filled with, in order', () => {
    expect(waits(7)).toStrictEqual([0, 0, 0, 0, 500, 1000, 1500]);
  });

  it('is full again after a while, and never fuller', () => {
    const { bucket } = take(fullBucket(rate, 0), rate, 4, 0);

    expect(waits(5, bucket, 2_000)).toStrictEqual([0, 0, 0, 0, 500]);
    expect(waits(5, bucket, 3_600_000)).toStrictEqual([0, 0, 0, 0, 500]);
  });

  it('gets back what was not needed', () => {
    const { bucket } = take(fullBucket(rate, 0), rate, 10, 0);

    expect(take(take(bucket, rate, -8, 0).bucket, rate, 1, 0).wait).toBe(0);
    expect(take(bucket, rate, 1, 0).wait).toBe(3_500);
  });

  it('fills at a quarter of its rate while Azure has little left, and as before after that', () => {
    const two = { perSecond: 2, burst: 4 };
    const low = slowed(fullBucket(two, 0), 'graph', 0);

    expect(take(low, two, 1, 0).wait).toBe(2_000);
    // 5 s at a quarter of 2 a second are 2.5; the other 3.5 take 1.75 s.
    expect(take(low, two, 6, 0).wait).toBe(6_750);
  });

  it('does not mind a clock that is set back', () => {
    const { bucket } = take(fullBucket(rate, 10_000), rate, 4, 10_000);

    expect(take(bucket, rate, 1, 0).wait).toBe(500);
  });

  it('never lets more through than its burst and its rate allow, whoever asks when', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pauses, (all) => {
        let now = 0;
        let bucket = fullBucket(rate, 0);
        const gone = all.map((pause) => {
          now += pause;
          const taken = take(bucket, rate, 1, now);
          bucket = taken.bucket;
          return now + taken.wait;
        });

        const allowed = (from: number, to: number) => rate.burst + (rate.perSecond * (to - from)) / 1000;
        const last = gone.at(-1) ?? 0;
        return gone.every(
          (from, index) => gone.length - index <= allowed(from, last) + 1 && (gone[index - 1] ?? 0) <= from,
        );
      }),
    );
  });
});

it('lets fourteen queries go at once, and no more within five seconds, however they come', () => {
  let [times, now]: [readonly number[], number] = [[], 0];
  const went: number[] = [];
  for (let query = 0; query < 60; query += 1) {
    const next = inStretch(times, now);
    times = next.times;
    went.push(next.due);
    now = next.due + (query % 7) * 30;
  }

  expect(went.filter((at) => at < 5_000)).toHaveLength(14);
  for (const at of went) expect(went.filter((each) => each >= at && each < at + 5_250).length).toBeLessThanOrEqual(14);
  expect(times).toHaveLength(14);
});

describe('a meter of Azure', () => {
  it.each([
    ['subscription-reads', 24, 'reads'],
    ['subscription-reads', 25, undefined],
    ['HighCostGetVMScaleSetSubscriptionMaximum', 107, 'high'],
    ['HighCostGetVMScaleSetSubscriptionMaximum', 108, undefined],
    ['HighCostGetVMScaleSetResource', 2, 'set'],
    ['VMScaleSetVMViewsSubscriptionMaximum', 0, 'views'],
    ['user-quota', 1, undefined],
    ['user-quota', 0, 'graph'],
    ['GetVMScaleSet3Min', 0, undefined],
  ])('%s with %i left is low on %s', (name, remaining, expected) => {
    expect(runningLow(name, remaining)).toBe(expected);
  });
});
