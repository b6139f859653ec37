import type { EventOf } from '../../event/event.ts';
import { asObject } from '../../event/json.ts';
import { clean } from '../../event/text.ts';
import type { ScaleSet } from './azure.ts';
import {
  approvalEvents,
  approveUpgrade,
  behindList,
  imageVersions,
  latestUpgrade,
  reimage,
  restartUpgrade,
  resumeRepairs,
  setView,
  startOsUpgrade,
  updateInstances,
} from './commands.ts';
import { isMonitored } from './health.ts';
import { at } from './json.ts';
import type { DriftedInstance } from './reading.ts';
import type { ReportedVerdict } from './state.ts';

export type Remedy = Required<Pick<EventOf<'drift'>, 'advice' | 'command'>>;
export type Advice = Remedy['advice'];

export interface RemediationTarget {
  readonly set: ScaleSet;
  readonly verdict: ReportedVerdict;
  readonly total: number;
  readonly drifted: readonly DriftedInstance[];
  /** ISO: since when an update of these instances to this model is advised. */
  readonly advisedAt?: string | undefined;
  /** Whether people were told what to look at, and the set is as it was. */
  readonly isReminder?: boolean | undefined;
  /** A lifecycle hook has made its upgrade wait, rather than a deferral. */
  readonly isHooked?: boolean | undefined;
  /** Parts of the model that its last change touched; undefined where nobody knows. */
  readonly moved?: readonly string[] | undefined;
}

/** What a rolling upgrade takes at once by default. */
const BATCH = 0.2;

/** What the event's field holds. */
const MOST = 600;

/** What may be done to instances, the mildest first; the next is told once the one before has been done as far as it goes. */
export const INSTANCE_STEPS = ['update', 'replace', 'disks', 'reimage'] as const satisfies readonly Advice[];

/**
 * The next step that brings a set's instances to its model, as one command to paste into a shell. It acts on the instances
 * that it names and on no others: never on one that is held, being made, changed or deleted. Whatever wipes a disk stands
 * alone, under a title that says so, and comes when there is nothing milder left. Undefined where the instances are held
 * on purpose, where an image went back (it would fail again), and where no command fits. Managed sets have no verdict, and so
 * come to no command.
 *
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-perform-manual-upgrades
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-configure-rolling-upgrades
 */
export function remedy(target: RemediationTarget): Remedy | undefined {
  const { set, verdict } = target;
  // Azure has no such names; in a URL, they would lead elsewhere.
  if ([set.resourceGroup, set.name].some((name) => /^\.*$/.test(name) || !name.isWellFormed())) return undefined;
  if (verdict === 'held' || verdict === 'rolledBack') return undefined;
  if (verdict === 'hidden') return ofImages(set);
  if (verdict === 'awaitingApproval') return ofApproval(target);
  if (verdict === 'repairsSuspended') return ofRepairs(target);
  if (OF_UPGRADES.includes(verdict) || set.mode === 'Rolling') return ofUpgrade(target);
  return ofInstances(target);
}

const OF_UPGRADES: readonly ReportedVerdict[] = ['stalled', 'faulted', 'cancelled'];

/** Azure upgrades images only where it can see whether the instances are well. */
const ofImages = (set: ScaleSet): Remedy | undefined =>
  isMonitored(set) ? fitting('upgrade', [startOsUpgrade(set)]) : fitting('monitor', [imageVersions(set)]);

/** First the cause. One that somebody cancelled was cancelled for a reason, and one that stands may still go on. */
function ofUpgrade({ set, verdict, isReminder = false }: RemediationTarget): Remedy | undefined {
  const mayStart =
    set.mode === 'Rolling' && (OF_UPGRADES.includes(verdict) ? verdict === 'faulted' && isReminder : true);
  if (mayStart && isMonitored(set)) return fitting('resume', [restartUpgrade(set)]);
  return fitting('inspect', [latestUpgrade(set)]);
}

/** Whoever approves lets disks be wiped: what waits at a hook is looked at first, and names itself what it waits for. */
function ofApproval(target: RemediationTarget): Remedy | undefined {
  const { set, total, isHooked = false } = target;
  if (isHooked) return fitting('approval', [approvalEvents(set)]);
  const ids = freeOf(target).map(({ instanceId }) => instanceId);
  return fitting(
    'approve',
    smaller(Math.min(ids.length, Math.ceil(total * BATCH))).map((size) => approveUpgrade(set, ids.slice(0, size))),
  );
}

/** Azure gave up since its repairs did not help: first the cause. */
const ofRepairs = ({ set, isReminder = false }: RemediationTarget): Remedy | undefined =>
  isReminder ? fitting('repair', [resumeRepairs(set)]) : fitting('inspect', [setView(set)]);

/** Instances that nothing keeps from an upgrade, in the order of their ids. */
const freeOf = ({ drifted }: RemediationTarget): readonly DriftedInstance[] =>
  drifted
    .filter((each) => !each.held && each.state !== 'updating' && !each.instanceId.startsWith('-'))
    .sort((one, other) => byNumber(one.instanceId, other.instanceId));

function ofInstances(target: RemediationTarget): Remedy | undefined {
  const { set, total } = target;
  const steps = Map.groupBy(freeOf(target), (each) => stepOf(each, target));
  const advice = INSTANCE_STEPS.find((step) => steps.has(step));
  const instances = advice && steps.get(advice);
  if (instances === undefined) return undefined;
  const ids = instances.map(({ instanceId }) => instanceId);
  const batch = Math.min(ids.length, Math.ceil(total * BATCH));
  const isRest = target.drifted.length > batch;
  const command = advice === 'reimage' ? reimage : updateInstances;
  const named = smaller(batch).map((size) => command(set, ids.slice(0, size)));
  const [first = ''] = named;
  return fitting(advice, [...(isRest ? [`${first}\n${behindList(set)}`] : []), ...named]);
}

const byNumber = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

/** What bringing one instance to its model takes, and takes away. */
function stepOf(
  { reasons, state, touchedAt }: DriftedInstance,
  { set, advisedAt, moved }: RemediationTarget,
): (typeof INSTANCE_STEPS)[number] {
  if (reasons.some(({ kind }) => kind === 'dataDisks')) return 'disks';
  if (bringsOsDisk(reasons, set)) return 'replace';
  // An update that succeeds ends the drift; what else succeeded, such as a restart at night, says nothing of updates.
  const wasTried =
    state === 'failed' &&
    advisedAt !== undefined &&
    touchedAt !== undefined &&
    Date.parse(touchedAt) > Date.parse(advisedAt);
  const mayHelp =
    set.orchestration === 'Uniform' && (moved === undefined || moved.some((part) => /^osProfile\b/.test(part)));
  return reasons.length === 0 && wasTried && mayHelp ? 'reimage' : 'update';
}

/** Whether an update gives an instance a new disk for its operating system. */
export const bringsOsDisk = (reasons: DriftedInstance['reasons'], set: ScaleSet): boolean =>
  reasons.some((reason) => isOfOsDisk(reason) || (reason.kind === 'vmSize' && isEphemeral(set)));

/** An update gives an instance a new disk for its operating system where the image, or what the disk is to be, differs. */
const isOfOsDisk = ({ kind, name = '' }: DriftedInstance['reasons'][number]): boolean =>
  kind === 'image' || kind === 'imageVersion' || name.startsWith('osDisk');

/**
 * Whether the disks of the operating system live on the host: a machine that is resized gets a new one.
 * https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks
 */
const isEphemeral = ({ model: { profile } }: ScaleSet): boolean =>
  Object.keys(asObject(at(profile, 'storageProfile', 'osDisk', 'diffDiskSettings'))).length > 0;

/** So many, and ever fewer down to one. */
const smaller = (batch: number): readonly number[] =>
  batch < 1 ? [] : batch === 1 ? [batch] : [batch, ...smaller(Math.floor((batch * 3) / 4))];

/** The first command that fits whole, and stays as it is when an event cleans it. */
function fitting(advice: Advice, commands: readonly string[]): Remedy | undefined {
  const command = commands.find((each) => each.length <= MOST && clean(each) === each);
  return command === undefined ? undefined : { advice, command };
}
