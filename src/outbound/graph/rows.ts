import * as z from 'zod';
import type { ModelChange } from '../../drift/rules/azure.ts';
import type { FlexCount, ImageCount, Subscription } from '../../drift/scale-sets.ts';
import { instant } from '../../event/time/instant.ts';
import { profileTime } from '../arm/compute/instance.ts';
import { json } from '../arm/compute/set.ts';

// Columns of our own queries, see queries.ts.

const count = z.number().int().nonnegative();
const setId = z.string().min(1).toLowerCase();

const probe = z.object({ rows: count, withModel: count });
const candidate = z.object({ id: setId, drifted: count });
const flex = z.object({ id: setId, tag: z.string().nullish(), instances: count });
const image = z.object({ id: setId, version: z.string().min(1), instances: count });
const subscription = z.object({ subscriptionId: z.string().min(1).toLowerCase(), name: z.string().nullish() });

export const readProbe = (row: unknown): z.infer<typeof probe> | undefined => probe.safeParse(row).data;

export function readCandidate(row: unknown): { readonly setId: string; readonly drifted: number } | undefined {
  const { data } = candidate.safeParse(row);
  return data && { setId: data.id, drifted: data.drifted };
}

export function readFlexCount(row: unknown): FlexCount | undefined {
  const { data } = flex.safeParse(row);
  const profileCreatedAt = profileTime(data?.tag ?? undefined);
  return data && { setId: data.id, count: data.instances, ...(profileCreatedAt !== undefined && { profileCreatedAt }) };
}

export function readImageCount(row: unknown): ImageCount | undefined {
  const { data } = image.safeParse(row);
  return data && { setId: data.id, version: data.version, count: data.instances };
}

export function readSeen(row: unknown): Subscription | undefined {
  const { data } = subscription.safeParse(row);
  return data && { id: data.subscriptionId, name: data.name || data.subscriptionId };
}

const changed = z.object({
  id: z.string(),
  at: z.string(),
  changedBy: z.string().nullish(),
  changedByType: z.string().nullish(),
  changes: json.nullish(),
});

const MODEL_PATH = /^(properties\.virtualMachineProfile\b|sku\.name$)/i;

/** A row of changes; undefined for what is none. Values of the changes are left behind: they can hold settings. */
export function readChange(raw: unknown): { readonly setId: string; readonly change: ModelChange } | undefined {
  const { data } = changed.safeParse(raw);
  const at = instant(data?.at ?? '');
  if (data === undefined || at === undefined) return undefined;
  const { id, changedBy, changedByType, changes } = data;
  const paths = Object.keys(changes ?? {}).filter((path) => MODEL_PATH.test(path));
  return {
    setId: id.toLowerCase(),
    change: { at, ...(changedBy && { by: changedBy }), ...(changedByType && { byType: changedByType }), paths },
  };
}
