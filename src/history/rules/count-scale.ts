import type { EventOf } from '../../event/event.ts';
import { type DayCount, partOf } from './day-count.ts';

type Scale = EventOf<'scale'>;

/** One scaling of a set, however often its steps were told. */
interface Scaling {
  readonly first: Scale;
  last: Scale;
}

// One that is told by two senders, or at its beginning and its end, without a name of its own.
const SAME_MILLISECONDS = 30 * 60_000;
const MOST_STEPS = 144;

/** What a day's scale events come to: each scaling once, as it ended. Events in the order of time. */
export class Scalings {
  readonly #all: Scaling[] = [];
  readonly #latest = new Map<string, Scaling>();

  add(event: Scale): void {
    const { resource, direction, to, environment = '' } = event;
    const key = JSON.stringify([(resource.id ?? resource.name).toLowerCase(), environment, direction, to]);
    const known = this.#latest.get(key);
    if (known !== undefined && isSame(known.last, event)) {
      known.last = event;
      return;
    }
    const scaling = { first: event, last: event };
    this.#all.push(scaling);
    this.#latest.set(key, scaling);
  }

  /** Into the rows of the event that each is counted by. */
  count(rowsOf: (event: Scale) => readonly DayCount[]): void {
    for (const { first, last } of this.#all) {
      for (const row of rowsOf(first)) count(row, first, last);
    }
  }
}

function isSame(before: Scale, event: Scale): boolean {
  if (before.operation !== undefined && event.operation !== undefined) return before.operation === event.operation;
  return Date.parse(event.occurredAt) - Date.parse(before.occurredAt) < SAME_MILLISECONDS;
}

function count(row: DayCount, first: Scale, last: Scale): void {
  const counted = partOf(row, 'scale');
  if (last.phase === 'failed' || last.phase === 'held') {
    counted[last.phase] += 1;
    return;
  }
  counted[first.direction] += 1;
  // Capacities of several sets do not add up.
  if (row.of !== 'set') return;
  const from = first.from ?? last.from;
  const { to, occurredAt: at } = last;
  counted.steps.push({ at, ...(from !== undefined && { from }), to });
  if (counted.steps.length > MOST_STEPS) counted.steps.shift();
  const all = [from ?? to, to];
  counted.minimum = Math.min(counted.minimum ?? to, ...all);
  counted.maximum = Math.max(counted.maximum ?? to, ...all);
}
