import { type Answer, jsonAnswer, refusal } from './answer.ts';
import { noResource, wrongApiVersion } from './arm-refusals.ts';
import type { Fleet } from './fleet.ts';
import { listing } from './listing.ts';
import { decoded } from './query.ts';
import type { AzureRequest } from './request.ts';

/** A resource as Resource Manager keeps it. */
export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly [key: string]: unknown;
}

/** Types, with the versions of their interfaces: the newest one is what the Azure command line asks in. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  'microsoft.insights/autoscalesettings': ['2015-04-01', '2022-10-01'],
  'microsoft.insights/metricalerts': ['2018-03-01'],
  'microsoft.insights/scheduledqueryrules': ['2021-08-01', '2022-06-15', '2023-12-01'],
  'microsoft.insights/activitylogalerts': ['2017-04-01', '2020-10-01'],
  'microsoft.insights/actiongroups': ['2019-06-01', '2021-09-01', '2022-06-01', '2023-01-01'],
  'microsoft.alertsmanagement/smartdetectoralertrules': ['2019-06-01', '2021-04-01'],
  'microsoft.web/sites': ['2022-03-01', '2023-12-01'],
  'microsoft.authorization/locks': ['2016-09-01'],
};

/** Autoscale settings, alert rules, action groups, apps and locks, which can be read, written and deleted. */
export class Monitor {
  readonly #resources = new Map<string, Resource>();

  /** In the order of their ids. */
  get resources(): readonly Resource[] {
    return [...this.#resources.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  put(resource: Resource): void {
    this.#resources.set(resource.id.toLowerCase(), resource);
  }

  delete(id: string): void {
    this.#resources.delete(id.toLowerCase());
  }

  /** Undefined: of nothing that is kept here. */
  answer(request: AzureRequest, method: string): Answer | undefined {
    const path = decoded(request.path) ?? '';
    const provider = /^\/subscriptions\/[^/]+\/providers\/([^/]+)$/i.exec(path)?.[1];
    if (provider !== undefined) return providerAnswer(provider);
    const [, place = '', type = '', name] = /^(.*)\/providers\/([^/]+\/[^/]+)(?:\/([^/]+))?$/i.exec(path) ?? [];
    const versions = VERSIONS[type.toLowerCase()];
    if (versions === undefined) return undefined;
    const version = request.query.get('api-version') ?? '';
    if (!versions.includes(version)) return wrongApiVersion(type.split('/')[1] ?? '', version, versions);
    if (name !== undefined) return this.#one(request, method, path);
    const below = `${place}/`.toLowerCase();
    const group = /\/resourceGroups\/([^/]+)$/i.exec(place)?.[1];
    if (group !== undefined && !this.resources.some(({ id }) => id.toLowerCase().startsWith(below))) {
      return refusal(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
    }
    const all = this.resources.filter(({ id }) => {
      const known = id.toLowerCase();
      const provider = known.slice(known.lastIndexOf('/providers/'));
      return known.startsWith(below) && provider.startsWith(`/providers/${type.toLowerCase()}/`);
    });
    return listing(request, all, { size: request.pageSizes.senders, write: (each) => JSON.stringify(each) });
  }

  #one(request: AzureRequest, method: string, id: string): Answer {
    const known = this.#resources.get(id.toLowerCase());
    const name = id.split('/').at(-1) ?? '';
    if (method === 'PUT') {
      // These are read-only: what is sent of them does not count.
      const type = known?.['type'];
      const own = { id: known?.id ?? id, name: known?.name ?? name, ...(type !== undefined && { type }) };
      this.put({ ...(JSON.parse(request.body) as object), ...own });
      return jsonAnswer(JSON.stringify(this.#resources.get(id.toLowerCase())));
    }
    if (known === undefined) return noResource('Microsoft.Insights', name, id.split('/')[4] ?? '');
    if (method === 'DELETE') this.delete(id);
    else if (method !== 'GET') return refusal(405, 'MethodNotAllowed', `There is no ${method} here.`);
    return jsonAnswer(JSON.stringify(known));
  }
}

/** What the Azure command line asks before it asks for a resource: https://learn.microsoft.com/rest/api/resources/providers/get */
function providerAnswer(namespace: string): Answer | undefined {
  const resourceTypes = Object.entries(VERSIONS).flatMap(([type, versions]) => {
    const [owner, resourceType] = type.split('/');
    return owner === namespace.toLowerCase()
      ? [{ resourceType, apiVersions: versions.toReversed(), locations: [] }]
      : [];
  });
  if (resourceTypes.length === 0) return undefined;
  return jsonAnswer(JSON.stringify({ namespace, registrationState: 'Registered', resourceTypes }));
}

const idOf = (subscription: string, group: string, type: string, name: string): string =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`;

/** Rules of every kind for a group of a subscription, none of which tells anybody but people. */
export function sampleSenders(subscription: string, group: string): readonly Resource[] {
  const mail = actionGroup(subscription, 'rg-people', 'people', {
    emailReceivers: [{ name: 'ops', emailAddress: 'ops@shop.example.com' }],
  });
  const rule = (type: string, name: string, properties: object, more: object = {}): Resource => ({
    ...{ id: idOf(subscription, group, type, name), name, type, location: 'global', ...more },
    properties: { enabled: true, ...properties },
  });
  return [
    mail,
    rule('Microsoft.Insights/metricAlerts', 'shop-web-cpu', {
      ...{ severity: 2, criteria: { allOf: [{ metricName: 'Percentage CPU', threshold: 85 }] } },
      actions: [{ actionGroupId: mail.id, webHookProperties: { team: 'shop' } }],
    }),
    rule('microsoft.insights/scheduledqueryrules', "checkout's errors", {
      ...{ severity: 1, criteria: { allOf: [{ query: 'AppExceptions' }] } },
      actions: { actionGroups: [], customProperties: { runbook: 'https://docs.shop.example.com/checkout' } },
    }),
    rule('Microsoft.Insights/activityLogAlerts', 'service-health', {
      ...{ condition: { allOf: [{ field: 'category', equals: 'ServiceHealth' }] } },
      actions: { actionGroups: [{ actionGroupId: mail.id, webhookProperties: {} }] },
    }),
    rule('microsoft.alertsManagement/smartDetectorAlertRules', 'Failure Anomalies - shop', {
      ...{ state: 'Enabled', severity: 'Sev3', detector: { id: 'FailureAnomaliesDetector' } },
      actionGroups: { groupIds: [mail.id] },
    }),
  ];
}

export const actionGroup = (subscription: string, group: string, name: string, receivers: object): Resource => ({
  ...{ id: idOf(subscription, group, 'microsoft.insights/actionGroups', name), name, location: 'Global' },
  properties: { groupShortName: name.slice(0, 12), enabled: true, ...receivers },
});

/** An autoscale setting that tells whom its notifications say. */
export const autoscaleSetting = (
  subscription: string,
  group: string,
  name: string,
  notifications: unknown,
): Resource => ({
  ...{ id: idOf(subscription, group, 'microsoft.insights/autoscalesettings', name), name, location: 'Korea Central' },
  properties: {
    ...{
      name,
      enabled: true,
      targetResourceUri: idOf(subscription, group, 'Microsoft.Compute/virtualMachineScaleSets', name),
    },
    profiles: [{ name: 'default', capacity: { minimum: '1', maximum: '9', default: '1' }, rules: [] }],
    ...(notifications !== undefined && { notifications }),
  },
});

/** A function app, whose keys nobody gets here. */
export const functionApp = (subscription: string, group: string, name: string, host: string): Resource => ({
  ...{
    id: idOf(subscription, group, 'Microsoft.Web/sites', name),
    name,
    kind: 'functionapp,linux',
    location: 'Korea Central',
  },
  properties: { defaultHostName: host, hostNames: [host] },
});

export const readOnlyLock = (scope: string, name: string): Resource => ({
  ...{ id: `${scope}/providers/Microsoft.Authorization/locks/${name}`, name },
  properties: { level: 'ReadOnly' },
});

/** What `npm run fake-azure` has: the autoscale settings of the fleet's sets, and rules of every kind in each subscription. */
export function sampleMonitor({ subscriptions, sets }: Fleet): Monitor {
  const monitor = new Monitor();
  for (const { subscriptionId, resourceGroup, name, state } of sets) {
    if (state.autoscale === undefined) continue;
    const made = autoscaleSetting(subscriptionId, resourceGroup, state.autoscale.name, []);
    monitor.put({
      ...made,
      properties: {
        ...(made['properties'] as object),
        targetResourceUri: idOf(subscriptionId, resourceGroup, 'Microsoft.Compute/virtualMachineScaleSets', name),
      },
    });
  }
  for (const { id } of subscriptions) for (const each of sampleSenders(id, 'rg-shop')) monitor.put(each);
  return monitor;
}
