import type { Failure, Run, Subscription } from '../../drift/scale-sets.ts';
import { type Ask, failed } from './answer.ts';
import type { Caller } from './call.ts';
import { pages } from './pages.ts';
import { connection, type ResourceManagerSettings } from './resource-manager.ts';
import { scopeReadings } from './scopes.ts';
import type { Found, Sender } from './sender.ts';
import { senderKinds } from './sender.ts';
import { readActionGroup, readApp, readLock, senderLists } from './senders-read.ts';
import { addressOf, understood } from './sets.ts';

/** What of a subscription could not be read, and why. */
export interface Unread {
  /** A type of resource, such as `metricAlerts`, or an action group's id. */
  readonly what: string;
  readonly failure: Failure;
}

export interface SenderReader {
  /** All that the caller may see, sorted by id. */
  subscriptions(): Promise<{ readonly found: readonly Subscription[]; readonly failure?: Failure | undefined }>;
  /**
   * What there is in a subscription; of senders, in some of its resource groups only where they are named. `absent`: those of
   * them that it does not have.
   */
  read(
    subscriptionId: string,
    resourceGroups: readonly string[],
  ): Promise<Found & { readonly unread: readonly Unread[]; readonly absent: readonly string[] }>;
  /** Action groups by their ids: those of other subscriptions. */
  groups(ids: readonly string[]): Promise<Pick<Found, 'groups'> & { readonly unread: readonly Unread[] }>;
}

const GROUPS = { type: 'Microsoft.Insights/actionGroups', version: '2023-01-01', read: readActionGroup };
const APPS = { type: 'Microsoft.Web/sites', version: '2023-12-01', read: readApp };
const LOCKS = { type: 'Microsoft.Authorization/locks', version: '2016-09-01', read: readLock };

interface List<T> {
  readonly type: string;
  readonly version: string;
  readonly read: (raw: unknown) => T | 'none' | undefined;
}

/** Reads who posts where. Throws a ConfigurationError; the reader itself never rejects. */
export function senderReader(settings: ResourceManagerSettings, run: Run): SenderReader {
  const { address, open } = connection(settings);
  const { call } = open(run);
  const { origin } = address;
  return {
    async subscriptions() {
      const { found, missing } = await scopeReadings(call, origin).subscriptions(['tenant']);
      return { found, failure: missing[0]?.failure };
    },
    async read(subscriptionId, resourceGroups) {
      const unread: Unread[] = [];
      const gone = new Set<string>();
      const whole = `/subscriptions/${subscriptionId}`;
      const places =
        resourceGroups.length === 0 ? [whole] : resourceGroups.map((name) => `${whole}/resourceGroups/${name}`);
      const all = <T>(place: string, list: List<T>) => listed(call, origin, place, list, { unread, gone });
      const [senders, groups, apps, locks] = await Promise.all([
        Promise.all(places.flatMap((place) => senderKinds.map((kind) => all<Sender>(place, senderLists[kind])))),
        ...([all(whole, GROUPS), all(whole, APPS), all(whole, LOCKS)] as const),
      ]);
      const absent = resourceGroups.filter((_, at) => gone.has(places[at] ?? ''));
      return { senders: senders.flat(), groups, apps, locks, unread, absent };
    },
    async groups(ids) {
      const readings = await Promise.all(ids.map((id) => single(call, origin, id)));
      return {
        groups: readings.flatMap((reading) => (reading.kind === 'read' ? [reading.value] : [])),
        unread: readings.flatMap((failure, at) =>
          // A rule may name an action group that was deleted.
          failure.kind === 'read' || failure.kind === 'gone' ? [] : [{ what: ids[at] ?? '', failure }],
        ),
      };
    },
  };
}

const asking = (place: string, url: string): Ask => ({
  ...{ call: 'senders', name: place.split('/').at(-1) ?? '', location: '', cost: 'low', url },
  subscriptionId: place.split('/')[2]?.toLowerCase() ?? '',
});

async function listed<T>(
  call: Caller,
  origin: string,
  place: string,
  list: List<T>,
  { unread, gone }: { readonly unread: Unread[]; readonly gone: Set<string> },
): Promise<readonly T[]> {
  const found: T[] = [];
  const what = list.type.split('/').at(-1) ?? '';
  const ask = asking(place, addressOf(origin, `${place}/providers/${list.type}`, list.version));
  for await (const page of pages(call, ask, list.read)) {
    if (page.kind === 'page') {
      found.push(...page.items.flatMap((item) => (item === 'none' ? [] : [item])));
      if (page.unread.length > 0) unread.push({ what, failure: failed(ask, { status: 200, code: 'NotUnderstood' }) });
    } else if (page.kind === 'gone') gone.add(place);
    else if (!isUnused(page)) unread.push({ what, failure: page });
  }
  return found;
}

/** Nobody has used this part of Azure in the subscription yet. */
const isUnused = ({ code }: Failure): boolean => code === 'MissingSubscriptionRegistration';

async function single(call: Caller, origin: string, id: string) {
  const ask = asking(id, addressOf(origin, id, GROUPS.version));
  return understood(ask, readActionGroup, await call(ask));
}
