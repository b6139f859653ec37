import * as z from 'zod';
import { jsonIn } from '../../event/json.ts';
import { list, text } from '../fields.ts';
import { anyCase } from './any-case.ts';

const impacted = z.object({
  all: list(anyCase({ ServiceName: text, ImpactedRegions: list(anyCase({ RegionName: text })) })),
});

/**
 * Every service and region that an incident of Service Health is about; `service` and `region` are the first of them, and
 * `whole` says all where a name has no room for them or not all services are concerned in all regions.
 */
export function impactedOf({ service, region, impactedServices }: Incident): Impacted {
  const { all } = impacted.parse({ all: fromJson(impactedServices) });
  const told = all.flatMap((each) =>
    each?.ServiceName === undefined
      ? []
      : [{ name: each.ServiceName, regions: each.ImpactedRegions.flatMap((of) => of?.RegionName ?? []) }],
  );
  const services = unique([service, ...told.map(({ name }) => name)]);
  const regions = unique([region, ...all.flatMap((each) => each?.ImpactedRegions.map((of) => of?.RegionName) ?? [])]);
  const given = { service: counted(services, NAME), region: counted(regions, REGION) };
  const isCut = given.service !== services.join(', ') || given.region !== regions.join(', ');
  const differ = new Set(told.map((each) => each.regions.join(', '))).size > 1;
  return {
    service: given.service || undefined,
    region: given.region || undefined,
    whole:
      isCut || differ
        ? told.map(({ name, regions: at }) => `${name}: ${at.join(', ')}`).join('\n') || undefined
        : undefined,
  };
}

interface Impacted extends Pick<Incident, 'service' | 'region'> {
  readonly whole: string | undefined;
}

// An event's region has 80 characters, and a name that is longer is read by nobody.
const REGION = 74;
const NAME = 150;

const unique = (names: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(names.filter((name) => name !== undefined && name !== ''))] as readonly string[];

/** "East US, Korea Central +12": as many as have room, and how many more there are. */
function counted(names: readonly string[], most: number): string {
  const shown = names.filter((_, index) => index === 0 || names.slice(0, index + 1).join(', ').length <= most);
  return shown.join(', ') + (shown.length < names.length ? ` +${names.length - shown.length}` : '');
}

interface Incident {
  readonly service?: string | undefined;
  readonly region?: string | undefined;
  /** A list, or JSON of one. */
  readonly impactedServices?: unknown;
}

const fromJson = (value: unknown): unknown => (typeof value === 'string' ? jsonIn(value) : value);
