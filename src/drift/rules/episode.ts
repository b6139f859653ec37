import { iso, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import type { Rollout } from './azure.ts';
import type { Hidden } from './image-age.ts';
import { mayHide } from './may-hide.ts';
import { modelHash } from './model-hash.ts';
import { movedParts } from './moved.ts';
import { type DriftedInstance, modelsAtLeast, type SetReading } from './reading.ts';
import type { DriftSettings } from './settings.ts';
import { isOpen, MOST_LISTED, type SetState } from './state.ts';
import { environmentOf, isLeftOut, wishes } from './tags.ts';
import type { Findings } from './verdict.ts';

/** When and how a reading is judged. */
export interface Turn {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly settings: DriftSettings;
  /** The first run, or the first after a state was lost: what is there now is told as such, at once. */
  readonly baseline: boolean;
  /** ISO: the run before, if it covered the set. */
  readonly ranAt?: string | undefined;
}

/** A set as this run sees it, with what earlier runs saw. */
export interface Episode {
  readonly reading: SetReading;
  /** Those that are old enough to be judged: more are made than stay. */
  readonly drifted: readonly DriftedInstance[];
  readonly hidden?: Hidden | undefined;
  /** ISO. */
  readonly modelChangedAt?: string | undefined;
  /** What is known of a set whose drift goes on; undefined for drift that is new. */
  readonly before?: SetState | undefined;
  /** What the next run has to know. */
  readonly state: SetState;
  readonly findings: Findings;
}

const later = (one: string, other = one): string => (one > other ? one : other);
const minutesSince = (at: string, now: number): number => Math.max(0, (now - Date.parse(at)) / MINUTE_MILLISECONDS);

export function episode(
  reading: SetReading,
  hidden: Hidden | undefined,
  last: SetState | undefined,
  turn: Turn,
): Episode {
  const { now, settings } = turn;
  const drifted = ofAge(reading.drifted, settings.graceMinutes, now);
  const before = last !== undefined && goesOn(last, drifted) ? last : undefined;
  const modelChangedAt = changedAt(reading, now);
  const firstSeen = seen(drifted, before, (each) =>
    isByHand(each) ? changedByHandAt(each, turn) : (modelChangedAt ?? iso(now)),
  );
  const since = [...firstSeen.values()].sort()[0] ?? hidden?.since ?? before?.since ?? iso(now);
  const isExact = modelChangedAt !== undefined && turn.ranAt !== undefined && modelChangedAt > turn.ranAt;
  const rollout = moved(reading.rollout, before, now);
  const environment = environmentOf(reading.set);
  const parts = movedParts(reading.change, before?.moved);
  const repairsSuspended = areSuspended(reading, before);
  const state: SetState = {
    verdict: before?.verdict ?? 'waiting',
    modelHash: reading.modelHash ?? modelHash(reading.set.model),
    openedAt: before?.openedAt ?? iso(now),
    since,
    sinceAtLeast: before?.since === since ? before.sinceAtLeast : drifted.length === 0 || !isExact,
    behind: drifted.length > 0 ? drifted.length : (hidden?.count ?? 0),
    name: reading.set.name,
    ...(environment === undefined ? {} : { environment: environment.slice(0, 200) }),
    total: reading.total,
    unknown: reading.unknown,
    ...(drifted.length > 0 && drifted.length <= MOST_LISTED ? { drifted: Object.fromEntries(firstSeen) } : {}),
    ...(rollout === undefined ? {} : { rollout }),
    ...(reading.approval === undefined ? {} : { approval: reading.approval }),
    ...(before?.told === undefined ? {} : { told: before.told }),
    ...(parts === undefined ? {} : { moved: parts }),
    ...(mayHide({ reading, drifted, before }, parts) ? { unseen: true } : {}),
    ...(repairsSuspended ? { repairsSuspended } : {}),
    // Advice stands when the model changes again; what was done before that was for another model.
    ...(before?.advisedAt === undefined ? {} : { advisedAt: later(before.advisedAt, modelChangedAt) }),
    ...(last?.resolvedAt === undefined ? {} : { resolvedAt: last.resolvedAt }),
  };
  const whole = { reading, drifted, hidden, modelChangedAt, before, state };
  return { ...whole, findings: findings(whole, turn) };
}

/** What was read, or else what was known: a set is not asked in each run. */
const areSuspended = ({ repairsSuspended }: SetReading, before: SetState | undefined): boolean =>
  repairsSuspended ?? before?.repairsSuspended ?? before?.verdict === 'repairsSuspended';

/** Whether drift that was known is the same as what is seen: at least one machine of it is still behind. */
function goesOn(last: SetState, drifted: readonly DriftedInstance[]): boolean {
  if (!isOpen(last)) return false;
  const { drifted: known } = last;
  if (known === undefined || drifted.length === 0) return true;
  return drifted.some(({ key }) => Object.hasOwn(known, key));
}

/** Those that are old enough to be judged. */
export const ofAge = (drifted: readonly DriftedInstance[], graceMinutes: number, now: number) =>
  drifted.filter(
    ({ createdAt }) => createdAt === undefined || now - Date.parse(createdAt) >= graceMinutes * MINUTE_MILLISECONDS,
  );

function changedAt({ set, change }: SetReading, now: number): string | undefined {
  const time = Date.parse(change?.at ?? set.modelCreatedAt ?? '');
  // A clock that is ahead of ours gives no negative ages.
  return Number.isNaN(time) ? undefined : iso(Math.min(time, now));
}

const isByHand = ({ reasons }: DriftedInstance): boolean => reasons.some(({ kind }) => kind === 'changedByHand');

/** Its model has nothing to do with it: since its own last operation, or else since a run that did not see it so. */
const changedByHandAt = ({ touchedAt }: DriftedInstance, { now, ranAt }: Turn): string =>
  touchedAt === undefined ? (ranAt ?? iso(now)) : iso(Math.min(Date.parse(touchedAt), now));

/** Since when each instance is behind: as known, or else since what made it so. */
function seen(
  drifted: readonly DriftedInstance[],
  before: SetState | undefined,
  freshOf: (instance: DriftedInstance) => string,
) {
  // Of a set that was too large for a list, the oldest is known; it may be any of these.
  const unlisted = before !== undefined && before.behind > MOST_LISTED ? before.since : undefined;
  const known = new Map(Object.entries(before?.drifted ?? {}));
  return new Map(drifted.map((each) => [each.key, known.get(each.key) ?? unlisted ?? freshOf(each)]));
}

/** The figures of a rolling upgrade, and since when they stand still. */
function moved(rollout: Rollout | undefined, before: SetState | undefined, now: number): SetState['rollout'] {
  if (rollout === undefined) return undefined;
  const { code, startedAt = '', done, failed, inProgress, pending } = rollout;
  const progress = [code, startedAt, done, failed, inProgress, pending].join(' ');
  return before?.rollout?.progress === progress ? before.rollout : { progress, movedAt: iso(now) };
}

function findings(of: Omit<Episode, 'findings'>, { now, settings, baseline }: Turn): Findings {
  const { reading, drifted, hidden, before, state } = of;
  const { set, total, unknown } = reading;
  const asked = wishes(set);
  const behind = drifted.length;
  return {
    mode: set.mode,
    autoOsUpgrade: set.autoOsUpgrade,
    managed: isLeftOut(set, settings.ignore),
    behind,
    held: drifted.filter(({ held }) => held).length,
    byHand: drifted.filter(isByHand).length,
    updated: Math.max(0, total - reading.drifted.length - unknown - (reading.leaving ?? 0)),
    age: minutesSince(state.since, now),
    seenBefore: baseline || state.told !== undefined || Date.parse(state.openedAt) < now,
    modelAge: minutesSince(of.modelChangedAt ?? state.since, now),
    canaryPromised: asked.canaryUntil !== undefined && now < Date.parse(asked.canaryUntil),
    // Azure moves one machine at a time from zone to zone, and makes it anew.
    grown: before?.told?.verdict === 'pending' && behind >= before.behind - (set.rebalancesZones ? 1 : 0),
    onlyVersions: drifted.every(
      ({ reasons }) => reasons.length > 0 && reasons.every((each) => each.kind === 'imageVersion'),
    ),
    ...upgrade(of, now),
    awaits: reading.approval !== undefined,
    goesOn: reading.approval?.otherwise === 'Approve',
    defers: set.defersOsUpgrade === true,
    repairsSuspended: state.repairsSuspended === true,
    repairsTold: before?.told?.verdict === 'repairsSuspended',
    hidden: hidden?.count ?? 0,
    hiddenAge: hidden === undefined ? 0 : minutesSince(hidden.since, now),
    models: behind === 0 ? 1 : modelsAtLeast(drifted),
  };
}

// Azure's own times of one upgrade differ by parts of a second, and clocks by more.
const SLACK = MINUTE_MILLISECONDS;

/** The upgrades that bear on this drift: what ended before it began explains nothing. */
function upgrade(of: Omit<Episode, 'findings'>, now: number): Pick<Findings, 'rollout' | 'rolledBack'> {
  const { reading, drifted, modelChangedAt, state } = of;
  const began = Date.parse((drifted.length > 0 ? modelChangedAt : undefined) ?? state.since);
  const isSince = (at: string | undefined) => at === undefined || Date.parse(at) >= began - SLACK;
  const { rollout, osUpgrade } = reading;
  const runs = rollout?.code === 'RollingForward';
  return {
    ...(rollout !== undefined &&
    state.rollout !== undefined &&
    (runs || isSince(rollout.startedAt ?? rollout.lastActionAt))
      ? {
          rollout: {
            code: rollout.code,
            still: minutesSince(state.rollout.movedAt, now),
            pause: (reading.set.pauseBetweenBatches ?? 0) / 60,
          },
        }
      : {}),
    rolledBack:
      osUpgrade !== undefined &&
      osUpgrade.rolledBack + osUpgrade.failedToRollBack > 0 &&
      isSince(osUpgrade.endedAt ?? osUpgrade.startedAt),
  };
}
