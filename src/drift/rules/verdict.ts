import type { Severity } from '../../event/fields.ts';
import type { Rollout, ScaleSet } from './azure.ts';
import type { DriftSettings } from './settings.ts';
import type { ReportedVerdict, Verdict } from './state.ts';

/** All that a verdict depends on. Ages are in minutes. */
export interface Findings {
  readonly mode: ScaleSet['mode'];
  readonly autoOsUpgrade: boolean;
  /** Managed by a service, or left out by tag or setting. */
  readonly managed: boolean;
  readonly behind: number;
  /** Of those behind: protected, or marked SkipUpgrade. */
  readonly held: number;
  /** Of those behind: changed one by one, by somebody. */
  readonly byHand: number;
  readonly updated: number;
  readonly age: number;
  /** Whether an earlier run saw the drift as well. */
  readonly seenBefore: boolean;
  readonly modelAge: number;
  readonly canaryPromised: boolean;
  /** Whether the instances that are up to date were made so, rather than brought up to date. */
  readonly grown: boolean;
  /** Whether image versions are all that differs. */
  readonly onlyVersions: boolean;
  /** Undefined: none, or one that ended before this drift began. */
  readonly rollout?: { readonly code: Rollout['code']; readonly still: number; readonly pause: number };
  /** Whether the newest OS upgrade set instances back since this drift began. */
  readonly rolledBack: boolean;
  /** Whether a lifecycle hook has made an upgrade wait for an answer. */
  readonly awaits: boolean;
  /** Whether such an upgrade goes on by itself where nobody answers. */
  readonly goesOn: boolean;
  /** Whether upgrades of images wait on each instance until somebody approves. */
  readonly defers: boolean;
  readonly repairsSuspended: boolean;
  /** Whether it is these that people were last told of. */
  readonly repairsTold: boolean;
  readonly hidden: number;
  readonly hiddenAge: number;
  readonly models: number;
}

type Row = readonly [Verdict, (found: Findings, settings: DriftSettings) => boolean];

const HOUR_MINUTES = 60;

const stands = ({ rollout }: Findings, { stallMinutes }: DriftSettings): boolean =>
  rollout !== undefined && rollout.still >= stallMinutes && rollout.still > 2 * rollout.pause;

const late = ({ age }: Findings, { graceMinutes }: DriftSettings): boolean => age > graceMinutes;

const isAutomatic = ({ mode, autoOsUpgrade, onlyVersions }: Findings): boolean =>
  mode === 'Automatic' || (autoOsUpgrade && onlyVersions);

/** Updated in part, by hand: whoever began can still be at it, hence the grace. */
const inPart: Row[1] = (found, settings) =>
  found.mode === 'Manual' && found.behind > found.byHand && found.updated > 0 && !found.grown && late(found, settings);

/** Azure does not say which instances it waits for: those that follow late are taken for them, unless something else explains them. */
const isDeferred: Row[1] = (found, settings) =>
  found.defers &&
  found.autoOsUpgrade &&
  found.onlyVersions &&
  found.behind > found.held &&
  !found.rolledBack &&
  (found.rollout === undefined || found.rollout.code === 'RollingForward') &&
  late(found, settings);

const canaryMayLast = ({ canaryPromised, modelAge }: Findings, { canaryHours }: DriftSettings): boolean =>
  canaryPromised || modelAge < canaryHours * HOUR_MINUTES;

/** What drift amounts to: the first line that fits; where none does, it waits. docs/drift.md says it in words. */
const TABLE: readonly Row[] = [
  ['managed', ({ managed }) => managed],
  ['clean', ({ behind, hidden, awaits, repairsSuspended }) => behind + hidden === 0 && !awaits && !repairsSuspended],
  ['awaitingApproval', (found, settings) => found.awaits || isDeferred(found, settings)],
  ['stalled', (found, settings) => found.rollout?.code === 'RollingForward' && stands(found, settings)],
  ['rolling', ({ rollout }) => rollout?.code === 'RollingForward'],
  ['faulted', ({ rollout }) => rollout?.code === 'Faulted'],
  ['cancelled', ({ rollout }) => rollout?.code === 'Cancelled'],
  ['rolledBack', ({ rolledBack }) => rolledBack],
  ['held', ({ behind, held }) => behind > 0 && held === behind],
  ['autoFailed', (found, settings) => found.behind > 0 && isAutomatic(found) && late(found, settings)],
  ['canary', (found, settings) => found.behind > 0 && inPart(found, settings) && canaryMayLast(found, settings)],
  ['canaryOverdue', (found, settings) => found.behind > 0 && inPart(found, settings)],
  ['pending', (found, settings) => found.behind > 0 && late(found, settings) && found.seenBefore],
  // Drift that is too young to be told says both once it is.
  ['repairsSuspended', (found) => found.repairsSuspended && (found.behind === 0 || found.repairsTold)],
  ['hidden', ({ behind }) => behind === 0],
];

export function judge(found: Findings, settings: DriftSettings): Verdict {
  return TABLE.find(([, fits]) => fits(found, settings))?.[0] ?? 'waiting';
}

const SEVERITY: Readonly<Record<ReportedVerdict, Severity>> = {
  pending: 'warning',
  stalled: 'error',
  faulted: 'error',
  cancelled: 'warning',
  rolledBack: 'error',
  autoFailed: 'error',
  held: 'info',
  canary: 'info',
  canaryOverdue: 'warning',
  hidden: 'info',
  awaitingApproval: 'warning',
  repairsSuspended: 'warning',
};

/**
 * A set may refer to ten models; the next change, and the next scale-out, then fail
 * (https://github.com/kubernetes-sigs/cluster-api-provider-azure/issues/4958 quotes Azure).
 */
const MODELS_NEAR_LIMIT = 7;
const HIDDEN_TOO_LONG = 60 * 24 * HOUR_MINUTES;

export function severityOf(verdict: ReportedVerdict, { models, hiddenAge, goesOn }: Findings): Severity {
  if (models >= MODELS_NEAR_LIMIT) return 'error';
  if (verdict === 'awaitingApproval' && goesOn) return 'info';
  return verdict === 'hidden' && hiddenAge >= HIDDEN_TOO_LONG ? 'warning' : SEVERITY[verdict];
}

/** Told once and not again: people who mean something need no reminder of it. */
export const isMeant = (verdict: ReportedVerdict): boolean => verdict === 'held' || verdict === 'canary';

/** The order of a digest, and of what matters: worst first. */
export const VERDICT_ORDER: readonly ReportedVerdict[] = [
  'rolledBack',
  'faulted',
  'stalled',
  'autoFailed',
  'pending',
  'awaitingApproval',
  'canaryOverdue',
  'repairsSuspended',
  'cancelled',
  'hidden',
  'held',
  'canary',
];
