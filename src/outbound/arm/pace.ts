import type { Hold, Run, Spent } from '../../drift/scale-sets.ts';
import { iso } from '../../event/time/units.ts';
import { budget, type ReadHeader, type Weight } from './budget.ts';

/** Time, and how to let it pass. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or once the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
}

export const realTiming: Timing = {
  now: Date.now,
  random: Math.random,
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    }),
};

type Refusal = { readonly kind: 'stopped' } | ({ readonly kind: 'held' } & Hold);

/** Lets calls through when Azure can take them. */
export interface Pace {
  /** Resolves once the call may go; a refusal where it may not within this run. */
  turn(weight: Weight): Promise<Refusal | undefined>;
  /** Nobody goes there until then (milliseconds). */
  hold(weight: Weight, until: number): void;
  /** Takes down what an answer says about what is left; without an answer, that a request was sent. */
  sent(weight: Weight, header?: ReadHeader): void;
  /** Runs with at most so many others at the same time. */
  within<T>(work: () => Promise<T>): Promise<T>;
  spent(): Spent;
}

// Each has one page in memory. Azure takes some 60 ms to answer, so that fewer would leave most of its rates unused.
const AT_ONCE = 16;

export function pace({ deadline, signal, holds }: Run, { now, sleep }: Timing): Pace {
  const spending = budget(now);
  const until = new Map(holds.map((hold) => [placeKey(hold), Date.parse(hold.until)]));
  const spent = { reads: 0, queries: 0, throttled: 0, views: 0 };

  return {
    async turn(weight) {
      let booked: number | undefined;
      for (;;) {
        const held = holdOn(weight, until, now());
        if (held !== undefined && held.until > deadline) return refused(held);
        if (signal.aborted || now() >= deadline) return { kind: 'stopped' };
        booked ??= spending.book(weight, deadline);
        if (booked === undefined) return { kind: 'stopped' };
        const due = Math.max(booked, held?.until ?? 0);
        if (due <= now()) return undefined;
        await sleep(due - now(), signal);
      }
    },
    hold(weight, time) {
      spent.throttled += 1;
      until.set(placeKey(weight), Math.max(time, until.get(placeKey(weight)) ?? 0));
    },
    sent(weight, header) {
      spent[weight.cost === 'graph' ? 'queries' : 'reads'] += 1;
      if (header !== undefined) spent.views += spending.settle(weight, header);
    },
    within: limiter(AT_ONCE),
    spent: () => ({ ...spent }),
  };
}

type Where = Pick<Weight, 'subscriptionId' | 'location'>;

const placeKey = ({ subscriptionId, location }: Where): string => `${subscriptionId}/${location}`;

/** The hold on a call's region, or on its whole subscription. */
function holdOn({ subscriptionId, location }: Where, holds: ReadonlyMap<string, number>, now: number) {
  return [
    { subscriptionId, location },
    { subscriptionId, location: '' },
  ]
    .map((place) => ({ ...place, until: holds.get(placeKey(place)) ?? 0 }))
    .filter(({ until }) => until > now)
    .sort((one, other) => other.until - one.until)[0];
}

const refused = ({ until, ...place }: Where & { readonly until: number }): Refusal => ({
  kind: 'held',
  ...place,
  until: iso(until),
});

/** Runs at most so many at the same time; the others wait in order. */
function limiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((done) => waiting.push(done));
    else running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes the place over, so the count stays.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
