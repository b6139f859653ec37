import type { Clock } from './clock.ts';
import type { PageSizes } from './fake-azure.ts';
import type { GraphSettings } from './graph.ts';
import type { LiveFleet } from './live-fleet.ts';
import type { Monitor } from './monitor.ts';
import type { Query } from './query.ts';
import type { Write } from './write-answers.ts';

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
  readonly monitor?: Monitor | undefined;
}
