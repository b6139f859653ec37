import { senders } from '../app/connect.ts';
import { isLoopback } from '../destinations/public-address.ts';
import type { Found } from '../outbound/arm/sender.ts';
import type { SenderReader } from '../outbound/arm/senders.ts';
import { relayUrl } from './client.ts';
import type { Home } from './connect/plan.ts';
import { showPlan, showUndone } from './connect/shown.ts';
import { chosen, type Subscription, together, type Unread, unreadFailure } from './connect/subscriptions.ts';
import { type RelayAddress, relayAddress } from './connect/verdict.ts';
import { CommandFailure } from './failure.ts';
import type { Screen, Shell, Work } from './shell.ts';
import { plural, safeLine } from './text.ts';

export interface ConnectOptions {
  readonly url?: string;
  readonly subscription?: readonly string[];
  readonly resourceGroup?: readonly string[];
  readonly home?: string;
  readonly undo?: true;
}

/** Says who posts to the relay, and prints the lines that change it. */
export async function runConnect(options: ConnectOptions, { screen, shell, wrong }: Work): Promise<void> {
  const { reader, endpoint } = senders(shell.env);
  const relay = relayFor(options.url, shell.env, endpoint);
  const { found: all, failure } = await reader.subscriptions();
  if (all.length === 0) throw unreadFailure(failure);
  const subscriptions = chosen(all, options.subscription);
  const home = homeOf(options.home, all, subscriptions);
  const { unread, ...found } = await readAll(reader, subscriptions, options, screen);
  const shown = {
    relay,
    found,
    unread: failure === undefined ? unread : [...unread, { where: 'your subscriptions', what: ['others'], failure }],
    isAll: options.subscription === undefined && options.resourceGroup === undefined,
  };
  const names = new Map(all.map(({ id, name }) => [id, name]));
  if (options.undo) showUndone(shown, names, screen);
  else await showPlan(shown, { names, home }, screen);
  if (shown.unread.length > 0) wrong();
}

/** Azure posts to what it reaches; a made-up Azure on this machine reaches this machine. */
function relayFor(given: string | undefined, env: Shell['env'], endpoint: string): RelayAddress {
  const named = given ?? env['RELAY_URL']?.trim();
  const next = 'Name the relay as Azure reaches it: --url https://relay.example.net, or RELAY_URL.';
  if (!named) throw new CommandFailure('It is not said to which relay they are to post.', { status: 2, next });
  const url = relayUrl(named, given === undefined ? 'RELAY_URL' : '--url');
  const isMadeUp = endpoint.startsWith('http:') && isLoopback(url.hostname);
  if (url.protocol === 'https:' || isMadeUp) return relayAddress(url, env['RELAY_CODE']?.trim() || undefined);
  throw new CommandFailure('Azure posts a key with each webhook, and so to https: only.', { status: 2, next });
}

async function readAll(
  reader: SenderReader,
  subscriptions: readonly Subscription[],
  { resourceGroup = [] }: ConnectOptions,
  screen: Screen,
): Promise<Found & { readonly unread: readonly Unread[] }> {
  const readings = await Promise.all(
    subscriptions.map(async ({ id, name }) => {
      const reading = await reader.read(id, resourceGroup);
      screen.remark(`${safeLine(name)}: ${plural(reading.senders.length, 'setting or rule', 'settings and rules')}`);
      return {
        ...reading,
        unread: reading.unread.map((each) => ({ where: name, what: [each.what], failure: each.failure })),
      };
    }),
  );
  const found = {
    senders: readings.flatMap((each) => each.senders),
    groups: readings.flatMap((each) => each.groups),
    apps: readings.flatMap((each) => each.apps),
    locks: readings.flatMap((each) => each.locks),
  };
  const nowhere = resourceGroup.filter((name) => readings.every(({ absent }) => absent.includes(name)));
  if (nowhere.length > 0) {
    throw new CommandFailure(`No subscription that was read has the resource group ${nowhere.join(', ')}.`, {
      status: 2,
      next: 'az group list -o table says which there are.',
    });
  }
  const foreign = await reader.groups(foreignGroups(found));
  const alsoUnread = foreign.unread.map(({ what, failure }) => ({ where: what, what: ['the action group'], failure }));
  return {
    ...found,
    groups: [...found.groups, ...foreign.groups],
    unread: together([...readings.flatMap(({ unread }) => unread), ...alsoUnread]),
  };
}

const GROUP_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/microsoft\.insights\/actionGroups\/[^/]+$/i;

/** Action groups that rules name and no list has: they stand in other subscriptions, or were deleted. */
function foreignGroups({ senders: all, groups }: Found): readonly string[] {
  const known = new Set(groups.map(({ id }) => id.toLowerCase()));
  const named = all.flatMap(({ kind, targets }) => (kind === 'autoscale' ? [] : targets));
  return [...new Set(named.map((id) => id.toLowerCase()))].filter((id) => GROUP_ID.test(id) && !known.has(id));
}

function homeOf(
  given: string | undefined,
  all: readonly Subscription[],
  read: readonly Subscription[],
): Home | undefined {
  if (given === undefined) return undefined;
  const [resourceGroup = '', named] = given.split('/').reverse();
  const [subscription] = named === undefined ? read : chosen(all, [named]);
  if (resourceGroup !== '' && subscription !== undefined && (named !== undefined || read.length === 1)) {
    return { subscriptionId: subscription.id, resourceGroup };
  }
  throw new CommandFailure('--home does not say in which subscription.', {
    status: 2,
    next: 'Several are read: write --home <subscription>/<resource group>.',
  });
}
