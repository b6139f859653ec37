import type { EventOf } from '../../event/event.ts';
import type { Carried } from './carried.ts';
import { type DayCount, partOf } from './day-count.ts';
import { took } from './tally.ts';

type Deployment = EventOf<'deployment'>;
type End = 'succeeded' | 'failed' | 'cancelled';

const isEnd = (phase: Deployment['phase']): phase is End =>
  phase === 'succeeded' || phase === 'failed' || phase === 'cancelled';

const runOf = ({ source, story, id }: Deployment): string => JSON.stringify([source, story ?? id]);

/** What a day's deployments come to. A run is told stage by stage and as a whole; it is one deployment in each environment. */
export class Deployments {
  readonly #ends = Map.groupBy<string, Deployment>([], runOf);
  readonly #carried: Carried;

  constructor(carried: Carried) {
    this.#carried = carried;
  }

  /** Events in the order of time. */
  add(event: Deployment): void {
    const run = runOf(event);
    const { begun } = this.#carried;
    if (!begun.has(run)) begun.set(run, Date.parse(event.occurredAt));
    if (isEnd(event.phase)) this.#ends.set(run, [...(this.#ends.get(run) ?? []), event]);
  }

  count(rowsOf: (event: Deployment) => readonly DayCount[]): void {
    const ends = [...this.#ends.values()].flatMap(deploymentsIn);
    for (const end of ends.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))) this.#count(end, rowsOf(end));
  }

  #count(end: Deployment, rows: readonly DayCount[]): void {
    const { begun, failing } = this.#carried;
    const at = Date.parse(end.occurredAt);
    const began = begun.get(runOf(end)) ?? at;
    // What its sender says it took is the better word where nobody told of its beginning.
    const lead = Math.max(at - began, (end.duration ?? 0) * 1_000);
    const what = JSON.stringify([end.subject, end.environment ?? '']);
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

/** The ends of one run that are a deployment each: those with an environment, else of the run; in each the whole, else its last stage. */
function deploymentsIn(ends: readonly Deployment[]): readonly Deployment[] {
  const placed = ends.filter(({ environment }) => environment);
  const byPlace = Map.groupBy(placed.length > 0 ? placed : ends, ({ environment = '' }) => environment);
  return [...byPlace.values()].flatMap((own) => {
    const whole = own.filter(({ step }) => step === undefined);
    if (whole.length > 0) return whole;
    const failed = own.findLast(({ phase }) => phase === 'failed');
    return failed ?? own.at(-1) ?? [];
  });
}
