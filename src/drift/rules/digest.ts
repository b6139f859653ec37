import { type EventOf, event, type RelayEvent } from '../../event/event.ts';
import { type Severity, severities } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { asSevereOf, toBrief } from '../../event/importance.ts';
import { outline } from '../../event/outline.ts';
import { iso } from '../../event/time/units.ts';
import { SOURCE } from './report.ts';
import type { Scope } from './settings.ts';
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

/** As many names as a message has room for. */
const MOST_NAMES = 40;
const MOST_STATES = 8;

/** One for each environment; names that nobody meant as such could be as many as there are sets. */
const MOST_FOLLOWING = 20;

/**
 * Many sets in few messages: the first has what there is of each verdict, and names the sets that matter most; where they
 * are more than a message has room for, one more for each environment names others. `relay fleet` names them all.
 */
export function digestsOf(drifts: readonly Drift[], occasion: Occasion): readonly RelayEvent[] {
  const at = iso(occasion.now);
  const sorted = drifts.toSorted(
    (one, other) => rank(one) - rank(other) || (one.since ?? at).localeCompare(other.since ?? at),
  );
  const byEnvironment = Map.groupBy(sorted.slice(MOST_NAMES), ({ environment }) => environment);
  const rest = [...byEnvironment]
    .slice(0, MOST_FOLLOWING)
    .map(([environment, some]) =>
      digestOf(some, { ...occasion, managed: 0, unread: 0, ...(environment !== undefined && { environment }) }),
    );
  return [digestOf(sorted, occasion), ...rest];
}

type Told = Occasion & { readonly environment?: string };

function digestOf(sorted: readonly Drift[], { cause, scopes, managed, unread, now, environment }: Told): RelayEvent {
  const at = iso(now);
  const scope = scopes.join(', ');
  const asSevere = asSevereOf(sorted.map(toBrief));
  return event.parse({
    kind: 'digest',
    id: identity(SOURCE, 'digest', cause, ...sorted.map(({ id }) => id).sort()),
    source: SOURCE,
    severity: worst(sorted),
    occurredAt: at,
    ...(environment !== undefined && { environment }),
    resource: { name: scope },
    links: sorted.slice(0, 1).flatMap(({ links }) => links),
    cause,
    total: sorted.length,
    resources: new Set(sorted.map(({ story, id }) => story ?? id)).size,
    ...(asSevere !== undefined && { asSevere }),
    since: sorted.map(({ since }) => since ?? at).reduce((one, other) => (other < one ? other : one), at),
    tally: [...tally(sorted), ...(managed > 0 ? [{ kind: 'drift', state: 'managed', count: managed }] : [])].slice(
      0,
      MOST_STATES,
    ),
    stories: sorted.slice(0, MOST_STORIES).map((drift) => ({ ...toBrief(drift), count: 1, ...sinceOf(drift) })),
    named: sorted.slice(MOST_STORIES, MOST_NAMES).map(nameOf),
    more: Math.max(0, sorted.length - MOST_NAMES),
    ...(unread > 0 ? { unread } : {}),
    remedies: sorted.slice(0, MOST_NAMES).flatMap(remedyOf),
  });
}

const sinceOf = ({ since, change }: Drift) => (since === undefined || change === 'resolved' ? {} : { since });

function nameOf(drift: Drift) {
  const { behind, total, resource } = drift;
  return { state: outline(drift).state, subject: resource.name, behind, total, ...sinceOf(drift) };
}

/** What its own message would say of why and what to do. */
function remedyOf(drift: Drift) {
  const { change, reasons, advice, command, resource } = drift;
  if (change === 'resolved' || (reasons.length === 0 && command === undefined)) return [];
  return [{ subject: resource.name, group: resource.group, reasons: reasons.slice(0, 3), advice, command }];
}

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
  for (const drift of sorted) {
    const { state } = outline(drift);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => ({ kind: 'drift', state, count }));
}
