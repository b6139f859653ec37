import type { Answer } from './answer.ts';
import type { Clock } from './clock.ts';
import type { GraphSettings } from './graph.ts';
import type { LiveFleet } from './live-fleet.ts';
import type { Query } from './query.ts';

/** Rows per page; Azure documents none of them but Resource Graph's 1,000. */
export interface PageSizes {
  readonly subscriptions: number;
  readonly descendants: number;
  readonly sets: number;
  readonly instances: number;
  readonly vms: number;
  readonly galleryVersions: number;
  readonly senders: number;
}

/** What was asked to be changed: a path after the set's id, and the body. */
export interface Write {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly body: unknown;
}

/** What a handler gets to see of a request. */
export interface AzureRequest {
  readonly fleet: LiveFleet;
  readonly clock: Clock;
  readonly graph: GraphSettings;
  readonly pageSizes: PageSizes;
  /** Of this server. */
  readonly origin: string;
  /** As sent, without query. */
  readonly path: string;
  readonly query: Query;
  /** Of the route's pattern, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of any interface, what is newer is not spoken. */
  readonly newest?: string | undefined;
  /** Where changes are kept, if they are let in. */
  readonly writes?: Write[] | undefined;
  /** What posts to whom, where there is such a thing. */
  readonly monitor?: { answer(request: AzureRequest, method: string): Answer | undefined } | undefined;
}
