import { portalPage } from '../../event/cloud.ts';
import { drift, driftReasons } from '../../event/drift.ts';
import type { EventOf } from '../../event/event.ts';
import { PROPERTIES, type Severity } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { iso } from '../../event/time/units.ts';
import type { ModelChange } from './azure.ts';
import type { Episode, Turn } from './episode.ts';
import { setKey } from './ids.ts';
import type { DriftedInstance, SetReading } from './reading.ts';
import { type RemediationTarget, remedy } from './remedy.ts';
import type { ReportedVerdict, SetState } from './state.ts';
import { environmentOf, wishes } from './tags.ts';

type Drift = EventOf<'drift'>;

export const SOURCE = 'drift';

export interface Telling {
  readonly change: Drift['change'];
  readonly verdict: ReportedVerdict;
  readonly severity: Severity;
}

const MOST_LINK = 2_000;

/** What every event of a set has in common. Its id stays the same when the same state is told again after a crash. */
function common(reading: SetReading, { change, verdict, severity }: Telling, state: SetState, at: string) {
  const { set } = reading;
  const url = URL.parse(portalPage(set.id))?.href;
  const environment = environmentOf(set);
  const { openedAt, told, modelHash } = state;
  return {
    kind: 'drift' as const,
    id: identity(SOURCE, setKey(set), verdict, modelHash, change, at.slice(0, 10), openedAt, told?.at ?? ''),
    story: setKey(set),
    source: SOURCE,
    severity,
    occurredAt: at,
    ...(environment === undefined ? {} : { environment }),
    resource: {
      id: set.id,
      name: set.name || set.id,
      type: 'Microsoft.Compute/virtualMachineScaleSets',
      group: set.resourceGroup,
      subscriptionId: set.subscriptionId,
      region: set.location,
    },
    ...tagsOf(set),
    links: url !== undefined && url.length <= MOST_LINK ? [{ rel: 'resource', url }] : [],
    change,
    verdict,
    total: reading.total,
    orchestration: set.orchestration,
    upgradeMode: set.mode,
  };
}

// Azure's own, which nobody matches, and what the event says by itself.
const UNTOLD = /^(?:hidden-|env(?:ironment)?$)/i;

/** As many as an event holds. */
function tagsOf({ tags }: SetReading['set']): { tags?: Readonly<Record<string, string>> } {
  const own = Object.entries(tags).filter(([name]) => !UNTOLD.test(name));
  return own.length === 0 ? {} : { tags: Object.fromEntries(own.slice(0, PROPERTIES.most)) };
}

/** The event that tells of open drift. `before` holds what was told last, `state` what is told now. */
export function openEvent(episode: Episode, telling: Telling, { now, settings }: Turn): Drift {
  const { reading, drifted, hidden, modelChangedAt, state, findings } = episode;
  const { verdict } = telling;
  const wrong = Object.entries(wishes(reading.set).wrong).slice(0, PROPERTIES.most);
  const by = actor(reading.change, settings.actor);
  const [heldIds, failedIds] = [idsOf(drifted, ({ held }) => held), idsOf(drifted, hasFailed)];
  return drift.parse({
    ...common(reading, telling, state, iso(now)),
    behind: state.behind,
    since: state.since,
    sinceAtLeast: state.sinceAtLeast,
    ...(modelChangedAt === undefined ? {} : { modelChangedAt }),
    ...(by === undefined ? {} : { modelChangedBy: by }),
    reasons: verdict === 'hidden' && hidden !== undefined ? hiddenReasons(hidden) : tallied(drifted, state.moved),
    ...(heldIds.length === 0 ? {} : { heldIds }),
    ...(failedIds.length === 0 ? {} : { failedIds }),
    ...(reading.unknown === 0 ? {} : { unknown: reading.unknown }),
    ...(drifted.length === 0 ? {} : { modelsAtLeast: findings.models }),
    ...progress(reading, verdict),
    ...(verdict === 'awaitingApproval' ? { approval: reading.approval ?? {} } : {}),
    ...(findings.repairsSuspended ? { repairsSuspended: true } : {}),
    ...remedy({ ...remediationTargetOf(episode, verdict), isReminder: telling.change === 'reminder' }),
    ...(wrong.length === 0 ? {} : { properties: Object.fromEntries(wrong) }),
  });
}

/** A set as its remedy looks at it. */
export const remediationTargetOf = (
  { reading, drifted, state }: Pick<Episode, 'reading' | 'drifted' | 'state'>,
  verdict: ReportedVerdict,
): RemediationTarget => ({
  set: reading.set,
  verdict,
  total: reading.total,
  drifted,
  advisedAt: state.advisedAt,
  moved: state.moved,
  isHooked: reading.approval !== undefined,
});

/** The event that tells that drift is over; `state` is from before. */
export function resolvedEvent(reading: SetReading, telling: Telling, state: SetState, now: number): Drift {
  const { since, sinceAtLeast } = state;
  return drift.parse({
    ...common(reading, telling, state, iso(now)),
    behind: 0,
    since,
    sinceAtLeast,
    reasons: [],
    ...(state.unseen ? { unseen: true } : {}),
    ...(reading.unknown === 0 ? {} : { unknown: reading.unknown }),
  });
}

const MOST_IDS = 20;

const idsOf = (drifted: readonly DriftedInstance[], fits: (instance: DriftedInstance) => boolean): readonly string[] =>
  drifted
    .filter(fits)
    .slice(0, MOST_IDS)
    .map(({ instanceId }) => instanceId);

const hasFailed = ({ state }: DriftedInstance): boolean => state === 'failed' || state === 'unhealthy';

const MOST_REASONS = 8;

/** Equal reasons together, the most frequent first. An instance without a visible difference counts as such. */
function tallied(drifted: readonly DriftedInstance[], moved: readonly string[] | undefined): Drift['reasons'] {
  const parts = moved?.join(', ');
  const unexplained = { reason: 'unexplained' as const, ...(parts !== undefined && { name: parts }) };
  const tally = new Map<string, Drift['reasons'][number]>();
  for (const { reasons } of drifted) {
    const told = reasons.length === 0 ? [unexplained] : reasons.map(named);
    for (const reason of told) {
      const key = JSON.stringify(reason);
      tally.set(key, { ...reason, count: (tally.get(key)?.count ?? 0) + 1 });
    }
  }
  const rank = ({ reason }: Drift['reasons'][number]) => driftReasons.indexOf(reason);
  return [...tally.values()]
    .sort((one, other) => other.count - one.count || rank(one) - rank(other))
    .slice(0, MOST_REASONS);
}

const named = ({ kind, ...rest }: DriftedInstance['reasons'][number]) => ({ reason: kind, ...rest });

const hiddenReasons = ({ groups, newest }: NonNullable<Episode['hidden']>): Drift['reasons'] =>
  groups
    .toSorted((one, other) => other.count - one.count)
    .slice(0, MOST_REASONS)
    .map(({ version, count }) => ({ reason: 'imageVersion', from: version, to: newest, count }));

const OF_UPGRADES: readonly ReportedVerdict[] = ['stalled', 'faulted', 'cancelled'];

function progress({ rollout }: SetReading, verdict: ReportedVerdict): Pick<Drift, 'rollout'> {
  if (rollout === undefined || !OF_UPGRADES.includes(verdict)) return {};
  const { done, failed, inProgress, pending, errorCode } = rollout;
  const told = { done, failed, pending: pending + inProgress };
  return { rollout: errorCode === undefined ? told : { ...told, errorCode } };
}

/** Who changed the model is a personal datum: by default only whether a person or an application did. */
function actor(change: ModelChange | undefined, told: 'name' | 'type' | 'off'): string | undefined {
  if (change === undefined || told === 'off') return undefined;
  if (told === 'name') return change.by ?? change.byType;
  const type = change.byType?.toLowerCase() ?? '';
  if (type === '') return undefined;
  return type.includes('user') ? 'User' : 'App';
}
