import * as z from 'zod';
import type { Ports } from '../delivery/ports.ts';
import { DAY_MILLISECONDS } from '../event/time/units.ts';
import { csvOf } from '../history/csv.ts';
import { dayOf, things } from '../history/rules/day-count.ts';
import { readDays, readMark } from '../history/store.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { moment, queried } from './requests.ts';

const DAYS = 30;

const wish = (now: number) =>
  z.object({
    since: moment(now).default(now - DAYS * DAY_MILLISECONDS),
    until: moment(now).default(now),
    of: z.enum(things).optional(),
    name: z.string().max(1_000).optional(),
    environment: z.string().max(200).optional(),
    format: z.enum(['json', 'csv']).default('json'),
  });

/** What days came to, from that of `since` to that of `until`. Throws a RelayError. */
export async function answeredFigures(
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  { query }: Pick<HttpRequest, 'query'>,
): Promise<HttpAnswer> {
  const { since, until, of, name, environment, format } = queried(wish(clock.now()), query);
  const [found, mark] = await Promise.all([readDays(ledger, dayOf(since), dayOf(until)), readMark(ledger)]);
  const days = found.filter(
    (count) =>
      (of === undefined || count.of === of) &&
      (name === undefined || count.name === name || count.id === name.toLowerCase()) &&
      (environment === undefined || count.environment === environment),
  );
  if (format === 'json')
    return { status: 200, jsonBody: { ...(mark !== undefined && { countedUntil: mark.at }), days } };
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="figures.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    jsonBody: undefined,
    body: csvOf(days),
  };
}
