import type { SetReading } from '../rules/reading.ts';
import type { Place } from '../scale-sets.ts';
import { inParallel } from './in-parallel.ts';
import { readSet } from './read-set.ts';
import type { Session } from './session.ts';

const AT_ONCE = 16;

type More = Partial<Pick<SetReading, 'newestImages' | 'inUse'>>;

/**
 * Reads sets from the resource provider, the most urgent of each subscription first. `more` is added to what is read of a
 * set.
 */
export async function readPlaces(
  session: Session,
  places: readonly Place[],
  more: (place: Place) => More = () => ({}),
): Promise<void> {
  const { harvest } = session;
  await inParallel(inTurn(places), AT_ONCE, async (place) => {
    const outcome = await readSet(session, place);
    harvest.take(outcome.kind === 'read' ? { kind: 'read', reading: { ...outcome.reading, ...more(place) } } : outcome);
  });
}

/** One of each subscription after the other: each lets itself be read so often in a second. */
function inTurn(places: readonly Place[]): readonly Place[] {
  const subscriptions = [...Map.groupBy(places, ({ subscriptionId }) => subscriptionId).values()];
  const longest = Math.max(0, ...subscriptions.map((some) => some.length));
  return Array.from({ length: longest }, (_, at) => subscriptions.flatMap((some) => some[at] ?? [])).flat();
}
