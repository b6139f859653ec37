import type { Approval, Instance, ModelChange, OsUpgrade, Rollout, ScaleSet } from './rules/azure.ts';
import type { ImageVersions } from './rules/image-age.ts';
import type { Scope } from './rules/settings.ts';

/** What was asked for. It stands in failures, in place of an address. */
export type Call =
  | 'token'
  | 'subscriptions'
  | 'sets'
  | 'set'
  | 'instances'
  | 'rollout'
  | 'osUpgrade'
  | 'approval'
  | 'services'
  | 'image'
  | 'probe'
  | 'candidates'
  | 'models'
  | 'flex'
  | 'images'
  | 'changes'
  | 'senders';

interface About {
  readonly call: Call;
  /** The last segment of the id of what was asked for: a set's name, a subscription's GUID; empty for the tenant. */
  readonly name: string;
  /** The HTTP status; undefined where nothing answered, or nothing was sent. */
  readonly status?: number;
  /** Azure's word for the error, letters only. */
  readonly code?: string;
}

/** Why something was not read. It holds no text of Azure's. */
export type Failure = About &
  (
    | {
        /**
         * gone: 404. forbidden: 401 or 403. stopped: the deadline or the signal came first. failed: no answer, errors of
         * the server after three tries, an answer that cannot be understood.
         */
        readonly kind: 'gone' | 'forbidden' | 'stopped' | 'failed';
      }
    | ({ readonly kind: 'held' } & Hold)
  );

/** Azure wants no calls for a while that outlasts the run. */
export interface Hold {
  /** Lower-cased; empty for what stands outside of subscriptions. */
  readonly subscriptionId: string;
  /** Empty: everywhere in the subscription. `graph`, without a subscription: Resource Graph. */
  readonly location: string;
  /** ISO. */
  readonly until: string;
}

export type ReadResult<T> = { readonly kind: 'read'; readonly value: T } | Failure;

/** Part of a list. A failure ends the list: what came before stands, the rest is unknown. */
export type Page<T> =
  | {
      readonly kind: 'page';
      readonly items: readonly T[];
      /** Ids of what is in the list and cannot be understood; empty text where it has none. */
      readonly unread: readonly string[];
      /** Resource Graph has more and will not give it. */
      readonly truncated: boolean;
    }
  | Failure;

export type Pages<T> = AsyncIterable<Page<T>>;

export interface Subscription {
  /** GUID, lower-cased. */
  readonly id: string;
  /** Display name; the GUID where Azure does not say. */
  readonly name: string;
}

/** What the calls of a run may take. */
export interface Run {
  /** Milliseconds since 1970: no call goes on after it, and no wait. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Of earlier runs: calls there fail as `held` at once until the hold is over. */
  readonly holds: readonly Hold[];
  /** Takes a line for the log. */
  readonly note?: ((text: string, details: object) => void) | undefined;
}

/** Where a set is: a ScaleSet is one. */
export type SetLocation = Pick<ScaleSet, 'id' | 'subscriptionId' | 'location'>;

/** What a run has cost so far. */
export interface Spent {
  /** HTTP requests to Resource Manager, tries included. */
  readonly reads: number;
  /** HTTP requests to Resource Graph, tries included. */
  readonly queries: number;
  /** Answers that asked to wait. */
  readonly throttled: number;
  /** VM views that Azure charged. */
  readonly views: number;
}

/** Strong reads, from the resource providers. Nothing rejects. */
export interface ScaleSets {
  /** The subscriptions of the scopes, each once, sorted by id, and which scopes could not be resolved. */
  subscriptions(scopes: readonly Scope[]): Promise<{
    readonly found: readonly Subscription[];
    readonly missing: readonly { readonly scope: Scope; readonly failure: Failure }[];
  }>;
  sets(subscriptionId: string): Pages<ScaleSet>;
  set(place: SetLocation): Promise<ReadResult<ScaleSet>>;
  /**
   * Uniform: those with latestModelApplied=false, and others where Azure does not sort them out, with their instance views; or all, without. Flexible: always all,
   * with their instance views, since Azure cannot tell them apart there.
   */
  instances(set: SetLocation & Pick<ScaleSet, 'orchestration' | 'capacity'>, which: 'drifted' | 'all'): Pages<Instance>;
  /** Undefined: there never was one. */
  rollout(set: SetLocation): Promise<ReadResult<Rollout | undefined>>;
  osUpgrade(set: SetLocation): Promise<ReadResult<OsUpgrade | undefined>>;
  /** Undefined: no upgrade waits for an answer. */
  approval(set: SetLocation): Promise<ReadResult<Approval | undefined>>;
  /** Whether automatic repairs have been suspended, by Azure or by somebody. */
  repairsSuspended(set: SetLocation): Promise<ReadResult<boolean>>;
  /**
   * The versions of an image that `latest` may mean where a set is, and when they were published. Of the marketplace only
   * the one that it means now. Empty where Azure names none, or the image is no such image.
   */
  imageVersions(set: SetLocation, image: ImageName): Promise<ReadResult<ImageVersions['versions']>>;
  readonly graph: Graph;
  spent(): Spent;
}

/** An image without its version: from the marketplace, or the ARM, shared or community id of a gallery's image. */
export type ImageName =
  | { readonly publisher: string; readonly offer: string; readonly sku: string }
  | { readonly galleryImageId: string };

/** Weak reads, from Resource Graph: quick, and perhaps minutes old. What may not be read is left out without a word. */
export interface Graph {
  /** Whether the rows of instances say which model they have. `rows` 0: there are none, so nothing is known. */
  probe(scopes: readonly Scope[]): Promise<ReadResult<{ readonly rows: number; readonly withModel: number }>>;
  /** The subscriptions that Resource Graph answers for. */
  subscriptions(scopes: readonly Scope[]): Pages<Subscription>;
  /** Uniform sets with drifted instances. A set can come twice where scopes overlap. */
  candidates(scopes: readonly Scope[]): Pages<{ readonly setId: string; readonly drifted: number }>;
  models(scopes: readonly Scope[]): Pages<ScaleSet>;
  /** Instances of Flexible sets, counted by the time in their tag; undefined where it is missing or unreadable. */
  flex(scopes: readonly Scope[]): Pages<FlexCount>;
  /** Instances of Uniform sets, counted by the image version that they run. */
  images(scopes: readonly Scope[]): Pages<ImageCount>;
  /** The newest change of each set's model within 14 days, as far as known. */
  changes(setIds: readonly string[]): Pages<{ readonly setId: string; readonly change: ModelChange }>;
}

export interface FlexCount {
  /** Lower-cased ARM id. */
  readonly setId: string;
  /** ISO. */
  readonly profileCreatedAt?: string;
  readonly count: number;
}

export interface ImageCount {
  /** Lower-cased ARM id. */
  readonly setId: string;
  /** As Azure writes it, "18.04.201906271". */
  readonly version: string;
  readonly count: number;
}

/** Readers for one run; they share its budget, its pace and what Azure asks to wait for. */
export type OpenScaleSets = (run: Run) => ScaleSets;
