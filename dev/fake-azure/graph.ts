import type { Fleet, Subscription } from './fleet.ts';
import type { FakeSet, SetState } from './scale-set.ts';

export interface GraphRequest {
  readonly query: string;
  readonly fleet: Fleet;
  /** Milliseconds. */
  readonly now: number;
  readonly subscriptions: readonly Subscription[];
  /** The sets that Resource Graph knows of, in scope, each in the state it has heard of. */
  readonly sets: readonly { readonly set: FakeSet; readonly state: SetState }[];
  readonly settings: GraphSettings;
}

type Columns = Readonly<Record<string, unknown>>;

/** Wide rows are made when their page is written. */
export type GraphRow = Columns | (() => Columns);

/** A query that is understood. Others are refused as Resource Graph refuses what it cannot parse. */
export interface GraphQuery {
  readonly name: string;
  matches(query: string): boolean;
  /** In the order that the query asks for. */
  rows(request: GraphRequest): readonly GraphRow[];
  /** Whether it projects `id`, without which there is no second page; true by default. */
  readonly pageable?: boolean;
}

/** How Resource Graph differs from the truth. All of it may be changed while the fake runs. */
export interface GraphSettings {
  queries: readonly GraphQuery[];
  /** Milliseconds until a change of this set is known; 0 by default. */
  lag: (set: FakeSet) => number;
  /** Makes it say that all, or none, of the instances are behind. */
  says: (set: FakeSet) => 'drifted' | 'clean' | undefined;
  /** Whether instances have the property at all. */
  knowsLatestModelApplied: boolean;
  /** Subscriptions (ids) left out without a word. */
  lacks: ReadonlySet<string>;
  /** A page ends before this many bytes. */
  pageBytes: number;
}
