import type { Ledger } from '../delivery/ports.ts';
import type { ReviewDocument } from '../event/review.ts';
import { daysOf, reviewOf } from './rules/review.ts';
import { readDays } from './store.ts';

/** The review of the seven days before `until` (a day, UTC), from what was counted. Rejects with a StorageError. */
export async function readReview(
  ledger: Ledger,
  asked: { readonly until: string; readonly environment?: string | undefined },
): Promise<ReviewDocument> {
  const { before, week } = daysOf(asked.until);
  const [first = asked.until, last = asked.until] = [before[0], week.at(-1)];
  return reviewOf(await readDays(ledger, first, last), asked);
}
