import * as z from 'zod';
import type { Ports } from '../delivery/ports.ts';
import type { EventOf } from '../event/event.ts';
import { identity } from '../event/identity.ts';
import type { ReviewDocument } from '../event/review.ts';
import { readSchedule } from '../event/time/ncrontab.ts';
import { lastTime } from '../event/time/ncrontab-times.ts';
import { iso } from '../event/time/units.ts';
import { readReview } from './read-review.ts';
import { dayOf, startOf } from './rules/day-count.ts';
import { readMark } from './store.ts';

/** Who gets the review of which week, and when (NCRONTAB in UTC). */
export interface ReviewPlan {
  readonly to: readonly string[];
  readonly environment?: string | undefined;
  readonly at: string;
}

const PARTITION = '~review';
const KEY = 'reviews';

/** Up to when (milliseconds) the schedule of each plan was looked at. A row of another form counts as none: then a review is left out. */
const looked = z.object({ version: z.literal(1), until: z.record(z.string(), z.number()) });

const nameOf = ({ environment = '', at, to }: ReviewPlan): string => identity('review', environment, at, ...to);

/**
 * Once an hour: queues each review that it was time for since the last look, once its days are counted to their end. The last one
 * of several. Whoever does it twice makes the same event, which the ledger knows. Resolves with how many; rejects with a StorageError.
 */
export async function queueReviews(
  { ledger, deliveries, clock }: Pick<Ports, 'ledger' | 'deliveries' | 'clock'>,
  plans: readonly ReviewPlan[],
): Promise<number> {
  const now = clock.now();
  const row = await ledger.read(PARTITION, KEY);
  const known = looked.safeParse(row?.value).data?.until ?? {};
  const counted = Date.parse((await readMark(ledger))?.at ?? '') || 0;
  const until: Record<string, number> = {};
  let queued = 0;
  for (const plan of plans) {
    const after = Math.min(known[nameOf(plan)] ?? now, now);
    const time = due(plan, after, now);
    const isCounted = time !== undefined && counted >= startOf(dayOf(time));
    until[nameOf(plan)] = time === undefined || isCounted ? now : after;
    if (!isCounted) continue;
    const event = reviewEvent(await readReview(ledger, { ...plan, until: dayOf(time) }), iso(now));
    await deliveries.send({ version: 1, event, receivers: [...plan.to], attempt: 0, acceptedAt: iso(now) });
    queued += 1;
  }
  const value = { version: 1, until };
  // Last: a fault before it queues the same once more, by the same id. Whoever was quicker has done it all.
  await ledger.write(PARTITION, [
    row === undefined ? { kind: 'insert', key: KEY, value } : { kind: 'replace', key: KEY, value, etag: row.etag },
  ]);
  return queued;
}

function due({ at }: ReviewPlan, after: number, now: number): number | undefined {
  const read = readSchedule(at);
  if ('problem' in read) throw new Error(`review: ${read.problem}`);
  return lastTime(read.schedule, after, now);
}

/** A review as an event, which is named by its week and environment. `at`: ISO, UTC. */
export const reviewEvent = ({ environment, ...document }: ReviewDocument, at: string): EventOf<'review'> => ({
  ...{ kind: 'review', source: 'relay', severity: 'info' },
  id: identity('review', document.from, document.until, environment ?? ''),
  occurredAt: at,
  ...(environment !== undefined && { environment }),
  resource: { name: environment ?? 'autoscale-relay' },
  links: [],
  ...document,
});
