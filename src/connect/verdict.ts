import type { RelayAddress } from './relay-address.ts';
import type { ActionGroup, Found, Sender } from './sender.ts';

/**
 * connected: it posts to the relay. open: it does not. full: nor can it, for it has as many action groups as Azure takes.
 * locked: nor can it, for a lock keeps it as it is.
 */
type State = 'connected' | 'open' | 'full' | 'locked';

export interface Judged {
  readonly sender: Sender;
  readonly state: State;
  /** The lock's name, or that of the action group that posts to the relay. */
  readonly by?: string;
}

/** https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups */
const MOST_GROUPS = 5;

/** Whether an action group tells the relay. */
export const posts = ({ enabled, addresses }: ActionGroup, relay: RelayAddress): boolean =>
  enabled && addresses.some(relay.takes);

export function judged({ senders, groups, locks }: Found, relay: RelayAddress): readonly Judged[] {
  const posting = new Map(
    groups.filter((group) => posts(group, relay)).map((group) => [group.id.toLowerCase(), group]),
  );
  return senders.map((sender) => {
    const { kind, targets } = sender;
    if (kind === 'autoscale' && targets.some(relay.takes)) return { sender, state: 'connected' };
    const through = targets.map((id) => posting.get(id.toLowerCase())).find((group) => group !== undefined);
    if (through !== undefined) return { sender, state: 'connected', by: through.name };
    const id = sender.id.toLowerCase();
    const lock = locks.find(({ scope }) => id === scope || id.startsWith(`${scope}/`));
    if (lock !== undefined) return { sender, state: 'locked', by: lock.name };
    return { sender, state: kind !== 'autoscale' && targets.length >= MOST_GROUPS ? 'full' : 'open' };
  });
}
