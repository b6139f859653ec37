import * as z from 'zod';
import type { ActionGroup, App, ReadOnlyLock, Sender, SenderKind, TargetList } from './sender.ts';

const resource = z.object({
  // It becomes a part of lines that people paste.
  id: z
    .string()
    .regex(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/./i)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u),
  name: z.string().min(1),
  kind: z.string().nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
});

type Properties = Readonly<Record<string, unknown>>;

/** Whom a resource's properties tell; undefined where they cannot be understood. */
type ReadTargets = (properties: Properties) => Pick<Sender, 'targets' | 'list'> | undefined;

const senderOf =
  (kind: SenderKind, targetsOf: ReadTargets) =>
  (raw: unknown): Sender | 'none' | undefined => {
    const { data } = resource.safeParse(raw);
    // Such a rule makes metrics, and tells nobody: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types
    if (data?.kind?.toLowerCase() === 'logtometric') return 'none';
    const read = data && targetsOf(data.properties ?? {});
    if (data === undefined || read === undefined) return undefined;
    const [, , subscriptionId = '', , resourceGroup = ''] = data.id.split('/');
    const { enabled, state } = data.properties ?? {};
    return {
      ...{ kind, id: data.id, name: data.name, resourceGroup, subscriptionId: subscriptionId.toLowerCase() },
      enabled: enabled !== false && state !== 'Disabled',
      ...read,
    };
  };

const webhooks = z.array(z.object({ serviceUri: z.string() })).nullish();

// Microsoft.Insights/stable/2022-10-01/autoscale_API.json of azure-rest-api-specs: the one operation there is, is Scale.
const notifications = z
  .array(
    z.object({
      operation: z.string(),
      webhooks,
      email: z.object({ customEmails: z.array(z.unknown()).nullish() }).nullish(),
    }),
  )
  .nullish();

const ofAutoscale: ReadTargets = (properties) => {
  const { data, success } = notifications.safeParse(properties['notifications']);
  if (!success) return undefined;
  const at = (data ?? []).findIndex(({ operation }) => operation.toLowerCase() === 'scale');
  const list = { path: `properties.notifications[${Math.max(0, at)}].webhooks`, form: 'webhook' } as const;
  const notification = data?.[at];
  if (notification === undefined) {
    // One for something else than scaling is nothing that Azure knows.
    if (data && data.length > 0) return undefined;
    const [before, after] = ['[{"operation":"Scale","webhooks":[', ']}]'];
    return { targets: [], list: { ...list, missing: { path: 'properties.notifications', before, after } } };
  }
  const single = notification.webhooks?.length === 1 && !notification.email?.customEmails?.length;
  const missing = notification.webhooks ? undefined : { path: list.path, before: '[', after: ']' };
  return {
    targets: (notification.webhooks ?? []).map(({ serviceUri }) => serviceUri),
    list: { ...list, single, ...(missing && { missing }) },
  };
};

const groups = z.array(z.union([z.string(), z.object({ actionGroupId: z.string() })])).nullish();

/** Of rules, whose action groups stand in a list below `path`; `form` counts where the list has no item that shows it. */
const inList =
  (path: readonly string[], form: TargetList['form']): ReadTargets =>
  (properties) => {
    const { value, depth } = reached(properties, path);
    const { data, success } = groups.safeParse(value);
    if (!success) return undefined;
    const [first] = data ?? [];
    const dotted = (keys: readonly string[]) => ['properties', ...keys].join('.');
    const inside = path.slice(depth + 1);
    const missing = {
      path: dotted(path.slice(0, depth + 1)),
      before: `${inside.map((key) => `{"${key}":`).join('')}[`,
      after: `]${'}'.repeat(inside.length)}`,
    };
    return {
      targets: (data ?? []).map((each) => (typeof each === 'string' ? each : each.actionGroupId)),
      list: {
        path: dotted(path),
        form: first === undefined ? form : typeof first === 'string' ? 'id' : 'group',
        ...(!data && { missing }),
      },
    };
  };

/** What is at a path, and how many of its keys lead to something. */
function reached(properties: Properties, path: readonly string[]): { readonly value: unknown; readonly depth: number } {
  let value: unknown = properties;
  for (const [depth, key] of path.entries()) {
    const next: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    if (next === undefined || next === null) return { value: undefined, depth };
    value = next;
  }
  return { value, depth: path.length };
}

/** A list of Resource Manager that says who may post to the relay. */
interface SenderList {
  readonly type: string;
  readonly version: string;
  readonly read: (raw: unknown) => Sender | 'none' | undefined;
}

/** https://learn.microsoft.com/rest/api/monitor/operation-groups */
export const senderLists: Readonly<Record<SenderKind, SenderList>> = {
  autoscale: {
    ...{ type: 'Microsoft.Insights/autoscaleSettings', version: '2022-10-01' },
    read: senderOf('autoscale', ofAutoscale),
  },
  metric: {
    ...{ type: 'Microsoft.Insights/metricAlerts', version: '2018-03-01' },
    read: senderOf('metric', inList(['actions'], 'group')),
  },
  log: {
    ...{ type: 'Microsoft.Insights/scheduledQueryRules', version: '2023-12-01' },
    read: senderOf('log', inList(['actions', 'actionGroups'], 'id')),
  },
  activity: {
    ...{ type: 'Microsoft.Insights/activityLogAlerts', version: '2020-10-01' },
    read: senderOf('activity', inList(['actions', 'actionGroups'], 'group')),
  },
  smart: {
    ...{ type: 'Microsoft.AlertsManagement/smartDetectorAlertRules', version: '2021-04-01' },
    read: senderOf('smart', inList(['actionGroups', 'groupIds'], 'id')),
  },
};

const address = z.object({ serviceUri: z.string().optional(), httpTriggerUrl: z.string().optional() });

/** https://learn.microsoft.com/rest/api/monitor/action-groups/list-by-subscription-id */
export function readActionGroup(raw: unknown): ActionGroup | undefined {
  const { data } = resource.safeParse(raw);
  if (data === undefined) return undefined;
  const receivers = Object.entries(data.properties ?? {}).flatMap(([key, value]) =>
    /Receivers$/.test(key) && Array.isArray(value) ? value.map((each) => ({ key, each })) : [],
  );
  return {
    ...{ id: data.id, name: data.name, enabled: data.properties?.['enabled'] !== false },
    receivers: receivers.length,
    addresses: receivers.flatMap(({ key, each }) => {
      const { serviceUri, httpTriggerUrl } = address.safeParse(each).data ?? {};
      return (
        (key === 'webhookReceivers' ? serviceUri : key === 'azureFunctionReceivers' ? httpTriggerUrl : undefined) ?? []
      );
    }),
  };
}

const site = z.object({
  id: z.string(),
  properties: z.object({ defaultHostName: z.string().nullish(), hostNames: z.array(z.string()).nullish() }),
});

/** https://learn.microsoft.com/rest/api/appservice/web-apps/list */
export function readApp(raw: unknown): App | undefined {
  const { data } = site.safeParse(raw);
  if (data === undefined) return undefined;
  const { defaultHostName, hostNames } = data.properties;
  return { id: data.id, hosts: [defaultHostName ?? '', ...(hostNames ?? [])].map((host) => host.toLowerCase()) };
}

const lock = z.object({ id: z.string(), name: z.string(), properties: z.object({ level: z.string() }) });

/** https://learn.microsoft.com/rest/api/resources/management-locks/list-at-subscription-level */
export function readLock(raw: unknown): ReadOnlyLock | 'none' | undefined {
  const { data } = lock.safeParse(raw);
  if (data === undefined) return undefined;
  if (data.properties.level !== 'ReadOnly') return 'none';
  return {
    name: data.name,
    scope: data.id.replace(/\/providers\/Microsoft\.Authorization\/locks\/.*$/i, '').toLowerCase(),
  };
}
