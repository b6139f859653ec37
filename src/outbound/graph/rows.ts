import * as z from 'zod';
import type { FlexCount, ImageCount, Subscription } from '../../drift/scale-sets.ts';
import { profileTime } from '../arm/compute-instance.ts';

// Columns of our own queries, see resource-graph-queries.ts.

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
