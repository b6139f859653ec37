import type { DriftMark, DriftStore } from '../ports.ts';
import { subscriptionOf } from '../rules/decide.ts';
import type { Subscription } from '../scale-sets.ts';
import { placeOf } from './place-of.ts';
import { readPlaces } from './read-places.ts';
import type { Session } from './session.ts';

// Scaling marks a set as well: what is left waits for the next run, which reads it anyway if it has drifted.
const MOST_MARKS = 300;

/** Reads the sets that something was done to since the last run; gives the marks that have been dealt with. */
export async function readMarked(
  session: Session,
  store: Pick<DriftStore, 'marks'>,
  subscriptions: readonly Subscription[],
): Promise<readonly DriftMark[]> {
  const covered = new Set(subscriptions.map(({ id }) => id));
  const marks = await store.marks(MOST_MARKS);
  const wanted = marks.filter(({ setId }) => covered.has(subscriptionOf(setId)));
  if (wanted.length > 0) session.progress('sets that something was done to', { sets: wanted.length });
  await readPlaces(
    session,
    wanted.map(({ setId }) => placeOf(setId)),
  );
  return marks.filter((mark) => !wanted.includes(mark) || session.harvest.has(mark.setId));
}
