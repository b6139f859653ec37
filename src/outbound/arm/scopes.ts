import * as z from 'zod';
import type { Scope } from '../../drift/rules/settings.ts';
import type { Failure, Pages, ScaleSets, Subscription } from '../../drift/scale-sets.ts';
import { type Ask, failed } from './answer.ts';
import type { Caller } from './call.ts';
import { pages } from './pages.ts';
import { addressOf, understood } from './sets.ts';

const SUBSCRIPTIONS_VERSION = '2022-12-01';
const GROUPS_VERSION = '2020-05-01';

/** Which subscriptions the scopes hold, as far as the relay may see. */
export function scopeReadings(call: Caller, origin: string): Pick<ScaleSets, 'subscriptions'> {
  const list = (name: string, path: string, version: string, parse: typeof readSubscription): Promise<Listed> => {
    const ask = { ...OUTSIDE, name, url: addressOf(origin, path, version) } as const;
    return listed(ask, pages(call, ask, parse));
  };
  return {
    async subscriptions(scopes) {
      // One list tells of all single subscriptions, and of the tenant.
      const all = scopes.some((scope) => !scope.startsWith('mg:'))
        ? await list('', '/subscriptions', SUBSCRIPTIONS_VERSION, readSubscription)
        : NOTHING;
      const resolve = (scope: Scope): Listed | Promise<Listed> => {
        if (scope === 'tenant') return all;
        const name = scope.slice(scope.indexOf(':') + 1);
        if (scope.startsWith('sub:')) return known(all, name.toLowerCase()) ?? single(call, origin, name.toLowerCase());
        const path = `/providers/Microsoft.Management/managementGroups/${name}/descendants`;
        return list(name, path, GROUPS_VERSION, readDescendant);
      };
      const resolved = await Promise.all(scopes.map(async (scope) => ({ scope, ...(await resolve(scope)) })));
      const byId = new Map(resolved.flatMap(({ found }) => found).map((one) => [one.id, one]));
      return {
        found: [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
        missing: resolved.flatMap(({ scope, failure }) => (failure === undefined ? [] : [{ scope, failure }])),
      };
    },
  };
}

interface Listed {
  readonly found: readonly Subscription[];
  readonly failure?: Failure;
}

const NOTHING: Listed = { found: [] };

const OUTSIDE = { call: 'subscriptions', subscriptionId: '', location: '', cost: 'low' } as const;

async function listed(ask: Ask, list: Pages<Subscription | 'other'>): Promise<Listed> {
  const found: Subscription[] = [];
  let unread = 0;
  for await (const page of list) {
    if (page.kind !== 'page') return { found, failure: page };
    found.push(...page.items.filter((item) => item !== 'other'));
    unread += page.unread.length;
  }
  return { found, ...(unread > 0 && { failure: failed(ask, { status: 200, code: 'NotUnderstood' }) }) };
}

function known({ found }: Listed, id: string): Listed | undefined {
  const one = found.find((each) => each.id === id);
  return one && { found: [one] };
}

/** One that is not in the list: Azure says why, or has it after all. */
async function single(call: Caller, origin: string, subscriptionId: string): Promise<Listed> {
  const url = addressOf(origin, `/subscriptions/${subscriptionId}`, SUBSCRIPTIONS_VERSION);
  const ask: Ask = { ...OUTSIDE, name: subscriptionId, subscriptionId, url };
  const reading = understood(ask, readSubscription, await call(ask));
  if (reading.kind !== 'read') return { found: [], failure: reading };
  if (reading.value === 'other') return { found: [], failure: { kind: 'gone', call: ask.call, name: ask.name } };
  return { found: [reading.value] };
}

// https://learn.microsoft.com/rest/api/resources/subscriptions/list
const subscription = z.object({
  subscriptionId: z.string().min(1),
  displayName: z.string().optional().catch(undefined),
  state: z.string().optional().catch(undefined),
});

/** `other`: a deleted one, of which only the name is left. */
function readSubscription(raw: unknown): Subscription | 'other' | undefined {
  const { data } = subscription.safeParse(raw);
  if (data === undefined) return undefined;
  const id = data.subscriptionId.toLowerCase();
  return data.state === 'Deleted' ? 'other' : { id, name: data.displayName || id };
}

// https://learn.microsoft.com/rest/api/managementgroups/management-groups/get-descendants
const descendant = z.object({
  name: z.string().min(1),
  type: z.string(),
  properties: z.object({ displayName: z.string().optional() }).nullish().catch(undefined),
});

/** `other`: a management group. What is below it is in the same list. */
function readDescendant(raw: unknown): Subscription | 'other' | undefined {
  const { data } = descendant.safeParse(raw);
  if (data === undefined) return undefined;
  const id = data.name.toLowerCase();
  return /\/subscriptions$/i.test(data.type) ? { id, name: data.properties?.displayName || id } : 'other';
}
