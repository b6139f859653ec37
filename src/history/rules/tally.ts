import type { EventOf, RelayEvent } from '../../event/event.ts';
import { type DayCount, dayCount, type Spread, type Thing } from './day-count.ts';

interface About {
  readonly name: string;
  readonly id?: string | undefined;
  readonly environment?: string | undefined;
}

/** The rows of one day while they are counted. */
export class Tally {
  readonly #day: string;
  readonly #rows = new Map<string, DayCount>();

  constructor(day: string) {
    this.#day = day;
  }

  /** The row of one thing; made with the first that is counted of it. */
  row(of: Thing, { name, id, environment }: About = { name: '' }): DayCount {
    const key = JSON.stringify([of, id ?? name, environment ?? '']);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const about = { ...(id !== undefined && { id }), ...(environment !== undefined && { environment }) };
    const made = dayCount.parse({ day: this.#day, of, name, ...about });
    this.#rows.set(key, made);
    return made;
  }

  /** Everything that an event is counted by, but for its receivers. */
  of(event: RelayEvent): readonly DayCount[] {
    const environment = event.environment || undefined;
    const set = setOf(event);
    return [
      this.row('all'),
      ...(environment === undefined ? [] : [this.row('environment', { name: environment, environment })]),
      this.row('source', { name: event.source, environment }),
      ...(set === undefined ? [] : [this.row('set', { ...set, environment })]),
      ...(event.kind === 'alert' ? [this.row('rule', { name: event.rule, environment })] : []),
      ...(isDeployed(event) ? [this.row('deployment', { name: event.subject, environment })] : []),
    ];
  }

  get rows(): readonly DayCount[] {
    return [...this.#rows.values()];
  }
}

/** Deploys something: a check of what is only proposed does not. */
export const isDeployed = (event: RelayEvent): event is EventOf<'deployment'> =>
  event.kind === 'deployment' && event.check !== true;

const SET = /\/virtualmachinescalesets\/[^/]+$/;

/** The scale set that an event is about: what scales, and what says so by its ARM id. */
function setOf({ kind, resource }: RelayEvent): About | undefined {
  const id = resource.id?.toLowerCase();
  if (id !== undefined && (kind === 'scale' || SET.test(id))) return { name: resource.name, id };
  return kind === 'scale' ? { name: resource.name } : undefined;
}

const MOST_EACH = 100;

// What is said to have taken longer had a beginning that nobody believes.
const LONGEST_MILLISECONDS = 30 * 86_400_000;

/** One more that took so many milliseconds; one that ended before it began took none. */
export function took(spread: Spread, milliseconds: number): void {
  if (milliseconds > LONGEST_MILLISECONDS) return;
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  spread.count += 1;
  spread.seconds += seconds;
  spread.longest = Math.max(spread.longest, seconds);
  if (spread.each.length < MOST_EACH) spread.each.push(seconds);
}
