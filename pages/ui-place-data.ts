/** What the relay answers of the fleet and of who sends. Newer relays may say more, older ones less. Times are ISO. */

export interface ListedSet {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly environment?: string;
  readonly verdict: string;
  readonly behind?: number;
  readonly total?: number;
  readonly since: string;
  readonly sinceAtLeast?: boolean;
  /** Why it was not read. */
  readonly why?: string;
}

export interface UnseenScope {
  readonly id: string;
  readonly name: string;
  readonly why?: string;
  readonly since: string;
  readonly part?: boolean;
}

export interface Fleet {
  readonly on: boolean;
  /** The last run; left out before the first. */
  readonly ranAt?: string;
  readonly blindSince?: string;
  readonly unseen?: readonly UnseenScope[];
  readonly sets: readonly ListedSet[];
}

/** The days (UTC) of sets, as they are counted. */
export interface SetDays {
  readonly countedUntil?: string;
  readonly days: readonly {
    readonly day: string;
    readonly name: string;
    readonly id?: string;
    readonly drift?: { readonly minutes: number };
  }[];
}

export interface RefusedRequests {
  readonly reason: string;
  readonly status: number;
  readonly count: number;
  readonly at: string;
}

export interface Sender {
  readonly source: string;
  readonly last?: string;
  readonly count24h?: number;
  readonly refusals: readonly RefusedRequests[];
  /** `every` is in seconds. */
  readonly expected?: { readonly every: number; readonly due: string; readonly silentSince?: string };
}

export interface Senders {
  readonly senders: readonly Sender[];
}
