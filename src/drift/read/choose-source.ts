import { DAY_MILLISECONDS, iso } from '../../event/time/units.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { RunContext } from './context.ts';
import { isRefused, whyOf } from './failure.ts';

// After so long, whatever was wrong with Resource Graph may have been mended.
const UNFIT_DAYS = 7;

export interface Choice {
  readonly source: 'arm' | 'graph';
  readonly checkpoint: Partial<Checkpoint>;
  /** Instances that Resource Graph knows of, where it was asked. */
  readonly rows?: number;
}

/**
 * Where drift is looked for. With `auto` it is Resource Graph, unless there are few sets, and as long as it tells which
 * model each instance has: no page of Microsoft's says that it does, so it is asked, by each process once and then daily.
 */
export async function chooseSource(context: RunContext, isFirst: boolean): Promise<Choice> {
  const { azure, settings, checkpoint, now, few, progress } = context;
  if (settings.source !== 'auto') return { source: settings.source === 'arm' ? 'arm' : 'graph', checkpoint: {} };
  const { unfitSince, probedAt, sets } = checkpoint;
  if (sets !== undefined && sets <= few) return { source: 'arm', checkpoint: {} };
  if (unfitSince !== undefined && now - Date.parse(unfitSince) < UNFIT_DAYS * DAY_MILLISECONDS)
    return { source: 'arm', checkpoint: {} };
  const isDue = probedAt === undefined || now - Date.parse(probedAt) >= DAY_MILLISECONDS;
  if (!isFirst && !isDue && unfitSince === undefined) return { source: 'graph', checkpoint: {} };
  const probe = await azure.graph.probe(settings.scopes);
  if (probe.kind !== 'read') {
    progress('Resource Graph cannot be asked, so Resource Manager is', { why: whyOf(probe) });
    return { source: 'arm', checkpoint: isRefused(probe) ? { unfitSince: iso(now) } : {} };
  }
  const { rows, withModel } = probe.value;
  if (withModel < rows) {
    progress('Resource Graph does not tell the models, so Resource Manager is asked', { rows, withModel });
    return { source: 'arm', checkpoint: { unfitSince: iso(now), probedAt: iso(now) } };
  }
  return { source: 'graph', checkpoint: { probedAt: iso(now), unfitSince: undefined }, rows };
}
