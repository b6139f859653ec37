import { setKey } from '../rules/report.ts';
import { isBaseline } from '../rules/state.ts';
import type { Session } from './session.ts';

// Five queries. A digest names nobody, so the first run asks once, and only for the age of some.
const MOST = 250;
const MOST_AT_FIRST = 50;

/**
 * What changed the models of sets whose drift nobody was told of yet, or whose model changed since, by whom and when. Only
 * Resource Graph knows; without an answer they are told without it.
 */
export async function readChanges({ azure, settings, before, harvest }: Session): Promise<void> {
  if (settings.source === 'arm') return;
  const fresh = harvest.reading.sets
    .filter(({ set: { modelCreatedAt = '', ...set }, drifted }) => {
      const told = before?.sets[setKey(set)]?.told;
      return told === undefined ? drifted.length > 0 : modelCreatedAt > told.at;
    })
    .map(({ set }) => setKey(set))
    .slice(0, isBaseline(before) ? MOST_AT_FIRST : MOST);
  if (fresh.length === 0) return;
  for await (const page of azure.graph.changes(fresh)) {
    if (page.kind !== 'page') return;
    for (const { setId, change } of page.items) harvest.amend(setId, { change });
  }
}
