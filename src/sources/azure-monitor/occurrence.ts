import type { Link } from './links.ts';
import type { Pairs } from './pairs.ts';

/** What an alert says around the entry of the activity log that it tells of. */
export interface Occurrence {
  /** The sender's own words for this occurrence. */
  readonly identity: readonly string[];
  readonly story?: string | undefined;
  readonly rule: string;
  readonly state: 'fired' | 'resolved';
  /** The sender's own for it, where nobody here knows it. */
  readonly word?: string | undefined;
  readonly severity?: string | undefined;
  readonly occurredAt: string;
  /** When the entry was written, which is before the alert. */
  readonly eventAt?: string | undefined;
  readonly firedAt?: string | undefined;
  readonly targets: readonly string[];
  readonly items?: readonly string[] | undefined;
  readonly type?: string | undefined;
  readonly group?: string | undefined;
  readonly region?: string | undefined;
  readonly description?: string | undefined;
  readonly environment?: string | undefined;
  readonly properties?: Pairs | undefined;
  readonly links: readonly Link[];
}
