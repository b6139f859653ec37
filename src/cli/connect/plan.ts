import type { ActionGroup, Found, Sender } from '../../outbound/arm/sender.ts';
import {
  connecting,
  deletingGroup,
  disconnecting,
  makingGroup,
  NOTIFICATIONS,
  type Placed,
  placeOf,
  readingCode,
  WITHOUT,
} from './az-lines.ts';
import { type Judged, judged, posts, type RelayAddress, withoutKey } from './verdict.ts';

/** The action group that is made where none posts to the relay yet. */
const GROUP = 'autoscale-relay';

/** What to do; nothing of it is done here. */
export interface Plan {
  readonly senders: readonly Judged[];
  /** Lines that connect what is open. */
  readonly connect: readonly string[];
  /** Lines that take just that back. */
  readonly undo: readonly string[];
  /** The lines need the relay's key, and none of them reads it: its function app is not among what was found. */
  readonly keyless?: true;
  /** Why there are no lines for open rules. */
  readonly homeless?: 'unknown' | 'taken';
}

/** Where the action group is to be made, if it has to be. */
export type Home = Pick<Placed, 'subscriptionId' | 'resourceGroup'>;

export function planned(found: Found, relay: RelayAddress, home?: Home): Plan {
  const senders = judged(found, relay);
  const open = senders.flatMap(({ state, sender }) => (state === 'open' ? [sender] : []));
  const settings = open.filter(({ kind }) => kind === 'autoscale');
  const rules = open.filter(({ kind }) => kind !== 'autoscale');
  const app = found.apps.find(({ hosts }) => hosts.includes(relay.host));
  const { id, made, homeless } =
    rules.length === 0 ? NO_GROUP : groupFor(found.groups, relay, home ?? (app && placeOf(app.id)));
  const needsCode = settings.length > 0 || made !== undefined;
  return {
    senders,
    connect: [
      ...(needsCode && app !== undefined ? [readingCode(app.id)] : []),
      ...settings.map((each) => connecting(each, { address: `${relay.base}/api/webhooks/azure-autoscale` })),
      ...(made === undefined ? [] : [makingGroup(made, { address: `${relay.base}/api/webhooks/azure-monitor` })]),
      ...(id === undefined ? [] : rules.map((each) => connecting(each, id))),
    ],
    undo: undoing([
      ...settings.map((each) => disconnecting(each, [`${relay.base}/api/webhooks`], makesNotification(each))),
      ...(id === undefined ? [] : rules.map((each) => disconnecting(each, [id], false))),
      ...(made === undefined ? [] : [deletingGroup(made)]),
    ]),
    ...(needsCode && app === undefined && { keyless: true }),
    ...(homeless !== undefined && { homeless }),
  };
}

const undoing = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [WITHOUT, ...lines]);

const makesNotification = ({ list }: Sender): boolean => list.missing?.path === NOTIFICATIONS;

interface Chosen {
  readonly id?: string;
  /** Where it is to be made first. */
  readonly made?: Placed;
  readonly homeless?: 'unknown' | 'taken';
}

const NO_GROUP: Chosen = {};

/** The action group for rules: one that tells the relay alone, else one to be made. What is there already is never overwritten. */
function groupFor(groups: readonly ActionGroup[], relay: RelayAddress, home: Home | undefined): Chosen {
  const posting = groups.filter((group) => posts(group, relay) && group.receivers === 1);
  const known = posting.find(({ name }) => name === GROUP) ?? posting[0];
  if (known !== undefined) return { id: known.id };
  if (home === undefined) return { homeless: 'unknown' };
  const { subscriptionId, resourceGroup } = home;
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/microsoft.insights/actionGroups/${GROUP}`;
  const isTaken = groups.some((group) => group.id.toLowerCase() === id.toLowerCase());
  return isTaken ? { homeless: 'taken' } : { id, made: { subscriptionId, resourceGroup, name: GROUP } };
}

/**
 * Lines that take the relay out of everything that posts to it by what `connect` has made: its address in autoscale settings, and
 * the action group of its name. Other action groups were made by somebody, and stay. `isAll`: whether everything was read that may
 * use that group; else it stays too.
 */
export function undone(
  found: Found,
  relay: RelayAddress,
  isAll: boolean,
): { readonly undo: readonly string[]; readonly left: readonly Judged[] } {
  const own = found.groups.filter((group) => group.name === GROUP && posts(group, relay) && group.receivers === 1);
  const ids = new Set(own.map(({ id }) => id.toLowerCase()));
  const lines = judged(found, relay)
    .filter(({ state }) => state === 'connected')
    .map((each) => ({ each, line: takingOut(each.sender, relay, ids) }));
  return {
    undo: undoing([
      ...lines.flatMap(({ line }) => line ?? []),
      ...(isAll ? own.map(({ id }) => deletingGroup(placeOf(id))) : []),
    ]),
    left: lines.flatMap(({ each, line }) => (line === undefined ? [each] : [])),
  };
}

function takingOut(sender: Sender, relay: RelayAddress, groups: ReadonlySet<string>): string | undefined {
  const { kind, targets, list } = sender;
  const ours =
    kind === 'autoscale'
      ? targets.filter(relay.takes).map(withoutKey)
      : targets.filter((id) => groups.has(id.toLowerCase()));
  const known = [...new Set(ours.filter((each) => each !== undefined))];
  if (known.length === 0 || known.length < new Set(ours).size) return undefined;
  return disconnecting(sender, known, list.single === true);
}
