import * as z from 'zod';
import type { Ports } from '../delivery/ports.ts';
import { readReview } from '../history/read-review.ts';
import { dayOf } from '../history/rules/day-count.ts';
import { readMark } from '../history/store.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { moment, queried } from './requests.ts';

const wish = (now: number) =>
  z.object({ until: moment(now).default(now), environment: z.string().trim().min(1).max(80).optional() });

/** What the seven days before that of `until` were like, in one environment or in all. Throws a RelayError. */
export async function answeredReview(
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  { query }: Pick<HttpRequest, 'query'>,
): Promise<HttpAnswer> {
  const { until, environment } = queried(wish(clock.now()), query);
  const [review, mark] = await Promise.all([
    readReview(ledger, { until: dayOf(until), environment }),
    readMark(ledger),
  ]);
  return { status: 200, jsonBody: { ...(mark !== undefined && { countedUntil: mark.at }), ...review } };
}
