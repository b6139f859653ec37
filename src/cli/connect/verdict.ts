import type { ActionGroup, Found, Sender } from '../../outbound/arm/sender.ts';
import type { RelayAddress } from './relay-address.ts';

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
  /** It posts with another key of the relay than the shell has. */
  readonly otherKey?: true;
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
    const through = targets.map((target) => posting.get(target.toLowerCase())).find((group) => group !== undefined);
    const addresses = (kind === 'autoscale' ? targets : (through?.addresses ?? [])).filter(relay.takes);
    if (addresses.length > 0) {
      const otherKey = addresses.every(relay.hasOtherKey);
      return { sender, state: 'connected', ...(through && { by: through.name }), ...(otherKey && { otherKey }) };
    }
    const id = sender.id.toLowerCase();
    const lock = locks.find(({ scope }) => id === scope || id.startsWith(`${scope}/`));
    if (lock !== undefined) return { sender, state: 'locked', by: lock.name };
    return { sender, state: kind !== 'autoscale' && targets.length >= MOST_GROUPS ? 'full' : 'open' };
  });
}
