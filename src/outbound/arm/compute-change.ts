import * as z from 'zod';
import type { ModelChange } from '../../drift/rules/azure.ts';
import { instant } from '../../event/time/instant.ts';
import { json } from './compute-set.ts';

// Columns of our own query, see resource-graph-queries.ts.
const row = z.object({
  id: z.string(),
  at: z.string(),
  changedBy: z.string().nullish(),
  changedByType: z.string().nullish(),
  changes: json.nullish(),
});

const MODEL_PATH = /^(properties\.virtualMachineProfile\b|sku\.name$)/i;

/** A row of changes; undefined for what is none. Values of the changes are left behind: they can hold settings. */
export function readChange(raw: unknown): { readonly setId: string; readonly change: ModelChange } | undefined {
  const { data } = row.safeParse(raw);
  const at = instant(data?.at ?? '');
  if (data === undefined || at === undefined) return undefined;
  const { id, changedBy, changedByType, changes } = data;
  const paths = Object.keys(changes ?? {}).filter((path) => MODEL_PATH.test(path));
  return {
    setId: id.toLowerCase(),
    change: { at, ...(changedBy && { by: changedBy }), ...(changedByType && { byType: changedByType }), paths },
  };
}
