/** What of Azure Monitor can post to the relay: by itself (autoscale) or through action groups (alert rules). */
export const senderKinds = ['autoscale', 'metric', 'log', 'activity', 'smart'] as const;

export type SenderKind = (typeof senderKinds)[number];

export interface Sender {
  readonly kind: SenderKind;
  /** ARM id, as Azure writes it. */
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  /** Lower-cased GUID. */
  readonly subscriptionId: string;
  readonly enabled: boolean;
  /** Whom it tells: addresses with their keys (autoscale), or ids of action groups, as Azure writes them. */
  readonly targets: readonly string[];
  readonly list: TargetList;
}

/** Where a sender's resource keeps whom it tells. */
export interface TargetList {
  /** Path of the list, such as `properties.actions.actionGroups`, once it is there. */
  readonly path: string;
  readonly form: 'webhook' | 'group' | 'id';
  /** The list is not there yet: what is to be set, with the list's first item between both texts of JSON. */
  readonly missing?: { readonly path: string; readonly before: string; readonly after: string };
  /** Of autoscale: whether its notification tells one address alone, and nobody by e-mail. */
  readonly single?: boolean;
}

export interface ActionGroup {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Addresses that it posts to, with their keys. */
  readonly addresses: readonly string[];
  /** All that it tells, people too. */
  readonly receivers: number;
}

/** A function app: perhaps the relay. */
export interface App {
  readonly id: string;
  /** Lower-cased. */
  readonly hosts: readonly string[];
}

/** A lock that lets nobody change what is below it. */
export interface ReadOnlyLock {
  readonly name: string;
  /** ARM id, lower-cased. */
  readonly scope: string;
}

/** What there is, as far as it could be read. */
export interface Found {
  readonly senders: readonly Sender[];
  readonly groups: readonly ActionGroup[];
  readonly apps: readonly App[];
  readonly locks: readonly ReadOnlyLock[];
}
