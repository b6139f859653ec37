import * as z from 'zod';
import type { MachineReader } from '../../delivery/ports.ts';
import type { Machine } from '../../delivery/rules/sight.ts';
import type { ScaleSet } from '../../drift/rules/azure.ts';
import type { Failure, Hold, Pages, SetLocation } from '../../drift/scale-sets.ts';
import type { Ask } from './answer.ts';
import type { Caller } from './call.ts';
import { readMachine } from './compute/machine.ts';
import { pages } from './pages.ts';
import { connection, type ResourceManagerSettings } from './resource-manager.ts';
import { type Address, about, addressOf, scaleSetReadings } from './sets.ts';

// A queue message waits for it.
const LONGEST_MILLISECONDS = 25_000;

/** Reads the machines of scale sets from Azure. Throws a ConfigurationError; the reader itself never rejects. */
export function machineReader(settings: ResourceManagerSettings): MachineReader {
  const { address, timing, open } = connection(settings);
  // What Azure asked to wait for outlasts the look that it was said to.
  let holds: readonly Hold[] = [];
  const begin = (): Caller => {
    holds = holds.filter(({ until }) => Date.parse(until) > timing.now());
    const deadline = timing.now() + LONGEST_MILLISECONDS;
    const { call } = open({ deadline, signal: new AbortController().signal, holds });
    return async (ask) => {
      const reading = await call(ask);
      if (reading.kind === 'held') holds = [...holds, reading];
      return reading;
    };
  };

  return {
    async look(setId) {
      const call = begin();
      const set = await scaleSetReadings(call, address).set(locationOf(setId));
      if (set.kind !== 'read') return unread(set);
      const found = await gathered(machinePages(call, address, set.value));
      if ('kind' in found) return unread(found);
      const { capacity } = set.value;
      return { ...(capacity !== undefined && { capacity }), machines: found.items, unread: found.unread };
    },
    async limits(setId) {
      const found = await gathered(settingPages(begin(), address, locationOf(setId)));
      if ('kind' in found) return undefined;
      const [limits, ...others] = new Set(
        found.items
          .filter(({ target }) => target.toLowerCase() === setId.toLowerCase())
          .flatMap(({ profiles }) => profiles.map((each) => JSON.stringify(each))),
      );
      // Which profile counts at the moment is not said: where they differ, neither are the limits.
      return limits === undefined || others.length > 0 ? undefined : (JSON.parse(limits) as Capacity);
    },
  };
}

const SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i;

/** The region is not known before the set was read. */
const locationOf = (id: string): SetLocation => ({
  id,
  subscriptionId: SUBSCRIPTION.exec(id)?.[1] ?? '',
  location: '',
});

/** One word of why, and whether there is no more to hope for: no such set, no access, no identity. */
function unread({ kind, call, code }: Failure): {
  readonly unread: { readonly reason: string; readonly final: boolean };
} {
  const final = kind === 'gone' || kind === 'forbidden' || call === 'token';
  return { unread: { reason: kind === 'failed' ? (code ?? kind) : kind, final } };
}

async function gathered<T>(
  list: Pages<T>,
): Promise<{ readonly items: readonly T[]; readonly unread: number } | Failure> {
  const items: T[] = [];
  let unread = 0;
  for await (const page of list) {
    if (page.kind !== 'page') return page;
    items.push(...page.items);
    unread += page.unread.length;
  }
  return { items, unread };
}

const VIEW = { $expand: 'instanceView' };

/** All instances with their views: when each was ready, and why one failed, stands there alone. */
function machinePages(call: Caller, { origin, computeVersion }: Address, set: ScaleSet): Pages<Machine> {
  const { id, subscriptionId, capacity, orchestration } = set;
  // As the drift report lists VMs of Flexible sets: https://github.com/Azure/azure-cli/issues/24609
  const flexible = { ...VIEW, $filter: `'virtualMachineScaleSet/id' eq '${id.replaceAll("'", "''")}'` };
  const url =
    orchestration === 'Flexible'
      ? addressOf(
          origin,
          `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/virtualMachines`,
          computeVersion,
          flexible,
        )
      : addressOf(origin, `${id}/virtualMachines`, computeVersion, VIEW);
  const ask: Ask = {
    ...about(set),
    call: 'instances',
    cost: 'high',
    setId: id.toLowerCase(),
    views: Math.max(1, capacity ?? 1),
    url,
  };
  return pages(call, ask, readMachine);
}

const AUTOSCALE_VERSION = '2022-10-01';

interface Capacity {
  readonly minimum: number;
  readonly maximum: number;
}

// Counts are texts there: azure-rest-api-specs, Microsoft.Insights/stable/2022-10-01/autoscale_API.json
const whole = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

const setting = z.object({
  properties: z.object({
    targetResourceUri: z.string(),
    enabled: z.boolean().optional(),
    profiles: z.array(z.object({ capacity: z.object({ minimum: whole, maximum: whole }) })),
  }),
});

/** The autoscale settings of a set's resource group: https://learn.microsoft.com/rest/api/monitor/autoscale-settings/list-by-resource-group */
function settingPages(
  call: Caller,
  { origin }: Address,
  place: SetLocation,
): Pages<{ readonly target: string; readonly profiles: readonly Capacity[] }> {
  const group = place.id.split('/').slice(0, 5).join('/');
  const url = addressOf(origin, `${group}/providers/Microsoft.Insights/autoscaleSettings`, AUTOSCALE_VERSION);
  return pages(call, { ...about(place), call: 'set', cost: 'low', url }, (raw) => {
    const { data } = setting.safeParse(raw);
    if (data === undefined) return undefined;
    const { targetResourceUri: target, enabled = true, profiles } = data.properties;
    return { target, profiles: enabled ? profiles.map(({ capacity }) => capacity) : [] };
  });
}
