import type { DriftEpisode } from '../../drift/rules/episodes.ts';
import type { EventOf, RelayEvent } from '../../event/event.ts';
import { DAY_MILLISECONDS, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import type { Carried } from './carried.ts';
import { countAcknowledged, countAlert } from './count-alerts.ts';
import { Deployments } from './count-deployments.ts';
import { Scalings } from './count-scale.ts';
import { type DayCount, partOf, startOf } from './day-count.ts';
import type { Fact, Facts } from './facts.ts';
import { isDeployed, Tally } from './tally.ts';

interface Known {
  readonly facts: Facts;
  /** Those of the facts, in order. */
  readonly events: readonly Fact[];
  readonly episodes: readonly DriftEpisode[];
  /** Milliseconds: what is later has not happened yet. */
  readonly now: number;
}

/** Counts a day. What goes on from the days before is in `carried`, and afterwards what goes on to the next. */
export function countDay(day: string, { facts, events, episodes, now }: Known, carried: Carried): readonly DayCount[] {
  const tally = new Tally(day);
  const scalings = new Scalings();
  const known = events.map(({ event }) => event);
  const deployments = new Deployments(known, carried);
  for (const { at, event } of events) {
    if (at < startOf(day) || at >= startOf(day) + DAY_MILLISECONDS) continue;
    if (event.kind === 'act') {
      countAcknowledged(event, (rule) => dealtWith(tally, event, rule), carried);
      continue;
    }
    for (const row of tally.of(event)) {
      row.events += 1;
      row.severities[event.severity] = (row.severities[event.severity] ?? 0) + 1;
    }
    if (event.kind === 'alert') countAlert(event, tally.of(event), carried);
    if (event.kind === 'scale') scalings.add(event);
    if (isDeployed(event)) deployments.add(event);
  }
  scalings.count((event) => tally.of(event));
  deployments.count((event) => tally.of(event));
  countLimits(day, facts, tally);
  countOutcomes(day, facts, tally);
  countDrift(day, episodes, now, tally);
  return tally.rows;
}

const placed = (tally: Tally, environment: string | undefined): readonly DayCount[] => [
  tally.row('all'),
  ...(environment === undefined ? [] : [tally.row('environment', { name: environment, environment })]),
];

const dealtWith = (tally: Tally, { environment }: RelayEvent & EventOf<'act'>, rule: string): readonly DayCount[] => [
  ...placed(tally, environment || undefined),
  tally.row('rule', { name: rule, environment: environment || undefined }),
];

/** Sets that have reached the most that their settings allow. */
function countLimits(day: string, { atLimit }: Facts, tally: Tally): void {
  const start = startOf(day);
  for (const { at, event } of atLimit.values()) {
    if (at < start || at >= start + DAY_MILLISECONDS) continue;
    for (const row of tally.of(event).filter(({ of }) => of === 'set')) {
      const scale = partOf(row, 'scale');
      scale.limit = Math.max(scale.limit ?? 0, event.to);
    }
  }
}

function countOutcomes(day: string, { outcomes }: Facts, tally: Tally): void {
  for (const { day: own, receiver, environment, came, count } of outcomes) {
    if (own !== day) continue;
    for (const row of [...placed(tally, environment), tally.row('receiver', { name: receiver, environment })])
      partOf(row, 'messages')[came] += count;
  }
}

function countDrift(day: string, episodes: readonly DriftEpisode[], now: number, tally: Tally): void {
  const [start, end] = [startOf(day), Math.min(startOf(day) + DAY_MILLISECONDS, now)];
  for (const { id, name, environment, since, until = now } of episodes) {
    const minutes = Math.round((Math.min(until, end) - Math.max(since, start)) / MINUTE_MILLISECONDS);
    if (minutes <= 0) continue;
    const row = tally.row('set', { name, id, environment });
    row.drift = { minutes: Math.min(1_440, (row.drift?.minutes ?? 0) + minutes) };
  }
}
