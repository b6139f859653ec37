import { type Bucket, fullBucket, inStretch, type Meter, RATES, runningLow, slowed, take } from './throttle.ts';

/** What a call weighs, and where. */
export interface Weight {
  /** Lower-cased GUID; empty outside of subscriptions. */
  readonly subscriptionId: string;
  /** Empty where the call is about no region. */
  readonly location: string;
  readonly cost: 'low' | 'high' | 'graph';
  /** Lower-cased: whose instances are listed. */
  readonly setId?: string;
  /** Instances that will be looked at, as far as known. */
  readonly views?: number;
}

/** One header of an answer, by its lower-cased name. */
export type ReadHeader = (name: string) => string | undefined;

/** The token buckets of one run. */
export interface Budget {
  /** Takes what the call weighs; when it may go, in milliseconds. Undefined, and nothing taken, where that is too late. */
  book(weight: Weight, latest: number): number | undefined;
  /** Takes down what an answer says about what is left; how many views Azure charged. */
  settle(weight: Weight, header: ReadHeader): number;
}

export function budget(now: () => number): Budget {
  const buckets = new Map<string, Bucket>();
  let queries: readonly number[] = [];
  const bucketOf = (key: string, meter: Meter): Bucket => buckets.get(key) ?? fullBucket(RATES[meter], now());

  return {
    book(weight, latest) {
      const taken = metersOf(weight).map(({ meter, key, amount }) => ({
        key,
        ...take(bucketOf(key, meter), RATES[meter], amount, now()),
      }));
      const stretch = weight.cost === 'graph' ? inStretch(queries, now()) : undefined;
      const due = Math.max(now() + Math.max(...taken.map(({ wait }) => wait)), stretch?.due ?? 0);
      if (due > latest) return undefined;
      if (stretch !== undefined) queries = stretch.times;
      for (const { key, bucket } of taken) buckets.set(key, bucket);
      return due;
    },
    settle(weight, header) {
      const charge = Number(header('x-ms-request-charge') ?? Number.NaN);
      const low = remainingIn(header).map(([name, remaining]) => runningLow(name, remaining));
      for (const { meter, key, amount } of metersOf(weight)) {
        if (meter === 'views' && charge >= 0) {
          buckets.set(key, take(bucketOf(key, meter), RATES.views, charge - amount, now()).bucket);
        }
        if (low.includes(meter)) buckets.set(key, slowed(bucketOf(key, meter), meter, now()));
      }
      return weight.views !== undefined && charge >= 0 ? charge : 0;
    },
  };
}

interface Taken {
  readonly meter: Meter;
  readonly key: string;
  readonly amount: number;
}

/** What a call takes, and from which buckets. */
function metersOf({ subscriptionId, location, cost, setId, views }: Weight): readonly Taken[] {
  if (cost === 'graph') return [{ meter: 'graph', key: 'graph', amount: 1 }];
  const region = `${subscriptionId}/${location}`;
  return [
    { meter: 'reads', key: `reads ${subscriptionId}`, amount: 1 },
    ...(cost === 'high' ? [{ meter: 'high', key: `high ${region}`, amount: 1 } as const] : []),
    ...(setId === undefined ? [] : [{ meter: 'set', key: `set ${setId}`, amount: 1 } as const]),
    ...(views === undefined ? [] : [{ meter: 'views', key: `views ${region}`, amount: views } as const]),
  ];
}

/** `x-ms-ratelimit-remaining-resource: Microsoft.Compute/HighCostGetVMScaleSet3Min;179,…`, and its kin. */
function remainingIn(header: ReadHeader): readonly (readonly [string, number])[] {
  const resources = (header('x-ms-ratelimit-remaining-resource') ?? '').split(',').map((one) => one.trim().split(';'));
  const named = [
    ['subscription-reads', header('x-ms-ratelimit-remaining-subscription-reads')],
    ['user-quota', header('x-ms-user-quota-remaining')],
    ...resources.map(([name = '', left]) => [name.replace(/^.*\//, ''), left] as const),
  ] as const;
  return named.flatMap(([name, left]) => (/^\d+$/.test(left ?? '') ? [[name, Number(left)] as const] : []));
}
