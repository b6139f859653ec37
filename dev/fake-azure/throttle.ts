import { type Answer, refusal } from './answer.ts';
import { Buckets, Windows } from './buckets.ts';
import type { Clock } from './clock.ts';
import type { Limit, Limits } from './limits.ts';

/** What a call costs at Compute. */
export type Cost = 'high' | 'low' | 'vmList' | 'none';

export interface Place {
  readonly subscriptionId: string;
  readonly region: string;
  readonly set?: string;
  /** Instances looked at. */
  readonly views?: number;
}

type Passed = { readonly refused: Answer } | { readonly headers: Readonly<Record<string, string>> };

interface Meter {
  readonly name: string;
  readonly bucket: string;
  readonly limit: Limit | 'off';
  readonly amount: number;
}

/** Resource Manager's, Compute's and Resource Graph's limits. */
export class Throttle {
  readonly #limits: Limits;
  readonly #buckets: Buckets;
  readonly #windows: Windows;
  readonly #clock: Clock;

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#buckets = new Buckets(clock);
    this.#windows = new Windows(clock);
  }

  /** Every call passes here first. Without a subscription it counts for the tenant. */
  manager(subscriptionId: string | undefined): Passed {
    const scope = subscriptionId === undefined ? 'tenant' : 'subscription';
    const limit = subscriptionId === undefined ? this.#limits.tenantReads : this.#limits.subscriptionReads;
    if (limit === 'off') return { headers: {} };
    const taken = this.#buckets.take(`${scope} ${subscriptionId}`, limit, 1);
    const header = `x-ms-ratelimit-remaining-${scope}-reads`;
    if (taken.ok) {
      const global = { [`x-ms-ratelimit-remaining-${scope}-global-reads`]: String(limit.burst * 15 - 1) };
      return { headers: { [header]: String(taken.remaining), ...global } };
    }
    const code = subscriptionId === undefined ? 'TenantRequestsThrottled' : 'SubscriptionRequestsThrottled';
    const message = `Number of 'read' requests for ${scope} '${subscriptionId ?? 'fake'}' actor 'relay' exceeded. Please try again after '${taken.wait}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`;
    return { refused: refusal(429, code, message, { headers: { 'retry-after': String(taken.wait), [header]: '0' } }) };
  }

  /** Calls that Compute answers pass here as well. */
  compute(cost: Cost, place: Place): Passed {
    const remaining: string[] = [];
    for (const { name, bucket, limit, amount } of this.#meters(cost, place)) {
      if (limit === 'off') continue;
      const taken = this.#buckets.take(`${name} ${bucket}`, limit, amount);
      if (!taken.ok) return { refused: this.#tooMany(name, limit, taken.wait) };
      remaining.push(`Microsoft.Compute/${name};${taken.remaining}`);
    }
    return remaining.length === 0
      ? { headers: {} }
      : { headers: { 'x-ms-ratelimit-remaining-resource': remaining.join(',') } };
  }

  graph(): Passed {
    const limit = this.#limits.graphQueries;
    if (limit === 'off') return { headers: {} };
    const { ok, remaining, seconds } = this.#windows.take(limit);
    const headers = {
      'x-ms-user-quota-remaining': String(remaining),
      'x-ms-user-quota-resets-after': `00:00:${String(seconds).padStart(2, '0')}`,
    };
    if (ok) return { headers };
    const time = new Date(this.#clock.now()).toISOString();
    const message = `Please provide below info when asking for support: timestamp = ${time}, correlationId = 00000000-0000-0000-0000-000000000000.`;
    const detail = {
      code: 'RateLimiting',
      message:
        'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.',
    };
    return {
      refused: refusal(429, 'RateLimiting', message, {
        details: [detail],
        headers: { ...headers, 'retry-after': String(seconds) },
      }),
    };
  }

  // Names as recorded in August 2024. The list of VMs has none in any recording.
  #meters(cost: Cost, { subscriptionId, region, set = '', views = 0 }: Place): readonly Meter[] {
    const limits = this.#limits;
    const there = `${subscriptionId} ${region}`;
    const meter = (name: string, limit: Limit | 'off', bucket = there, amount = 1): Meter => ({
      name,
      bucket,
      limit,
      amount,
    });
    switch (cost) {
      case 'high':
        return [
          meter('HighCostGetVMScaleSetSubscriptionMaximum', limits.highCostGet),
          ...(set === '' ? [] : [meter('HighCostGetVMScaleSetResource', limits.highCostGetPerSet, `${there} ${set}`)]),
          ...(views === 0 ? [] : [meter('VMScaleSetVMViewsSubscriptionMaximum', limits.vmViews, there, views)]),
        ];
      case 'low':
        return [
          meter('GetVMScaleSetSubscriptionMaximum', limits.lowCostGet),
          meter('GetVMScaleSetResource', limits.lowCostGetPerSet, `${there} ${set}`),
        ];
      case 'vmList':
        return [meter('HighCostGetSubscriptionMaximum', limits.vmList)];
      case 'none':
        return [];
    }
  }

  /** As documented under "Troubleshoot API throttling errors"; the message inside is JSON once more. */
  #tooMany(target: string, { burst }: Limit, wait: number): Answer {
    const now = this.#clock.now();
    const message = JSON.stringify({
      operationGroup: target,
      startTime: new Date(now).toISOString(),
      endTime: new Date(now + wait * 1000).toISOString(),
      allowedRequestCount: burst,
      measuredRequestCount: burst + 1,
    });
    return refusal(
      429,
      'OperationNotAllowed',
      'The server rejected the request because too many requests have been received for this subscription.',
      {
        details: [{ code: 'TooManyRequests', target, message }],
        headers: { 'retry-after': String(wait), 'x-ms-ratelimit-remaining-resource': `Microsoft.Compute/${target};0` },
      },
    );
  }
}
