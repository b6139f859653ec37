import type { Bookmark } from './bookmark.ts';
import { isRefused, whyOf } from './failures.ts';
import { iso, type Session } from './session.ts';

const DAY = 86_400_000;

// After so long, whatever was wrong with Resource Graph may have been mended.
const UNFIT_DAYS = 7;

export interface Choice {
  readonly source: 'arm' | 'graph';
  readonly bookmark: Partial<Bookmark>;
  /** Instances that Resource Graph knows of, where it was asked. */
  readonly rows?: number;
}

/**
 * Where drift is looked for. With `auto` it is Resource Graph, unless there are few sets, and as long as it tells which
 * model each instance has: no page of Microsoft's says that it does, so it is asked, by each process once and then daily.
 */
export async function chooseSource(session: Session, isFirst: boolean): Promise<Choice> {
  const { azure, settings, bookmark, now, few, progress } = session;
  if (settings.source !== 'auto') return { source: settings.source === 'arm' ? 'arm' : 'graph', bookmark: {} };
  const { unfitSince, probedAt, sets } = bookmark;
  if (sets !== undefined && sets <= few) return { source: 'arm', bookmark: {} };
  if (unfitSince !== undefined && now - Date.parse(unfitSince) < UNFIT_DAYS * DAY)
    return { source: 'arm', bookmark: {} };
  const isDue = probedAt === undefined || now - Date.parse(probedAt) >= DAY;
  if (!isFirst && !isDue && unfitSince === undefined) return { source: 'graph', bookmark: {} };
  const probe = await azure.graph.probe(settings.scopes);
  if (probe.kind !== 'read') {
    progress('Resource Graph cannot be asked, so Resource Manager is', { why: whyOf(probe) });
    return { source: 'arm', bookmark: isRefused(probe) ? { unfitSince: iso(now) } : {} };
  }
  const { rows, withModel } = probe.value;
  if (withModel < rows) {
    progress('Resource Graph does not tell the models, so Resource Manager is asked', { rows, withModel });
    return { source: 'arm', bookmark: { unfitSince: iso(now), probedAt: iso(now) } };
  }
  return { source: 'graph', bookmark: { probedAt: iso(now), unfitSince: undefined }, rows };
}
