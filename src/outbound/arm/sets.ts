import type { Approval } from '../../drift/rules/azure.ts';
import type { Pages, ReadResult, ScaleSets, SetLocation } from '../../drift/scale-sets.ts';
import { type Answered, type Ask, failed } from './answer.ts';
import type { Caller } from './call.ts';
import { readHookEvent, readRepairsSuspended } from './compute/hook.ts';
import { readScaleSet } from './compute/set.ts';
import { newestOsUpgrade, readOsUpgrade, readRollout } from './compute/upgrade.ts';
import { pages } from './pages.ts';

/** Where Resource Manager is, and which version of Compute's interface is spoken. */
export interface Address {
  readonly origin: string;
  readonly computeVersion: string;
}

type Readings = Pick<ScaleSets, 'sets' | 'set' | 'rollout' | 'osUpgrade' | 'approval' | 'repairsSuspended'>;

/** Readings of scale sets: https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets */
export function scaleSetReadings(call: Caller, { origin, computeVersion }: Address): Readings {
  const at = (path: string, options: Readonly<Record<string, string>> = {}): string =>
    addressOf(origin, path, computeVersion, options);
  const of = (place: SetLocation, what: Ask['call'], path = ''): Ask => ({
    ...about(place),
    call: what,
    cost: 'low',
    url: at(`${place.id}${path}`),
  });

  return {
    sets(subscription) {
      const path = `/subscriptions/${subscription}/providers/Microsoft.Compute/virtualMachineScaleSets`;
      const subscriptionId = subscription.toLowerCase();
      const ask = { call: 'sets', name: subscriptionId, subscriptionId, location: '', cost: 'high' } as const;
      return pages(call, { ...ask, url: at(path) }, readScaleSet);
    },
    async set(place) {
      const ask = of(place, 'set');
      return understood(ask, readScaleSet, await call(ask));
    },
    async rollout(place) {
      const ask = of(place, 'rollout', '/rollingUpgrades/latest');
      return noneIfGone(understood(ask, readRollout, await call(ask)));
    },
    async osUpgrade(place) {
      const ask = of(place, 'osUpgrade', '/osUpgradeHistory');
      const history = await wholeOf(ask, pages(call, ask, readOsUpgrade));
      return noneIfGone(history.kind === 'read' ? { kind: 'read', value: newestOsUpgrade(history.value) } : history);
    },
    async approval(place) {
      const ask = of(place, 'approval', '/lifecycleHookEvents');
      const events = await wholeOf(ask, pages(call, ask, readHookEvent));
      return noneIfGone(events.kind === 'read' ? { kind: 'read', value: firstOf(events.value) } : events);
    },
    async repairsSuspended(place) {
      const ask = of(place, 'services', '/instanceView');
      return understood(ask, readRepairsSuspended, await call(ask));
    },
  };
}

/** An absolute URL of an ARM path. Segments are encoded: groups may have letters that URLs may not. */
export function addressOf(
  origin: string,
  path: string,
  version: string,
  options: Readonly<Record<string, string>> = {},
): string {
  const query = Object.entries({ 'api-version': version, ...options }).map(
    ([key, value]) => `${key}=${encoded(value)}`,
  );
  return `${origin}${path.split('/').map(encoded).join('/')}?${query.join('&')}`;
}

// URLs leave the apostrophe alone in paths and encode it in queries; encoded from the start, it stays as it is.
const encoded = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

export const about = ({ id, subscriptionId, location }: SetLocation) => ({
  name: id.slice(id.lastIndexOf('/') + 1),
  subscriptionId: subscriptionId.toLowerCase(),
  location: location.toLowerCase(),
});

/** A reading in our own types; an answer that is not of the expected form is a failure. */
export function understood<T>(
  ask: Ask,
  parse: (json: unknown) => T | undefined,
  reading: ReadResult<Answered>,
): ReadResult<T> {
  if (reading.kind !== 'read') return reading;
  const value = parse(reading.value.json);
  return value === undefined ? failed(ask, { status: 200, code: 'NotUnderstood' }) : { kind: 'read', value };
}

const noneIfGone = <T>(reading: ReadResult<T>): ReadResult<T | undefined> =>
  reading.kind === 'gone' ? { kind: 'read', value: undefined } : reading;

/** All items of a list; a failure where nothing in it can be understood. */
async function wholeOf<T>(ask: Ask, list: Pages<T>): Promise<ReadResult<readonly T[]>> {
  const found: T[] = [];
  let unread = 0;
  for await (const page of list) {
    if (page.kind !== 'page') return page;
    found.push(...page.items);
    unread += page.unread.length;
  }
  const isUnread = found.length === 0 && unread > 0;
  return isUnread ? failed(ask, { status: 200, code: 'NotUnderstood' }) : { kind: 'read', value: found };
}

/** Of several that wait, the one whose time is up first; one without a time comes last. */
const firstOf = (events: readonly (Approval | 'none')[]): Approval | undefined =>
  events
    .filter((event) => event !== 'none')
    .sort((one, other) => (one.until ?? '9').localeCompare(other.until ?? '9'))[0];
