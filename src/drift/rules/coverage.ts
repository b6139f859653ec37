import { event, type RelayEvent } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { iso } from '../../event/time/units.ts';
import { isUnread, type ScopeReading } from './reading.ts';
import { SOURCE } from './report.ts';
import type { DriftState } from './state.ts';

type Coverage = DriftState['coverage'];

export interface Covered {
  readonly coverage: Coverage;
  /** Those that could be read before, or were not known, and cannot be read; or could not, not to the end, for two runs in a row. */
  readonly lost: readonly ScopeReading[];
  /** Those that can be read again. */
  readonly back: readonly ScopeReading[];
}

/** What can be read, beside what could. A subscription that is known and that the run does not name counts as lost. */
export function covered(before: Coverage, scopes: readonly ScopeReading[], now: number): Covered {
  const all = withAbsent(before, scopes);
  const coverage: Coverage = Object.fromEntries(
    all
      .filter(({ subscriptionId, read }) => read !== 'full' || !isMany(subscriptionId))
      .map((scope) => [scope.subscriptionId, entry(scope, before[scope.subscriptionId], now)] as const),
  );
  const toldOf = (of: Coverage, { subscriptionId }: ScopeReading) => {
    const { missingSince, partTold } = of[subscriptionId] ?? {};
    return missingSince === undefined ? partTold && 'part' : 'whole';
  };
  return {
    coverage,
    lost: all.filter(
      (scope) => toldOf(coverage, scope) !== undefined && toldOf(coverage, scope) !== toldOf(before, scope),
    ),
    back: all.filter((scope) => scope.read === 'full' && toldOf(before, scope) !== undefined),
  };
}

function withAbsent(before: Coverage, scopes: readonly ScopeReading[]): readonly ScopeReading[] {
  const named = new Set(scopes.map(({ subscriptionId }) => subscriptionId));
  const absent = Object.keys(before)
    .filter((id) => !named.has(id))
    .map((subscriptionId): ScopeReading => ({ subscriptionId, read: 'none', why: 'not listed' }));
  return [...scopes, ...absent];
}

type Unseen = NonNullable<DriftState['unseen']>;

/** The scopes that this run did not read to their end: what is listed of them may be as old as `since`. */
export function unseenScopes(
  before: Pick<DriftState, 'coverage' | 'unseen'> | undefined,
  scopes: readonly ScopeReading[],
  now: number,
): Unseen {
  const at = iso(now);
  const dim = withAbsent(before?.coverage ?? {}, scopes).filter(({ read }) => read !== 'full');
  return Object.fromEntries(
    dim.map((scope) => {
      const { subscriptionId: id, name, why } = scope;
      const part = isUnread(scope) ? undefined : true;
      const last = before?.unseen?.[id];
      const since = last !== undefined && last.part === part ? last.since : at;
      return [
        id,
        { name: (name || id).slice(0, 200), ...(why && { why: why.slice(0, 200) }), since, ...(part && { part }) },
      ];
    }),
  );
}

function entry({ read, unseen }: ScopeReading, known: Coverage[string] = {}, now: number): Coverage[string] {
  const { missingSince, unseenSince, ...part } = known;
  const at = iso(now);
  if (read === 'full') return {};
  if (missingSince !== undefined) return { missingSince };
  if (read === 'none') return { missingSince: at };
  // One failure may pass by itself; what was put off is no failure, and ends none.
  if (unseen === undefined) {
    const { partSince = at, partTold = partSince < at } = part;
    return { partSince, ...(partTold && { partTold }) };
  }
  const told = unseen === 'putOff' || part.partTold ? part : {};
  if (unseenSince === undefined) return unseen === 'failed' ? { ...told, unseenSince: at } : told;
  return unseen === 'failed' && unseenSince < at ? { missingSince: unseenSince } : { ...told, unseenSince };
}

/** Whether this stands for subscriptions that may not be known. It is heard of only while they cannot be listed. */
export const isMany = (id: string): boolean => id === 'tenant' || id.startsWith('mg:');

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One notice for all that became unreadable, and one for all that became readable. */
export const notices = ({ lost, back }: Covered, now: number): readonly RelayEvent[] => [
  ...notice('driftUnreadable', lost, now),
  ...notice('driftReadable', back, now),
];

function notice(topic: Topic, scopes: readonly ScopeReading[], now: number): readonly RelayEvent[] {
  const things = scopes.map(({ name, subscriptionId, why, status }) => ({
    key: subscriptionId,
    name: name || subscriptionId,
    why,
    status,
    // The tenant or a management group can stand for subscriptions that nobody knows.
    place: GUID.test(subscriptionId) ? { id: `/subscriptions/${subscriptionId}`, subscriptionId } : {},
  }));
  return noticeOf(topic, things, 'Microsoft.Resources/subscriptions', now);
}

type Topic = 'driftUnreadable' | 'driftReadable';

interface Thing {
  readonly key: string;
  readonly name: string;
  readonly why?: string | undefined;
  readonly status?: number | undefined;
  readonly place: object;
}

interface Why {
  readonly reason: string;
  readonly status?: number;
  readonly count: number;
}

/** Why things cannot be read: each word and status once, in the order of the things. */
function reasonsOf(topic: Topic, things: readonly Thing[]): readonly Why[] {
  const told = topic === 'driftUnreadable' ? things.filter(({ why }) => why) : [];
  return [...Map.groupBy(told, ({ why = '', status }) => `${why} ${status}`).values()].flatMap((alike) => {
    const [{ why = '', status } = {}] = alike;
    return [{ reason: why, ...(status !== undefined && { status }), count: alike.length }];
  });
}

const MOST_REASONS = 5;

const mostOf = (reasons: readonly Why[]): readonly Why[] =>
  [...reasons].sort((one, other) => other.count - one.count).slice(0, MOST_REASONS);

/** One notice of all that can be read no more, or again; none where there is nothing. */
export function noticeOf(topic: Topic, things: readonly Thing[], type: string, now: number): readonly RelayEvent[] {
  const [only] = things;
  if (only === undefined) return [];
  const at = iso(now);
  const about = things.map(({ name }) => name).join(', ');
  const reasons = reasonsOf(topic, things);
  return [
    event.parse({
      kind: 'notice',
      id: identity(SOURCE, topic, ...things.map(({ key }) => key).sort(), at),
      source: SOURCE,
      severity: topic === 'driftUnreadable' ? 'warning' : 'info',
      occurredAt: at,
      resource: { name: about, type, ...(things.length === 1 ? only.place : {}) },
      links: [],
      topic,
      about,
      ...(reasons.length > 0 ? { reason: [...new Set(reasons.map(({ reason }) => reason))].join(', ') } : {}),
      ...(reasons.length > 0 ? { reasons: mostOf(reasons) } : {}),
      ...(things.length > 1 ? { count: things.length } : {}),
    }),
  ];
}
