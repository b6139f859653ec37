/**
 * How fast Azure may be asked. A token bucket holds `burst` calls at most and fills by `perSecond`; a call takes its
 * tokens at once, into debt if need be, and waits until the debt would be paid. So calls go out in the order they came.
 */
export interface Bucket {
  readonly tokens: number;
  /** Milliseconds: when that many were in it. */
  readonly at: number;
  /** Milliseconds: until then it fills slowly. */
  readonly slowUntil: number;
}

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export type Meter = 'reads' | 'high' | 'set' | 'views' | 'graph';

/**
 * Below what Azure allows, since others ask as well.
 * reads (per subscription, limit 250, then 25 a second):
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 * high, set and views (costly reads per subscription and region: 1,080, then 6 a second; per set: 30, then 10 a minute;
 * instances looked at: 30,000 a minute): https://learn.microsoft.com/azure/virtual-machines/compute-throttling-limits
 * graph (15 queries in 5 s): https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export const RATES: Readonly<Record<Meter, Rate>> = {
  reads: { perSecond: 20, burst: 200 },
  high: { perSecond: 5, burst: 900 },
  set: { perSecond: 10 / 60, burst: 10 },
  views: { perSecond: 500, burst: 20_000 },
  graph: { perSecond: 14 / 5, burst: 14 },
};

/** Resource Graph counts the queries of each user in stretches of 5 s: no more go within one, with a little for clocks that differ. */
const STRETCH = { most: 14, milliseconds: 5_250 };

/** When the next query may go, after those that go at these times (milliseconds, ascending); and the times to know then. */
export function inStretch(times: readonly number[], now: number): { due: number; times: readonly number[] } {
  const { most, milliseconds } = STRETCH;
  const due = Math.max(now, (times.at(-most) ?? Number.NEGATIVE_INFINITY) + milliseconds);
  return { due, times: [...times, due].slice(-most) };
}

const SLOWNESS = 0.25;

/** How long it takes Azure, about, to have enough again. */
const SLOW_SECONDS: Readonly<Record<Meter, number>> = { reads: 10, high: 60, set: 60, views: 60, graph: 5 };

export const fullBucket = ({ burst }: Rate, now: number): Bucket => ({ tokens: burst, at: now, slowUntil: 0 });

/** Takes tokens; `wait` is how many milliseconds the taker has to wait then. A negative amount gives tokens back. */
export function take(bucket: Bucket, rate: Rate, amount: number, now: number): { bucket: Bucket; wait: number } {
  const tokens = Math.min(rate.burst, filled(bucket, rate, now).tokens - amount);
  const left = { tokens, at: now, slowUntil: bucket.slowUntil };
  return { bucket: left, wait: tokens >= 0 ? 0 : Math.ceil(payingOff(left, rate)) };
}

/** Azure has little left: what is saved up is given up, and for a while the bucket fills at a quarter of its rate. */
export function slowed(bucket: Bucket, meter: Meter, now: number): Bucket {
  const { tokens } = filled(bucket, RATES[meter], now);
  return { tokens: Math.min(tokens, 0), at: now, slowUntil: now + SLOW_SECONDS[meter] * 1000 };
}

function filled(bucket: Bucket, rate: Rate, now: number): Bucket {
  // A clock may be set back.
  const elapsed = Math.max(0, now - bucket.at);
  const slow = Math.min(elapsed, Math.max(0, bucket.slowUntil - bucket.at));
  const gained = ((elapsed - slow + slow * SLOWNESS) * rate.perSecond) / 1000;
  return { ...bucket, tokens: Math.min(rate.burst, bucket.tokens + gained), at: now };
}

/** Milliseconds until a bucket in debt is empty. */
function payingOff({ tokens, at, slowUntil }: Bucket, rate: Rate): number {
  const perMillisecond = rate.perSecond / 1000;
  const slow = Math.max(0, slowUntil - at);
  const earnedSlowly = slow * perMillisecond * SLOWNESS;
  if (-tokens <= earnedSlowly) return -tokens / (perMillisecond * SLOWNESS);
  return slow + (-tokens - earnedSlowly) / perMillisecond;
}

/** Azure's own meters, by the names in its headers, with what is in them when full. The lower three until 2022. */
const REMAINING: Readonly<Record<string, readonly [Meter, number]>> = {
  'subscription-reads': ['reads', 250],
  // Of 15, our own queries leave one.
  'user-quota': ['graph', 10],
  HighCostGetVMScaleSetSubscriptionMaximum: ['high', 1_080],
  HighCostGetVMScaleSetResource: ['set', 30],
  VMScaleSetVMViewsSubscriptionMaximum: ['views', 30_000],
  HighCostGetVMScaleSet3Min: ['high', 180],
  HighCostGetVMScaleSet30Min: ['high', 900],
  VMScaleSetVMViews3Min: ['views', 5_000],
};

const LITTLE = 0.1;

/** Which meter has less than a tenth left; undefined for enough, and for names that are not known. */
export function runningLow(name: string, remaining: number): Meter | undefined {
  const [meter, full] = REMAINING[name] ?? [];
  return full !== undefined && remaining < full * LITTLE ? meter : undefined;
}
