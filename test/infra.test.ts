import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ACTIONS } from '../dev/fake-azure/routes.ts';
import { deliveryLine } from '../src/telemetry/line.ts';
import { ALL, at, type Resource, resourcesOf, SNAPSHOTS } from './support/snapshot.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const list = (path: string): readonly string[] => JSON.parse(read(path)) as readonly string[];
const files = readdirSync(join(ROOT, 'infra'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.bicep'),
);

/** What a resource of a type has to say. A template that leaves it out or misspells it gives another snapshot. */
const MUST_SAY: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'Microsoft.EventGrid/systemTopics/eventSubscriptions': {
    'properties.destination.properties.minimumTlsVersionAllowed': '1.2',
    'properties.eventDeliverySchema': 'CloudEventSchemaV1_0',
  },
  'Microsoft.Insights/components': { 'properties.DisableLocalAuth': true, 'properties.IngestionMode': 'LogAnalytics' },
  'Microsoft.Insights/scheduledQueryRules': {
    'properties.enabled': true,
    'properties.autoMitigate': true,
    'properties.severity': 1,
  },
  'Microsoft.KeyVault/vaults': {
    'properties.enableRbacAuthorization': true,
    'properties.enablePurgeProtection': true,
    'properties.enabledForTemplateDeployment': false,
  },
  'Microsoft.OperationalInsights/workspaces': { 'properties.features.disableLocalAuth': true },
  'Microsoft.Storage/storageAccounts': {
    'properties.allowBlobPublicAccess': false,
    'properties.allowCrossTenantReplication': false,
    'properties.allowSharedKeyAccess': false,
    'properties.minimumTlsVersion': 'TLS1_2',
    'properties.supportsHttpsTrafficOnly': true,
  },
  'Microsoft.Storage/storageAccounts/blobServices/containers': { 'properties.publicAccess': 'None' },
  'Microsoft.Web/serverfarms': { 'sku.tier': 'FlexConsumption', 'sku.name': 'FC1', 'properties.reserved': true },
  'Microsoft.Web/sites': {
    'properties.httpsOnly': true,
    'properties.siteConfig.minTlsVersion': '1.2',
    'properties.siteConfig.scmMinTlsVersion': '1.2',
    'properties.functionAppConfig.deployment.storage.authentication.type': 'UserAssignedIdentity',
    'identity.type': 'UserAssigned',
  },
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': { 'properties.allow': false },
};

const problemsOf = (resource: Resource): readonly string[] =>
  Object.entries(MUST_SAY[resource.type] ?? {})
    .filter(([path, value]) => at(resource, path) !== value)
    .map(([path]) => path);

/** A copy without what lies at a path. */
function without(resource: Resource, path: string): Resource {
  const copy = structuredClone(resource) as Resource;
  const keys = path.split('.');
  const holder = at(copy, keys.slice(0, -1).join('.')) as Record<string, unknown>;
  delete holder[keys.at(-1) ?? ''];
  return copy;
}

describe('what is made', () => {
  it('was predicted without a doubt, of every template', () => {
    const params = readdirSync(join(ROOT, 'test/infra')).filter((file) => file.endsWith('.bicepparam'));
    const used = params.map((file) => /^using '\.\.\/\.\.\/infra\/([^']+)'/m.exec(read(`test/infra/${file}`))?.[1]);
    const modules = files.flatMap((file) =>
      [...read(`infra/${file}`).matchAll(/^module \w+ '([^']+)'/gm)].map(([, path]) => path),
    );

    expect([...SNAPSHOTS.keys()].sort()).toStrictEqual(params.map((file) => file.replace('.bicepparam', '')).sort());
    expect([...SNAPSHOTS.values()].flatMap(({ diagnostics }) => diagnostics)).toStrictEqual([]);
    expect(files.filter((file) => !used.includes(file) && !modules.includes(file))).toStrictEqual([]);
  });

  it.each(Object.keys(MUST_SAY))('says what keeps it safe: %s', (type) => {
    const resources = ALL.filter((each) => each.type === type);

    expect(resources).not.toStrictEqual([]);
    expect(resources.flatMap(problemsOf)).toStrictEqual([]);
    for (const path of Object.keys(MUST_SAY[type] ?? {})) {
      expect(resources.slice(0, 1).flatMap((each) => problemsOf(without(each, path)))).toStrictEqual([path]);
    }
  });

  it('has names that Azure takes', () => {
    const named = (type: string) => ALL.filter((each) => each.type === type).map(({ name }) => name);

    expect(named('Microsoft.Storage/storageAccounts').filter((name) => !/^[a-z\d]{3,24}$/.test(name))).toStrictEqual(
      [],
    );
    expect(named('Microsoft.KeyVault/vaults').filter((name) => !/^[a-z][a-z\d-]{2,23}$/.test(name))).toStrictEqual([]);
    // Beyond 32 signs two apps on one storage could be taken for one host.
    expect(named('Microsoft.Web/sites').filter((name) => name.length > 32)).toStrictEqual([]);
  });

  it('asks for no key, and has no secret and no address without TLS', () => {
    const text = JSON.stringify(
      ALL.filter(({ type }) => !/eventSubscriptions|autoscalesettings|actionGroups/.test(type)),
    );

    expect(
      text.match(/\blist\w*\(|getSecret|AccountKey=|SharedAccessSignature|DefaultEndpointsProtocol|http:/g),
    ).toBeNull();
    expect(files.filter((file) => /\b(list[A-Z]\w*|getSecret)\s*\(/.test(read(`infra/${file}`)))).toStrictEqual([]);
  });

  it('keeps storage to the network that was asked for', () => {
    const acls = (name: string) =>
      resourcesOf(name, 'Microsoft.Storage/storageAccounts').map(({ properties }) => [
        at(properties, 'publicNetworkAccess'),
        at(properties, 'networkAcls.defaultAction'),
        (at(properties, 'networkAcls.virtualNetworkRules') as readonly unknown[] | undefined)?.length,
      ]);

    expect(acls('small')).toStrictEqual([['Enabled', 'Allow', undefined]]);
    expect(acls('full')).toStrictEqual([['Enabled', 'Deny', 1]]);
    expect(acls('group')).toStrictEqual([['Disabled', 'Deny', 0]]);
  });

  it('spreads over zones what is stored in zones, and keeps ready what was asked for', () => {
    const zones = (name: string) =>
      resourcesOf(name, 'Microsoft.Web/serverfarms').map((each) => at(each, 'properties.zoneRedundant'));
    const [app] = resourcesOf('full', 'Microsoft.Web/sites');

    expect([zones('small'), zones('full')]).toStrictEqual([[false], [true]]);
    expect(at(app, 'properties.functionAppConfig.scaleAndConcurrency.alwaysReady')).toStrictEqual([
      { name: 'http', instanceCount: 2 },
      { name: 'function:deliver', instanceCount: 1 },
    ]);
  });
});

describe('the identity of the relay', () => {
  const ROLES = {
    'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
    'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
    'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb',
  };

  it('may use its storage, read its vault and send telemetry; nobody else but who deploys may anything', () => {
    const given = resourcesOf('small', 'Microsoft.Authorization/roleAssignments').map(({ properties }) => ({
      role: String(at(properties, 'roleDefinitionId')).split('/').at(-1),
      isOurs: String(at(properties, 'principalId')).includes('/userAssignedIdentities/id-relay'),
      whose: String(at(properties, 'principalId')),
    }));
    const ours = given.filter(({ isOurs }) => isOurs).map(({ role }) => role);

    expect(ours.sort()).toStrictEqual(Object.values(ROLES).sort());
    expect([...new Set(given.filter(({ isOurs }) => !isOurs).map(({ whose }) => whose))]).toStrictEqual([
      '[deployer().objectId]',
    ]);
  });
});

describe('roles of the drift report', () => {
  const subscription = list('infra/drift-actions.json');
  const group = list('infra/drift-actions-management-group.json');

  it('are given once in each subscription of a list with commas, blanks and doubles, and nowhere else', () => {
    const scopes = resourcesOf('full', 'Microsoft.Authorization/roleDefinitions').map(({ properties }) =>
      at(properties, 'assignableScopes'),
    );

    expect(scopes).toStrictEqual([
      ['/subscriptions/2222aaaa-2222-2222-2222-222222222222'],
      ['/subscriptions/3333bbbb-3333-3333-3333-333333333333'],
    ]);
    expect(resourcesOf('small', 'Microsoft.Authorization/roleDefinitions')).toStrictEqual([]);
  });

  it('read, and do nothing else', () => {
    const actions = [...subscription, ...group];

    expect(subscription.length).toBeGreaterThan(5);
    expect(
      actions.filter((action) => !/^Microsoft\.(Compute|Insights|Resources|Management)\/[\w/]+\/read$/.test(action)),
    ).toStrictEqual([]);
    // Azure gives these at a management group only, and refuses a role that has them elsewhere.
    expect(subscription.filter((action) => action.startsWith('Microsoft.Management'))).toStrictEqual([]);
    expect(group.filter((action) => !action.startsWith('Microsoft.Management'))).toStrictEqual([]);
  });

  it('let every route of Azure that the report calls be called', () => {
    expect(ACTIONS.length).toBeGreaterThan(10);
    expect(ACTIONS.filter((action) => ![...subscription, ...group].includes(action))).toStrictEqual([]);
  });

  it('are those of the page', () => {
    const [, json = ''] = /```json\n(\{\s+"actions":[\s\S]*?\})\n```/.exec(read('docs/drift.md')) ?? [];

    expect((JSON.parse(json) as { readonly actions: readonly string[] }).actions).toStrictEqual(subscription);
    expect(group.filter((action) => !read('docs/drift.md').includes(action))).toStrictEqual([]);
  });

  it('have all of them at a management group', () => {
    const [definition] = resourcesOf('drift-management-group', 'Microsoft.Authorization/roleDefinitions');
    const [permissions] = at(definition, 'properties.permissions') as readonly {
      readonly actions: readonly string[];
    }[];

    expect(permissions?.actions).toStrictEqual([...subscription, ...group]);
  });
});

describe('storage', () => {
  const [, names = ''] = /STORAGE_NAMES = \{([^}]*)\}/.exec(read('src/app/compose.ts')) ?? [];
  // The drift report keeps its state in a container; until the relay names it, only its name is known.
  const needed: Readonly<Record<string, string>> = {
    drift: 'drift',
    ...Object.fromEntries([...names.matchAll(/(\w+): '([\w-]+)'/g)].map(([, key = '', name = '']) => [key, name])),
  };
  const KINDS = {
    'queueServices/queues': ['deliveries'],
    'tableServices/tables': ['ledger'],
    'blobServices/containers': ['rejected', 'drift'],
  } as const;

  it('has a kind for each name of the relay', () => {
    expect(Object.keys(needed).sort()).toStrictEqual(Object.values(KINDS).flat().sort());
  });

  it.each(Object.entries(KINDS))('has the %s of the relay and no others', (kind, keys) => {
    const made = resourcesOf('small', `Microsoft.Storage/storageAccounts/${kind}`).map(
      ({ name }) => name.split('/')[2],
    );

    expect(made.filter((name) => name !== 'app-package').sort()).toStrictEqual(keys.map((key) => needed[key]).sort());
  });

  it('deletes rejected bodies in the container where the relay keeps them', () => {
    const [policy] = resourcesOf('small', 'Microsoft.Storage/storageAccounts/managementPolicies');

    expect(JSON.stringify(policy)).toContain(`"prefixMatch":["${needed['rejected']}/"]`);
  });
});

it('keeps what is logged for thirty days, and deletes nothing else of storage by itself', () => {
  const rules = (name: string) =>
    at(resourcesOf(name, 'Microsoft.Storage/storageAccounts/managementPolicies')[0], 'properties.policy.rules');

  for (const name of ['small', 'full', 'group']) {
    const [workspace] = resourcesOf(name, 'Microsoft.OperationalInsights/workspaces');
    expect(at(workspace, 'properties.retentionInDays')).toBe(30);
    expect(rules(name)).toHaveLength(1);
  }
});

describe('app settings', () => {
  const schema = [...read('src/config/settings.ts').matchAll(/^\s+(\w+): setting\(/gm)].map(([, name = '']) => name);
  const settings = (name: string) => resourcesOf(name, 'Microsoft.Web/sites/config')[0]?.properties ?? {};
  const given = ['GITHUB_WEBHOOK_SECRET', 'TENANT_ID'];
  const set = [...new Set([...Object.keys(settings('full')), ...Object.keys(settings('group'))])].filter(
    (name) => !given.includes(name),
  );

  // Only for a local run, or another way to say where storage is.
  const elsewhere = [
    'PORT',
    'RELAY_DATA_DIR',
    'AzureWebJobsStorage',
    'ARM_ENDPOINT',
    // Whoever keeps relay.yaml in a blob, the documents elsewhere, or all in another cloud, says so in plainSettings.
    'RELAY_CONFIG_BLOB',
    'RELAY_DOCS_URL',
    'AZURE_CLOUD',
  ];
  // How the drift report judges is fine-tuned with plainSettings; where and when it runs is a parameter.
  const isFineTuning = (name: string) => /^(DRIFT_(?!SCOPE$|SCHEDULE$)|COMPUTE_|OTEL_|APPLICATIONINSIGHTS_)/.test(name);

  it('has every setting that the relay reads in Azure', () => {
    const wanted = schema.filter((name) => !elsewhere.includes(name) && !isFineTuning(name));

    expect(wanted.length).toBeGreaterThan(7);
    expect(wanted.filter((name) => !set.includes(name))).toStrictEqual([]);
  });

  it('has no setting that nobody reads', () => {
    const host = ['AzureWebJobsStorage__credential', 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', 'AZURE_CLIENT_ID'];
    const started = ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'DRIFT_SCOPE', 'DRIFT_SCHEDULE'];
    const keys = ['Type', 'KeyVaultUri', 'KeyVaultClientId'].map((end) => `AzureWebJobsSecretStorage${end}`);

    expect(set.filter((name) => ![...schema, ...host, ...started, ...keys].includes(name))).toStrictEqual([]);
  });

  it('names the account beside its addresses, without which the host can lose its keys', () => {
    const [account] = resourcesOf('small', 'Microsoft.Storage/storageAccounts');

    expect(settings('small')['AzureWebJobsStorage__accountName']).toBe(account?.name);
    expect(settings('small')).not.toHaveProperty('AzureWebJobsStorage');
  });

  it('keeps the keys of the host in the vault where that is asked for, and lets the relay write them there', () => {
    const officer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7';
    const officers = (name: string) =>
      resourcesOf(name, 'Microsoft.Authorization/roleAssignments').filter(
        (each) => at(each, 'properties.principalType') === 'ServicePrincipal' && JSON.stringify(each).includes(officer),
      );
    const [vault] = resourcesOf('group', 'Microsoft.KeyVault/vaults');

    expect(settings('group')).toMatchObject({
      AzureWebJobsSecretStorageType: 'keyvault',
      // The end of the address is each cloud's own.
      AzureWebJobsSecretStorageKeyVaultUri: `[format('https://{0}{1}', '${vault?.name}', environment().suffixes.keyvaultDns)]`,
    });
    expect(officers('group')).toHaveLength(1);
    expect(settings('small')).not.toHaveProperty('AzureWebJobsSecretStorageType');
    expect(officers('small')).toHaveLength(0);
  });

  it('takes the URLs of receivers from the vault', () => {
    const references = Object.entries(settings('full')).filter(([name]) => name.endsWith('_WEBHOOK_URL'));
    const [vault] = resourcesOf('full', 'Microsoft.KeyVault/vaults');

    expect(Object.fromEntries(references)).toStrictEqual({
      SLACK_WEBHOOK_URL: `@Microsoft.KeyVault(VaultName=${vault?.name};SecretName=slack-webhook-url)`,
      TEAMS_WEBHOOK_URL: `@Microsoft.KeyVault(VaultName=${vault?.name};SecretName=teams-webhook-url)`,
    });
    expect(Object.keys(settings('small')).filter((name) => name.endsWith('_WEBHOOK_URL'))).toStrictEqual([
      'SLACK_WEBHOOK_URL',
    ]);
    expect(Object.keys(settings('group')).filter((name) => name.endsWith('_WEBHOOK_URL'))).toStrictEqual([]);
  });

  it('lets azd set them from its environment, and has no values of its own', () => {
    const { parameters } = JSON.parse(read('infra/main.parameters.json')) as {
      readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
    };
    const values = Object.values(parameters).map(({ value }) => value);

    expect(values.filter((value) => typeof value === 'string' && !/^\$\{[A-Z_]+(=\w*)?\}$/.test(value))).toStrictEqual(
      [],
    );
  });
});

it('gives the drift report the memory that a wholly drifted fleet takes, and a relay without it no more than it needs', () => {
  const memory = (name: string) =>
    at(
      resourcesOf(name, 'Microsoft.Web/sites')[0],
      'properties.functionAppConfig.scaleAndConcurrency.instanceMemoryMB',
    );
  const [, measured = ''] = /takes up to (\d+) MB/.exec(read('docs/performance.md')) ?? [];

  expect(memory('small')).toBe(512);
  expect(memory('full')).toBeGreaterThan(2 * Number(measured));
  expect(read('docs/operations.md')).toContain(`${memory('full')} MB with a drift scope`);
});

describe('alert rules', () => {
  const rules = resourcesOf('full', 'Microsoft.Insights/scheduledQueryRules');
  const minutes = (span: unknown): number => {
    const [, days = 0, hours = 0, rest = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(String(span)) ?? [];
    return Number(days) * 1_440 + Number(hours) * 60 + Number(rest);
  };

  it('are not made, nor paid for, without an address', () => {
    expect(rules.length).toBe(4);
    expect(resourcesOf('small', 'Microsoft.Insights/scheduledQueryRules')).toStrictEqual([]);
  });

  it('look back further than to their last look, because logs come late', () => {
    const late = rules.filter(
      ({ properties }) => minutes(properties?.['windowSize']) <= minutes(properties?.['evaluationFrequency']),
    );

    expect(minutes('PT30M')).toBe(30);
    expect(late).toStrictEqual([]);
  });
});

describe('the alert on dead letters', () => {
  const [, pattern = ''] = /matches regex @'([^']+)'/.exec(read('infra/alerts/dead-letters.kql')) ?? [];
  const report = { receiver: 'ops-slack', eventId: 'azure-autoscale:0123456789abcdef', attempt: 7, milliseconds: 812 };

  it.each([
    ['dead', true],
    ['sent', false],
    ['retry', false],
    ['duplicate', false],
  ] as const)('reads a report of %s: %s', (outcome, isHeard) => {
    // A duplicate of what was given up says "dead" as its reason, and is no news.
    const whole = { ...report, outcome, reason: 'dead' };
    const lines = [
      format('delivery', deliveryLine(whole)),
      format('delivery', whole),
      JSON.stringify(whole),
      JSON.stringify({ text: JSON.stringify(whole) }),
    ];

    expect(lines.map((line) => new RegExp(pattern).test(line))).toStrictEqual(lines.map(() => isHeard));
  });
});

it('names the app and the built folder to azd as they are', () => {
  const { services } = parse(read('azure.yaml')) as { services: Record<string, Record<string, unknown>> };
  const tag = String(at(resourcesOf('small', 'Microsoft.Web/sites')[0], 'tags.azd-service-name'));

  expect(services).toMatchObject({ [tag]: { project: '.', dist: 'dist', host: 'function' } });
  expect(read('scripts/build.ts')).toContain("?? 'dist'");
});
