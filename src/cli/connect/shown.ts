import type { Found } from '../../outbound/arm/sender.ts';
import type { Screen } from '../shell.ts';
import { safeLine } from '../text.ts';
import { type Home, type Plan, planned, undone } from './plan.ts';
import { type Unread, unreadText } from './subscriptions.ts';
import type { Judged, RelayAddress } from './verdict.ts';

/** What was read, and for which relay. */
export interface Shown {
  readonly relay: RelayAddress;
  readonly found: Found;
  readonly unread: readonly Unread[];
  /** Whether all that may be was asked for. */
  readonly isAll: boolean;
}

const KINDS = {
  autoscale: 'autoscale',
  metric: 'metric alert',
  log: 'log alert',
  activity: 'activity log alert',
  smart: 'smart detection',
} as const;

const ORDER = ['open', 'full', 'locked', 'connected'] as const;

export async function showPlan(
  { relay, found, unread }: Shown,
  { names, home }: { readonly names: ReadonlyMap<string, string>; readonly home: Home | undefined },
  screen: Screen,
): Promise<void> {
  const plan = planned(found, relay, home);
  if (screen.json)
    return screen.document({ relay: relay.base, ...documentOf(plan, names), unread: unread.map(unreadText) });
  const rows = plan.senders.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  if (rows.length > 0) {
    await screen.table(
      ['KIND', 'NAME', 'GROUP', 'SUBSCRIPTION', 'STATE'],
      rows.map((each) => rowOf(each, names)),
      [1, 2, 3, 4],
    );
  }
  const through = plan.senders.filter(({ state }) => state === 'connected').length;
  const summary =
    rows.length === 0
      ? 'There is no autoscale setting and no alert rule.'
      : through === rows.length
        ? `All ${rows.length} post to ${relay.base} already.`
        : `${through} of ${rows.length} post to ${relay.base}.`;
  screen.print(summary, ...unread.map((each) => screen.paint('yellow', unreadText(each))), ...advice(plan));
  if (plan.connect.length > 0)
    screen.print(
      '',
      ...(plan.keyless ? KEYLESS : []),
      '# Connect:',
      ...plan.connect,
      '',
      // Comments: whoever pastes all of it, or runs it as a file, wants to connect.
      '# To take just that back, keep these lines and run them without their "# ":',
      ...plan.undo.map((line) => `# ${line}`),
    );
}

const rowOf = ({ sender, state, by, otherKey }: Judged, names: ReadonlyMap<string, string>): readonly string[] => [
  KINDS[sender.kind],
  safeLine(sender.name),
  safeLine(sender.resourceGroup),
  safeLine(names.get(sender.subscriptionId) ?? sender.subscriptionId),
  safeLine(`${STATES[state](by)}${otherKey ? ', with another key' : ''}${sender.enabled ? '' : ', disabled'}`),
];

const STATES: Readonly<Record<Judged['state'], (by: string | undefined) => string>> = {
  connected: (by) => (by === undefined ? 'connected' : `connected by ${by}`),
  open: () => 'not connected',
  full: () => 'full',
  locked: (by) => `locked by ${by ?? 'a lock'}`,
};

/** What no line can do. */
function advice({ senders: all, homeless }: Plan): readonly string[] {
  const has = (wanted: Judged['state']) => all.some(({ state }) => state === wanted);
  return [
    ...(has('full')
      ? ['full: Azure takes five action groups for a rule. Add the relay as a webhook to one of those it has.']
      : []),
    ...(has('locked') ? ['locked: a read-only lock refuses every change. Whoever set it takes it away first.'] : []),
    ...(homeless === 'unknown'
      ? [
          'Alert rules need an action group, and none posts to the relay yet: --home <resource group> says where to make it.',
        ]
      : []),
    ...(homeless === 'taken'
      ? [
          'There is an action group autoscale-relay that does not post to this relay, and it is left alone: --home names another resource group.',
        ]
      : []),
  ];
}

const KEYLESS = [
  '# The function app is not among what was read. Set its key first, which the lines take from the shell:',
  '# RELAY_CODE=$(az functionapp function keys list -g <group> -n <app> --function-name webhook --query default -o tsv)',
];

const documentOf = ({ senders: all, ...lines }: Plan, names: ReadonlyMap<string, string>) => ({
  senders: all.map(({ sender, ...judged }) => ({
    ...{ kind: sender.kind, id: sender.id, name: sender.name, resourceGroup: sender.resourceGroup },
    ...{ subscriptionId: sender.subscriptionId, subscription: names.get(sender.subscriptionId) },
    ...{ enabled: sender.enabled, ...judged },
  })),
  ...lines,
});

export function showUndone(
  { relay, found, unread, isAll }: Shown,
  names: ReadonlyMap<string, string>,
  { json, document, print, paint }: Screen,
): void {
  const { undo, left } = undone(found, relay, isAll && unread.length === 0);
  if (json) {
    const ids = left.map(({ sender }) => sender.id);
    document({ relay: relay.base, undo, left: ids, unread: unread.map(unreadText) });
  }
  const title =
    undo.length === 0 ? `Nothing that connect has made posts to ${relay.base}.` : `# Take ${relay.base} out:`;
  print(
    title,
    ...undo,
    ...left.map((each) => `# left alone: ${rowOf(each, names).filter(Boolean).join(', ')}`),
    ...unread.map((each) => paint('yellow', `# ${unreadText(each)}`)),
  );
}
