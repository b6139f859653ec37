import type { TableServiceClientOptions } from '@azure/data-tables';
import type { RequestPolicyFactory } from '@azure/storage-blob';
import { HOUR_MILLISECONDS, SECOND_MILLISECONDS } from '../../event/time/units.ts';

// Storage refuses whoever is a quarter of an hour off; what is further off is no time of its.
const MOST_MILLISECONDS = HOUR_MILLISECONDS;

/** A clock of this machine, set right by what storage says of the time. */
interface SetClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Takes the `date` of an answer into account, by this machine's clock asked for at `asked`. Whatever is no date is let go. */
  heard(date: string | null | undefined, asked: number): void;
}

/**
 * All instances write times into storage and go by those of the others: leases, holds, ends of windows. Each goes by storage's
 * own clock, which is the same for all. A `date` is cut to the second, and was written while we waited: as long as ours may
 * be right by that, it is left alone.
 */
export function clockSetBy(local: () => number): SetClock {
  let ahead = 0;
  return {
    now: () => local() + ahead,
    heard(date, asked) {
      const said = Date.parse(date ?? '');
      const least = said - local();
      const most = said + SECOND_MILLISECONDS - asked;
      // Also of what is no date.
      if (!(Math.abs(least) <= MOST_MILLISECONDS && least <= most)) return;
      ahead = Math.min(Math.max(ahead, least), most);
    },
  };
}

const clock = clockSetBy(Date.now);

/** The time by storage, once it has said anything; milliseconds since 1970. */
export const storageNow = clock.now;

type Policy = NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy'];

/** A policy that hears what storage says of the time. */
export const hearing: Policy = {
  name: 'hearing',
  async sendRequest(request, next) {
    const asked = Date.now();
    const answer = await next(request);
    clock.heard(answer.headers.get('date'), asked);
    return answer;
  },
};

/** The same, for the older form of policies that queues and blobs take. */
export const hearingFactory: RequestPolicyFactory = {
  create: (next) => ({
    async sendRequest(request) {
      const asked = Date.now();
      const answer = await next.sendRequest(request);
      clock.heard(answer.headers.get('date'), asked);
      return answer;
    },
  }),
};
