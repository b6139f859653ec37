import { type EventOf, event, type RelayEvent } from '../event/event.ts';
import { type Severity, severities } from '../event/fields.ts';
import { identity } from '../event/identity.ts';
import { toldOf } from '../event/told.ts';
import { SOURCE } from './report.ts';
import type { Scope } from './scale-sets.ts';
import { VERDICT_ORDER } from './verdict.ts';

type Drift = EventOf<'drift'>;

export interface Occasion {
  readonly cause: 'baseline' | 'many';
  readonly scopes: readonly Scope[];
  /** Sets that were left out because a service manages them, or somebody said so. */
  readonly managed: number;
  /** Subscriptions that could not be read. */
  readonly unread: number;
  readonly now: number;
}

const MOST_STORIES = 5;
const MOST_STATES = 8;

/** One message for many sets: what there is of each verdict, and the sets that have been behind for longest. */
export function digestOf(drifts: readonly Drift[], { cause, scopes, managed, unread, now }: Occasion): RelayEvent {
  const at = new Date(now).toISOString();
  const sorted = drifts.toSorted(
    (one, other) => rank(one) - rank(other) || (one.since ?? at).localeCompare(other.since ?? at),
  );
  const scope = scopes.join(', ');
  return event.parse({
    kind: 'digest',
    id: identity(SOURCE, 'digest', cause, ...drifts.map(({ id }) => id).sort()),
    source: SOURCE,
    severity: worst(drifts),
    occurredAt: at,
    resource: { name: scope },
    links: sorted[0]?.links ?? [],
    cause,
    total: drifts.length,
    resources: new Set(drifts.map(({ story, id }) => story ?? id)).size,
    since: drifts.map(({ since }) => since ?? at).sort()[0] ?? at,
    tally: [...tally(sorted), ...(managed > 0 ? [{ kind: 'drift', state: 'managed', count: managed }] : [])].slice(
      0,
      MOST_STATES,
    ),
    stories: sorted.slice(0, MOST_STORIES).map((drift) => ({ ...toldOf(drift), count: 1 })),
    more: Math.max(0, drifts.length - MOST_STORIES),
    ...(unread > 0 ? { unread } : {}),
  });
}

const stateOf = ({ change, verdict }: Drift): string => (change === 'resolved' ? 'resolved' : verdict);

/** Worst first; what is over comes last. */
const rank = ({ change, verdict, severity }: Drift): number =>
  change === 'resolved'
    ? 1_000
    : (severities.length - severities.indexOf(severity)) * 100 + VERDICT_ORDER.indexOf(verdict);

const worst = (drifts: readonly Drift[]): Severity =>
  severities.findLast((severity) =>
    drifts.some((drift) => drift.change !== 'resolved' && drift.severity === severity),
  ) ?? 'info';

function tally(sorted: readonly Drift[]) {
  const counts = new Map<string, number>();
  for (const drift of sorted) counts.set(stateOf(drift), (counts.get(stateOf(drift)) ?? 0) + 1);
  return [...counts].map(([state, count]) => ({ kind: 'drift', state, count }));
}
