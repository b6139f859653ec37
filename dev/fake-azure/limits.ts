/** A token bucket: `burst` tokens at first and at most, refilled steadily. */
export interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

/** Each may be `off`. Sources are with the defaults below. */
export interface Limits {
  /** Resource Manager, per subscription. */
  readonly subscriptionReads: Limit | 'off';
  /** Resource Manager, calls outside of subscriptions. */
  readonly tenantReads: Limit | 'off';
  /** Compute, per subscription and region. */
  readonly highCostGet: Limit | 'off';
  /** Compute, per set. */
  readonly highCostGetPerSet: Limit | 'off';
  readonly lowCostGet: Limit | 'off';
  readonly lowCostGetPerSet: Limit | 'off';
  /** Compute, per subscription and region, one per instance looked at. */
  readonly vmViews: Limit | 'off';
  readonly vmList: Limit | 'off';
  /** Resource Graph, queries per window of five seconds. */
  readonly graphQueries: number | 'off';
}

/**
 * Resource Manager: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 * Compute, buckets per minute that are refilled at a third of it:
 * https://learn.microsoft.com/azure/virtual-machines/compute-throttling-limits
 * Resource Graph: https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export const DOCUMENTED: Limits = {
  subscriptionReads: { burst: 250, perSecond: 25 },
  tenantReads: { burst: 250, perSecond: 25 },
  highCostGet: { burst: 1_080, perSecond: 6 },
  highCostGetPerSet: { burst: 30, perSecond: 10 / 60 },
  lowCostGet: { burst: 2_400, perSecond: 800 / 60 },
  lowCostGetPerSet: { burst: 36, perSecond: 12 / 60 },
  vmViews: { burst: 30_000, perSecond: 500 },
  vmList: { burst: 900, perSecond: 5 },
  graphQueries: 15,
};

export const UNLIMITED: Limits = {
  subscriptionReads: 'off',
  tenantReads: 'off',
  highCostGet: 'off',
  highCostGetPerSet: 'off',
  lowCostGet: 'off',
  lowCostGetPerSet: 'off',
  vmViews: 'off',
  vmList: 'off',
  graphQueries: 'off',
};
