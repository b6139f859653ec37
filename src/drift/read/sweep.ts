import type { ScaleSet } from '../rules/azure.ts';
import { setKey } from '../rules/report.ts';
import { inParallel } from './in-parallel.ts';
import { placeOf } from './place-of.ts';
import { readSet } from './read-set.ts';
import { iso, type Session } from './session.ts';

const HOUR = 3_600_000;
const AT_ONCE = 16;

/** The hour whose share of the sets is to be read now; undefined where that has been done, or is not wanted. */
export function sweepHour({ settings, bookmark, now }: Session): string | undefined {
  const hour = iso(Math.floor(now / HOUR) * HOUR);
  return settings.source === 'arg' || bookmark.sweptAt === hour ? undefined : hour;
}

/**
 * Reads the instances of sets whose models Resource Graph has just told. Where some are behind, the model is read as well:
 * the one that is known may be older than they are.
 */
export async function sweep(session: Session, sets: readonly ScaleSet[]): Promise<void> {
  const { harvest } = session;
  await inParallel(sets, AT_ONCE, async (set) => {
    if (harvest.has(setKey(set))) return;
    const outcome = await readSet(session, set);
    const isBehind = outcome.kind === 'read' && outcome.reading.drifted.length > 0;
    harvest.take(isBehind ? await readSet(session, placeOf(set.id)) : outcome);
  });
}
