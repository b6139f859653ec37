import * as z from 'zod';
import { list, object, text } from '../fields.ts';

const impacted = z.object({
  all: list(object({ ServiceName: text, ImpactedRegions: list(object({ RegionName: text })) })),
});

/** Every service and region that an incident of Service Health is about; `service` and `region` are the first of them. */
export function impactedOf({ service, region, impactedServices }: Incident): Pick<Incident, 'service' | 'region'> {
  const { all } = impacted.parse({ all: fromJson(impactedServices) });
  const regions = all.flatMap((each) => each?.ImpactedRegions ?? []);
  return {
    service: joined(
      service,
      all.map((each) => each?.ServiceName),
    ),
    region: joined(
      region,
      regions.map((each) => each?.RegionName),
    ),
  };
}

interface Incident {
  readonly service?: string | undefined;
  readonly region?: string | undefined;
  /** A list, or JSON of one. */
  readonly impactedServices?: unknown;
}

const joined = (first: string | undefined, names: readonly (string | undefined)[]): string | undefined =>
  [...new Set([first, ...names])].filter(Boolean).join(', ') || undefined;

function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
