import type { EventOf, RelayEvent } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import type { Carried } from './carried.ts';
import { type DayCount, partOf } from './day-count.ts';
import { isDeployed, took } from './tally.ts';

type Deployment = EventOf<'deployment'>;
type End = 'succeeded' | 'failed' | 'cancelled';

const isEnd = (phase: Deployment['phase']): phase is End =>
  phase === 'succeeded' || phase === 'failed' || phase === 'cancelled';

const runOf = ({ source, story, id }: Deployment): string => identity(source, story ?? id);

/** Runs of which an end as a whole is known: what their stages come to is no end. */
const endedAsWhole = (events: readonly RelayEvent[]): ReadonlySet<string> =>
  new Set(
    events.flatMap((event) =>
      isDeployed(event) && isEnd(event.phase) && event.step === undefined ? [placeOf(event)] : [],
    ),
  );

const placeOf = (event: Deployment): string => JSON.stringify([runOf(event), event.environment ?? '']);

/** What a day's deployments come to. A run is told stage by stage and as a whole; it is one deployment in each environment. */
export class Deployments {
  readonly #ends: Deployment[] = [];
  readonly #wholes: ReadonlySet<string>;
  readonly #carried: Carried;

  /** `known`: everything that is known, of other days too: a stage may end before midnight and its run after it. */
  constructor(known: readonly RelayEvent[], carried: Carried) {
    this.#wholes = endedAsWhole(known);
    this.#carried = carried;
  }

  /** Events in the order of time. */
  add(event: Deployment): void {
    const run = runOf(event);
    const { begun, placed } = this.#carried;
    const at = Date.parse(event.occurredAt);
    if (!begun.has(run)) begun.set(run, at);
    if (!isEnd(event.phase)) return;
    this.#ends.push(event);
    if (event.environment) placed.set(run, at);
  }

  count(rowsOf: (event: Deployment) => readonly DayCount[]): void {
    const { placed } = this.#carried;
    const own = this.#ends.filter((end) => end.environment || !placed.has(runOf(end)));
    const ends = [...Map.groupBy(own, placeOf)].flatMap(([place, all]) => deploymentsIn(all, this.#wholes.has(place)));
    for (const end of ends.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))) this.#count(end, rowsOf(end));
  }

  #count(end: Deployment, rows: readonly DayCount[]): void {
    const { begun, failing } = this.#carried;
    const at = Date.parse(end.occurredAt);
    const began = begun.get(runOf(end)) ?? at;
    // What its sender says it took is the better word where nobody told of its beginning.
    const lead = Math.max(at - began, (end.duration ?? 0) * 1_000);
    const what = identity(end.subject, end.environment ?? '');
    const since = failing.get(what);
    for (const row of rows.map((each) => partOf(each, 'deployments'))) {
      row[end.phase as End] += 1;
      if (end.phase === 'succeeded' && lead > 0) took(row.lead, lead);
      if (end.phase === 'succeeded' && since !== undefined) took(row.restore, at - since);
    }
    if (end.phase === 'succeeded') failing.delete(what);
    if (end.phase === 'failed' && since === undefined) failing.set(what, at);
  }
}

/** The ends of one run in one place that are a deployment each: those of the whole; where there is none, the last of its stages. */
function deploymentsIn(ends: readonly Deployment[], isWhole: boolean): readonly Deployment[] {
  if (isWhole) return ends.filter(({ step }) => step === undefined);
  const failed = ends.findLast(({ phase }) => phase === 'failed');
  return [failed ?? ends.at(-1)].flatMap((end) => end ?? []);
}
