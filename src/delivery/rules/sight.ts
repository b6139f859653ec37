/** A machine of a scale set, as one look shows it. */
export interface Machine {
  /** As Azure's lists have it; of one set, no two have the same. */
  readonly name: string;
  readonly zone?: string | undefined;
  /** ISO; undefined where Azure does not say. */
  readonly createdAt?: string | undefined;
  /** underWay: everything that is neither running nor failed nor being deleted, or that nobody knows. */
  readonly state: 'running' | 'underWay' | 'failed' | 'deleting';
  /** Whether it is in a standby pool, whose machines are not in the set's capacity. */
  readonly isPooled?: boolean | undefined;
  /** ISO: when its last operation ended. */
  readonly since?: string | undefined;
  /** Of one that failed: Azure's word for why, letters only. */
  readonly code?: string | undefined;
  /** Whether it failed for want of quota. */
  readonly quota?: boolean | undefined;
}

/** A scale set, as one look finds it. */
export interface Sight {
  /** Instances that it should have; undefined where Azure does not say. */
  readonly capacity?: number;
  readonly machines: readonly Machine[];
  /** How many of its list could not be understood. */
  readonly unread: number;
}
