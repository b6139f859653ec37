import { destinations } from '../destinations/registry.ts';
import type { RelayEvent } from '../event/event.ts';
import { type Severity, severities } from '../event/fields.ts';
import { withEnvironment } from '../routing/environments.ts';
import { releaseAfter, windowHolding } from '../routing/mutes.ts';
import { asSentTo } from '../routing/terms.ts';
import type { RelayParts } from './parts.ts';
import { routingOf } from './routed.ts';

/** What of a configuration decides who is told of what, and when. */
export type Rules = Parameters<typeof routingOf>[0] & { readonly quiet: NonNullable<RelayParts['quiet']> };

/** Whom an event would be told, by receiver; `until`: held by a quiet window until then (milliseconds), `never`: for good. */
type Told = ReadonlyMap<string, { readonly severity: Severity; readonly until?: number | 'never' }>;

/** What a configuration would have made of events. Rates, silences and deployments under way are left out of account. */
interface Rehearsed {
  /** Messages, each receiver's by its name. What a window holds for a chat is one. */
  readonly messages: Readonly<Record<string, number>>;
  /** Of events and receivers: how many a window would have held. */
  readonly held: number;
  /** Events that nobody would have been told. */
  readonly untold: number;
}

/** An event that the two configurations tell to others, or at another time, or otherwise severe. */
export interface Change {
  readonly event: RelayEvent;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Whether the first to be told would be told later, or nobody at all. */
  readonly later: boolean;
}

export interface Rehearsal {
  readonly events: number;
  readonly before: Rehearsed;
  readonly after: Rehearsed;
  /** In the order of the events. */
  readonly changes: readonly Change[];
}

/** What events that were told by one configuration would have been by another: the same one makes no changes. */
export function rehearsal(events: readonly RelayEvent[], before: Rules, after: Rules): Rehearsal {
  const [was, would] = [telling(before), telling(after)];
  const said = events
    .map((event) => withoutGiven(event, before))
    .map((event) => ({ event, before: was(event), after: would(event) }));
  return {
    events: events.length,
    before: summed(
      said.map((each) => each.before),
      before,
    ),
    after: summed(
      said.map((each) => each.after),
      after,
    ),
    changes: said.flatMap(({ event, ...each }) => changeOf(event, each.before, each.after)),
  };
}

/** An event as its sender told it, where the rules in force gave it its environment: another configuration gives its own. */
function withoutGiven(event: RelayEvent, { environments = [] }: Rules): RelayEvent {
  const { environment, ...bare } = event;
  if (environment === undefined) return event;
  const given = withEnvironment(bare as RelayEvent, environments);
  return given.rule !== undefined && given.event.environment === environment ? (bare as RelayEvent) : event;
}

function telling(rules: Rules): (event: RelayEvent) => Told {
  const route = routingOf(rules);
  return (given) => {
    const { event, terms, receivers } = route(given);
    const at = Date.parse(event.occurredAt);
    return new Map(
      receivers.map((name) => {
        const sent = asSentTo(name, { event, terms });
        const window = windowHolding(sent, rules.quiet, name, at);
        const until = window && (releaseAfter(window, rules.quiet, name, at) ?? 'never');
        return [name, { severity: sent.severity, ...(until !== undefined && { until }) }];
      }),
    );
  };
}

function summed(all: readonly Told[], { receivers }: Rules): Rehearsed {
  const messages: Record<string, number> = {};
  const releases = new Set<string>();
  const programs = new Set(
    receivers.flatMap(({ name, type }) => (destinations[type].readers === 'people' ? [] : [name])),
  );
  let held = 0;
  for (const [name, { until }] of all.flatMap((each) => [...each])) {
    if (until !== undefined) held += 1;
    const release = `${name} ${until}`;
    const isOwn = until === undefined || (programs.has(name) && until !== 'never');
    if (isOwn || (until !== 'never' && !releases.has(release))) messages[name] = (messages[name] ?? 0) + 1;
    releases.add(release);
  }
  return { messages, held, untold: all.filter(({ size }) => size === 0).length };
}

const text = (told: Told): readonly string[] =>
  [...told].map(([name, { severity, until }]) => `${name} ${severity} ${until ?? ''}`).sort();

function changeOf(event: RelayEvent, before: Told, after: Told): readonly Change[] {
  if (text(before).join() === text(after).join()) return [];
  return [{ event, before: [...before.keys()], after: [...after.keys()], later: first(after) > first(before) }];
}

/** When the first is told, in milliseconds; 0 is at once, and infinity never. */
const first = (told: Told): number =>
  Math.min(...[...told.values()].map(({ until = 0 }) => (until === 'never' ? Number.POSITIVE_INFINITY : until)));

/** Changes by which what is bad would be told later than now, or to nobody; the worst first. */
export const losses = (changes: readonly Change[], from: Severity = 'error'): readonly Change[] =>
  changes
    .filter(({ event, later }) => later && severities.indexOf(event.severity) >= severities.indexOf(from))
    .toSorted((a, b) => severities.indexOf(b.event.severity) - severities.indexOf(a.event.severity));
