import type { ActionGroup, Found, Sender } from '../../outbound/arm/sender.ts';

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

/** Where a relay is: scheme, host and perhaps a path, without a slash at the end. */
export interface RelayAddress {
  readonly base: string;
  readonly host: string;
  /** Whether an address is one of its webhooks, whatever key is in it. */
  takes(address: string): boolean;
  /** Whether the key in such an address is another one than the shell has; never where that has none. */
  hasOtherKey(address: string): boolean;
}

/** `code`: the key that whoever asks would paste the lines with. */
export function relayAddress(url: URL, code?: string): RelayAddress {
  const base = url.href.replace(/\/+$/, '');
  const webhooks = new URL(`${base}/api/webhooks`);
  return {
    base,
    host: url.hostname,
    takes(address) {
      const given = URL.parse(address);
      // Functions read paths without regard to case.
      return given?.host === webhooks.host && beginsAs(given.pathname.toLowerCase(), webhooks.pathname.toLowerCase());
    },
    hasOtherKey: (address) => code !== undefined && URL.parse(address)?.searchParams.get('code') !== code,
  };
}

const beginsAs = (path: string, start: string): boolean => path === start || path.startsWith(`${start}/`);

/** An address without what follows its path; undefined where a password may be left in it. */
export const withoutKey = (address: string): string | undefined =>
  /^https?:\/\/[^\s/?#@'\\]+(?:\/[^\s?#'\\]*)?\/api\/webhooks(?:\/[\w-]*)?(?=$|[?#])/i.exec(address)?.[0];
