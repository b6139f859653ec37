import type { Approval, Instance, ModelChange, OsUpgrade, Rollout, ScaleSet } from './azure.ts';
import type { Reason } from './differences/difference.ts';
import type { ImageVersions, InUse } from './image-age.ts';
import { examined } from './reasons.ts';

/** What one run read, and is judged by. */
export interface RunReading {
  /** Every subscription that the run meant to cover, whatever came of it. */
  readonly scopes: readonly ScopeReading[];
  /** The sets that were read strongly and to their last page; a set without drift is what resolves it. */
  readonly sets: readonly SetReading[];
  /** Lower-cased ids of sets that are no more: 404, or missing from a list that was read to its end. */
  readonly gone: readonly string[];
  /** Sets that were asked for, and did not come to their end; what was put off is not among them. */
  readonly unread?: readonly UnreadSet[];
}

export interface UnreadSet {
  /** Lower-cased ARM id. */
  readonly key: string;
  readonly name: string;
  /** A code or a few words, for people. */
  readonly why: string;
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number;
}

export interface ScopeReading {
  /** GUID, lower-cased. */
  readonly subscriptionId: string;
  readonly name?: string;
  /**
   * full: its lists came to their end; a set that did not, or was put off to the next run, does not count.
   * part: a list broke off that may come next time.
   * none: it may not be read. Told once, as is that it can be read again.
   */
  readonly read: 'full' | 'part' | 'none';
  /** Of part and none: a code or a few words, for people. */
  readonly why?: string;
  /** Of part and none: the HTTP status of the answer, where there was one. */
  readonly status?: number;
  /**
   * Of part: nothing of it was read. failed: told like none, once that is so for two runs in a row.
   * putOff: Azure asked to wait, the time was up, or another scope has to be read first; not told.
   */
  readonly unseen?: 'failed' | 'putOff';
}

/** Whether a run read nothing of a scope. */
export const isUnread = ({ read, unseen }: ScopeReading): boolean => read === 'none' || unseen !== undefined;

/** One set as the resource provider told it in this run. */
export interface SetReading {
  readonly set: ScaleSet;
  /** Of the set's model, where that was let go. */
  readonly modelHash?: string;
  /** Instances that it has. */
  readonly total: number;
  readonly drifted: readonly DriftedInstance[];
  /** Instances of which Azure does not tell their model. */
  readonly unknown: number;
  /** Instances that are listed and being deleted, which may be in the total or not. */
  readonly leaving?: number;
  /** Read where the mode is Rolling or automatic OS upgrades are on. */
  readonly rollout?: Rollout;
  /** Read where the rollout has faulted, or an image went back. */
  readonly osUpgrade?: OsUpgrade;
  /** Read where the set has lifecycle hooks. */
  readonly approval?: Approval;
  /** Read now and then, where the set has automatic repairs. */
  readonly repairsSuspended?: boolean;
  readonly change?: ModelChange;
  /** Both, where the model says `latest` and the images were looked at, which is once a day. */
  readonly newestImages?: ImageVersions;
  readonly inUse?: readonly InUse[];
}

/** All that is kept of a drifted instance while a run goes on: some 300 bytes of several thousand. */
export interface DriftedInstance {
  /** Instance id and VM id: the former is used again for other machines. */
  readonly key: string;
  readonly instanceId: string;
  /** None: no difference is visible. */
  readonly reasons: readonly Reason[];
  /** Keyed with the process's own key; must not leave the process. Undefined for an instance changed by hand. */
  readonly fingerprint?: string;
  /** Whether an upgrade skips it: protected, or marked SkipUpgrade. */
  readonly held: boolean;
  readonly state: Instance['state'];
  /** ISO. */
  readonly createdAt?: string;
  /** ISO: when the last operation on it ended; of instances without a visible difference, or changed by hand. */
  readonly touchedAt?: string;
}

/** What a page of instances comes to. */
export interface InstanceSummary {
  readonly seen: number;
  readonly drifted: readonly DriftedInstance[];
  readonly unknown: number;
  /** Being deleted. */
  readonly leaving: number;
}

/**
 * Reduces a page of instances, without those that are being deleted or in a standby pool; afterwards the page can be let go. `key` is of `fingerprint`.
 * Pages of one set are joined by `joined`.
 */
export function summarize(set: ScaleSet, listed: readonly Instance[], key: string): InstanceSummary {
  const page = listed.filter(({ apart }) => apart === undefined);
  const standings = page.map((instance) => ({ instance, standing: standing(set, instance) }));
  return {
    seen: page.length,
    drifted: standings
      .filter((each) => each.standing === 'drifted')
      .map(({ instance }) => driftedInstance(set, instance, key)),
    unknown: standings.filter((each) => each.standing === 'unknown').length,
    leaving: listed.filter(({ apart }) => apart === 'leaving').length,
  };
}

export const joinSummaries = (pages: readonly InstanceSummary[]): InstanceSummary => ({
  seen: pages.reduce((sum, { seen }) => sum + seen, 0),
  drifted: pages.flatMap(({ drifted }) => drifted),
  unknown: pages.reduce((sum, { unknown }) => sum + unknown, 0),
  leaving: pages.reduce((sum, { leaving }) => sum + leaving, 0),
});

/** Instances that a set has: a list of only the drifted ones does not tell, but its capacity does; `seen` is of all where that is unknown. */
export const totalOf = (set: ScaleSet, { seen }: InstanceSummary): number =>
  set.orchestration === 'Flexible' ? seen : Math.max(set.capacity ?? 0, seen);

// The tag has whole seconds, the model seven digits of them.
const TAG_TOLERANCE = 1_000;

/**
 * Whether an instance is on its set's model. Uniform: Azure says so. Flexible: it was made of an older model than the
 * current one, by the times of both; a VM without the tag is unknown. Seen in exports of real sets, and not documented.
 */
export function standing(set: ScaleSet, instance: Instance): 'current' | 'drifted' | 'unknown' {
  if (instance.latestModelApplied !== undefined) return instance.latestModelApplied ? 'current' : 'drifted';
  const [model, made] = [set.modelCreatedAt, instance.profileCreatedAt].map((at) => Date.parse(at ?? ''));
  if (model === undefined || made === undefined || Number.isNaN(model - made)) return 'unknown';
  return model - made > TAG_TOLERANCE ? 'drifted' : 'current';
}

function driftedInstance(set: ScaleSet, instance: Instance, key: string): DriftedInstance {
  const { instanceId, vmId, state, createdAt, touchedAt, customised } = instance;
  const { reasons, fingerprint } = examined(set, instance, key);
  return {
    key: `${instanceId}/${vmId}`.toLowerCase(),
    instanceId,
    reasons,
    ...(customised ? {} : { fingerprint }),
    held: instance.isProtected || instance.skipsUpgrade,
    state,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(touchedAt === undefined || (reasons.length > 0 && !customised) ? {} : { touchedAt }),
  };
}

/** Models in use at least: the current one, and one for each way in which instances differ from it. */
export const modelsAtLeast = (drifted: readonly DriftedInstance[]): number =>
  new Set(drifted.flatMap(({ fingerprint: own }) => own ?? [])).size + 1;
