import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deliveryLine } from '../src/telemetry/line.ts';
import { bare, codeOf, hasDefault, isSecure, keysOf, of, type Statement, statements, typeOf } from './support/bicep.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const PATHS = readdirSync(join(ROOT, 'infra'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.bicep'))
  .map((path) => join('infra', path))
  .sort();
const FILES: ReadonlyMap<string, readonly Statement[]> = new Map(
  PATHS.map((path) => [path, statements(read(path))] as const),
);
const fileAt = (path: string): readonly Statement[] => FILES.get(path) ?? [];

/** The newest stable api-version of each type, as https://github.com/Azure/bicep-types-az had it in November 2026. */
const API_VERSIONS: Readonly<Record<string, string>> = {
  'Microsoft.Authorization/roleAssignments': '2022-04-01',
  'Microsoft.Authorization/roleDefinitions': '2022-04-01',
  'Microsoft.EventGrid/systemTopics': '2025-02-15',
  'Microsoft.EventGrid/systemTopics/eventSubscriptions': '2025-02-15',
  'Microsoft.Insights/actionGroups': '2023-01-01',
  'Microsoft.Insights/activityLogAlerts': '2020-10-01',
  'Microsoft.Insights/autoscalesettings': '2022-10-01',
  'Microsoft.Insights/components': '2020-02-02',
  'Microsoft.Insights/scheduledQueryRules': '2023-12-01',
  'Microsoft.Insights/workbooks': '2023-06-01',
  'Microsoft.KeyVault/vaults': '2024-11-01',
  'Microsoft.ManagedIdentity/userAssignedIdentities': '2024-11-30',
  'Microsoft.OperationalInsights/workspaces': '2025-02-01',
  'Microsoft.Resources/resourceGroups': '2024-11-01',
  'Microsoft.Storage/storageAccounts': '2025-01-01',
  'Microsoft.Storage/storageAccounts/blobServices': '2025-01-01',
  'Microsoft.Storage/storageAccounts/blobServices/containers': '2025-01-01',
  'Microsoft.Storage/storageAccounts/managementPolicies': '2025-01-01',
  'Microsoft.Storage/storageAccounts/queueServices': '2025-01-01',
  'Microsoft.Storage/storageAccounts/queueServices/queues': '2025-01-01',
  'Microsoft.Storage/storageAccounts/tableServices': '2025-01-01',
  'Microsoft.Storage/storageAccounts/tableServices/tables': '2025-01-01',
  'Microsoft.Web/serverfarms': '2024-11-01',
  'Microsoft.Web/sites': '2024-11-01',
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': '2024-11-01',
  'Microsoft.Web/sites/config': '2024-11-01',
};

/** Types that have had no stable version since: for all others, one from before 2023 is refused. */
const NOTHING_NEWER: readonly string[] = [
  'Microsoft.Authorization/roleAssignments',
  'Microsoft.Authorization/roleDefinitions',
  'Microsoft.Insights/activityLogAlerts',
  'Microsoft.Insights/autoscalesettings',
  'Microsoft.Insights/components',
];

/** What a resource of a type has to say. */
const MUST_SAY: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.EventGrid/systemTopics/eventSubscriptions': ["minimumTlsVersionAllowed: '1.2'"],
  'Microsoft.Insights/components': ['DisableLocalAuth: true', 'WorkspaceResourceId:'],
  'Microsoft.KeyVault/vaults': [
    'enableRbacAuthorization: true',
    'enablePurgeProtection: true',
    'enabledForTemplateDeployment: false',
  ],
  'Microsoft.OperationalInsights/workspaces': ['disableLocalAuth: true'],
  'Microsoft.Storage/storageAccounts': [
    'allowBlobPublicAccess: false',
    'allowCrossTenantReplication: false',
    'allowSharedKeyAccess: false',
    "minimumTlsVersion: 'TLS1_2'",
    'supportsHttpsTrafficOnly: true',
  ],
  'Microsoft.Storage/storageAccounts/blobServices/containers': ["publicAccess: 'None'"],
  'Microsoft.Web/serverfarms': ["tier: 'FlexConsumption'"],
  'Microsoft.Web/sites': [
    'httpsOnly: true',
    "minTlsVersion: '1.2'",
    "scmMinTlsVersion: '1.2'",
    "type: 'UserAssignedIdentity'",
    'keyVaultReferenceIdentity: identity.id',
  ],
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': ['allow: false'],
};

interface Rule {
  /** What is wrong with a file, in words. */
  readonly problems: (file: readonly Statement[]) => readonly string[];
  /** Each has exactly this against it. */
  readonly bad: readonly string[];
}

const SECRETS_IN_OUTPUTS = /\blist[A-Z]\w*\(|connectionString|instrumentationKey|\w*key\b|password|code=|sig=/i;

const RULES: Readonly<Record<string, Rule>> = {
  'shows no secret in an output': {
    problems: (file) => {
      const secure = of('param', file).filter(isSecure);
      return of('output', file)
        .filter(
          ({ text }) =>
            SECRETS_IN_OUTPUTS.test(text) || secure.some(({ name }) => new RegExp(`\\b${name}\\b`).test(text)),
        )
        .map(({ name }) => `output ${name}`);
    },
    bad: [
      'output a string = component.properties.ConnectionString',
      "output a string = storage.listKeys().keys[0].value\nparam b string = ''",
      `@secure()\nparam pass string\noutput a string = 'https://x/?y=\${pass}'`,
      `output a string = 'https://\${host}/api/webhooks?code=\${x}'`,
      'output a string = account.properties.primaryKey',
    ],
  },
  'asks Azure for no key and reads no secret': {
    problems: (file) => codeOf(file).match(/\b(list[A-Z]\w*|getSecret)\s*\(/g) ?? [],
    bad: [
      "var a = listKeys(id, '2025-01-01').keys[0].value",
      'var a = storage.listKeys().keys[0].value',
      "var a = app.listHostKeys('x')",
      "module a 'b.bicep' = {\n  params: { url: vault.getSecret('slack-webhook-url') }\n}",
    ],
  },
  'opens storage by identity alone': {
    problems: (file) =>
      codeOf(file).match(/AccountKey=|SharedAccessSignature|DefaultEndpointsProtocol|\bAzureWebJobsStorage'?\s*:/g) ??
      [],
    bad: [
      "var a = 'DefaultEndpointsProtocol=https;AccountName=x'",
      "var settings = {\n  AzureWebJobsStorage: 'UseDevelopmentStorage=true'\n}",
      `var a = '\${endpoint};AccountKey=\${x}'`,
    ],
  },
  'names no address without TLS': {
    problems: (file) => codeOf(file).match(/http:\/\/|Https\w*: false|httpsOnly: false/g) ?? [],
    bad: [`var a = 'http://\${host}'`, 'var a = { httpsOnly: false }', 'var a = { supportsHttpsTrafficOnly: false }'],
  },
  'describes every parameter and output': {
    problems: (file) =>
      [...of('param', file), ...of('output', file)]
        .filter(({ decorators }) => !decorators.some((each) => /^@description\('.{8,}'\)$/.test(each)))
        .map(({ keyword, name }) => `${keyword} ${name}`),
    bad: ['param a string', "@description('x')\nparam a string", '@secure()\nparam a string', 'output a string = b'],
  },
  'marks secret parameters as such, and gives them no value': {
    problems: (file) =>
      of('param', file)
        .filter((each) => /(key|secret|password|pwd|token|sas)$/i.test(each.name) || isSecure(each))
        .filter((each) => !isSecure(each) || hasDefault(each))
        .map(({ name }) => name),
    bad: [
      'param functionKey string',
      "@secure()\nparam functionKey string = 'abc'",
      "@secure()\nparam url string = ''",
      'param slackSecret string',
    ],
  },
  'uses the newest stable api-version of each type': {
    problems: (file) =>
      of('resource', file)
        .map(typeOf)
        .filter(({ type, version }) => API_VERSIONS[type] !== version)
        .map(({ type, version }) => `${type}@${version}`),
    bad: [
      "resource a 'Microsoft.Web/sites@2020-06-01' = {\n}",
      "resource a 'Microsoft.Web/sites@2024-11-01-preview' = {\n}",
      "resource a 'Microsoft.Nowhere/things@2025-01-01' = {\n}",
    ],
  },
  'says of every resource what keeps it safe': {
    problems: (file) =>
      of('resource', file).flatMap((each) => {
        const { type, exists } = typeOf(each);
        const missing = exists ? [] : (MUST_SAY[type] ?? []).filter((text) => !each.text.includes(text));
        return missing.map((text) => `${each.name}: ${text}`);
      }),
    bad: [
      "resource a 'Microsoft.KeyVault/vaults@2024-11-01' = {\n  properties: { enableRbacAuthorization: false, enablePurgeProtection: true, enabledForTemplateDeployment: false }\n}",
    ],
  },
  'uses every parameter and variable': {
    problems: (file) => {
      const named = [...of('param', file), ...of('var', file)];
      return named
        .filter(
          ({ name, text }) =>
            !file.some((other) => other.text !== text && new RegExp(`\\b${name}\\b`).test(bare(other))),
        )
        .map(({ name }) => name);
    },
    bad: [
      "@description('A parameter.')\nparam a string",
      "var a = 'x'",
      "param a string\noutput b object = { c: 'the word a' }",
    ],
  },
};

describe.each(Object.entries(RULES))('infrastructure %s', (_title, { problems, bad }) => {
  it.each(PATHS)('in %s', (path) => {
    expect(problems(fileAt(path))).toStrictEqual([]);
  });

  it.each(bad)('and not in %j', (snippet) => {
    expect(problems(statements(snippet))).toHaveLength(1);
  });
});

describe.each(Object.entries(MUST_SAY).flatMap(([type, texts]) => texts.map((text) => [type, text] as const)))(
  '%s without "%s"',
  (type, text) => {
    const [path = '', resource] =
      PATHS.flatMap((each) =>
        of('resource', fileAt(each))
          .filter((statement) => typeOf(statement).type === type && !typeOf(statement).exists)
          .map((statement) => [each, statement] as const),
      )[0] ?? [];

    it('is refused', () => {
      const damaged = (resource?.text ?? '').replaceAll(text, '');
      const { problems } = RULES['says of every resource what keeps it safe'] ?? {};

      expect(path).not.toBe('');
      expect(problems?.(statements(damaged))).toStrictEqual([`${resource?.name}: ${text}`]);
    });
  },
);

describe('the list of api-versions', () => {
  it('has none from before 2023 where there is a newer one', () => {
    const old = Object.keys(API_VERSIONS).filter((type) => (API_VERSIONS[type] ?? '') < '2023');

    expect(old).toStrictEqual(NOTHING_NEWER);
  });

  it('has none that is not used', () => {
    const used = new Set([...FILES.values()].flatMap((file) => of('resource', file).map((each) => typeOf(each).type)));

    expect(Object.keys(API_VERSIONS).filter((type) => !used.has(type))).toStrictEqual([]);
  });
});

interface ModuleUse {
  readonly from: string;
  readonly symbol: string;
  readonly target: string;
  readonly params: readonly string[];
}

const USES: readonly ModuleUse[] = PATHS.flatMap((from) =>
  of('module', fileAt(from)).map(({ name: symbol, text }) => {
    const [, path = ''] = /^module \w+ '([^']+)'/.exec(text) ?? [];
    const [, params = '{}'] = /\n\s*params: ([\s\S]*)$/.exec(text) ?? [];
    return { from, symbol, target: normalize(join(dirname(from), path)), params: keysOf(params) };
  }),
);

/** What is given to a template and not taken by it, and what it needs and is not given. */
function mismatch(given: readonly string[], template: readonly Statement[]): readonly string[] {
  const params = of('param', template);
  const unknown = given.filter((name) => !params.some((param) => param.name === name));
  const missing = params.filter((param) => !hasDefault(param) && !given.includes(param.name));
  return [...unknown.map((name) => `unknown ${name}`), ...missing.map(({ name }) => `missing ${name}`)];
}

describe('modules', () => {
  it('are those that are there, each used by somebody or deployed by itself', () => {
    const deployed = [
      'infra/drift-management-group.bicep',
      'infra/event-grid.bicep',
      'infra/main.bicep',
      'infra/samples/action-group.bicep',
      'infra/samples/autoscale.bicep',
    ];
    const used = USES.map(({ target }) => target);

    expect([...new Set([...used, ...deployed])].sort()).toStrictEqual(PATHS);
    expect(deployed.filter((path) => used.includes(path))).toStrictEqual([]);
  });

  it.each(USES)('get the parameters that they take: $symbol in $from', ({ params, target }) => {
    expect(params).not.toStrictEqual([]);
    expect(mismatch(params, fileAt(target))).toStrictEqual([]);
  });

  it('are refused parameters that they do not take, and missed those that they need', () => {
    const template = statements("param a string\nparam b string = ''");

    expect(mismatch(['b', 'c'], template)).toStrictEqual(['unknown c', 'missing a']);
  });

  it('are asked only for outputs that they have', () => {
    const asked = PATHS.flatMap((from) =>
      [...codeOf(fileAt(from)).matchAll(/\b(\w+)\.outputs\.(\w+)/g)].map(([, symbol, output]) => {
        const use = USES.find((each) => each.from === from && each.symbol === symbol);
        return { from, symbol, output, target: use?.target ?? '' };
      }),
    );

    expect(asked.length).toBeGreaterThan(10);
    expect(
      asked.filter(({ target, output }) => !of('output', fileAt(target)).some(({ name }) => name === output)),
    ).toStrictEqual([]);
  });
});

describe('parameters', () => {
  const file = JSON.parse(read('infra/main.parameters.json')) as {
    readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
  };

  it('of main.parameters.json are those of main.bicep', () => {
    expect(mismatch(Object.keys(file.parameters), fileAt('infra/main.bicep'))).toStrictEqual([]);
  });

  it('of main.parameters.json hold variables of the environment and no values of their own', () => {
    const values = Object.values(file.parameters).map(({ value }) => value);

    expect(
      values.filter((value) => typeof value === 'string' && !/^\$\{[A-Z_]+(=[\w-]*)?\}$/.test(value)),
    ).toStrictEqual([]);
  });

  it('on the page are those of the template that each command deploys', () => {
    const commands = [
      ...read('infra/README.md')
        .replaceAll('\\\n', ' ')
        .matchAll(/az deployment .*/g),
    ].map(([command]) => {
      const [, template = ''] = /-f (infra\/\S+)/.exec(command) ?? [];
      return { template, given: [...command.matchAll(/ (\w+)=/g)].map(([, name = '']) => name) };
    });

    expect(commands.length).toBeGreaterThan(4);
    for (const { template, given } of commands) expect(mismatch(given, fileAt(template))).toStrictEqual([]);
  });
});

/** The texts of a list in a Bicep file. */
function list(path: string, name: string): readonly string[] {
  const [statement] = of('var', fileAt(path)).filter((each) => each.name === name);
  return [...(statement?.text ?? '').matchAll(/'([^']+)'/g)].map(([, text = '']) => text);
}

describe('storage', () => {
  const KINDS: Readonly<Record<string, 'queueNames' | 'tableNames' | 'containerNames'>> = {
    deliveries: 'queueNames',
    ledger: 'tableNames',
    rejected: 'containerNames',
    drift: 'containerNames',
  };
  const [, names = ''] = /STORAGE_NAMES = \{([^}]*)\}/.exec(read('src/main-compose.ts')) ?? [];
  // The drift report keeps its state in a container; until the relay names it, only its name is known.
  const needed: Readonly<Record<string, string>> = {
    drift: 'drift',
    ...Object.fromEntries([...names.matchAll(/(\w+): '([\w-]+)'/g)].map(([, key = '', name = '']) => [key, name])),
  };

  it('has a kind for each name of the relay', () => {
    expect(Object.keys(needed).length).toBeGreaterThan(3);
    expect(Object.keys(needed).filter((key) => KINDS[key] === undefined)).toStrictEqual([]);
  });

  it.each(['queueNames', 'tableNames', 'containerNames'] as const)('has the %s of the relay and no others', (kind) => {
    const names = Object.entries(needed).filter(([key]) => KINDS[key] === kind);

    expect([...list('infra/modules/storage.bicep', kind)].sort()).toStrictEqual(names.map(([, name]) => name).sort());
  });

  it('deletes rejected bodies in the container where the relay keeps them', () => {
    expect(read('infra/modules/storage.bicep')).toContain(`prefixMatch: ['${needed['rejected']}/']`);
  });
});

describe('app settings', () => {
  const schema = [...read('src/config/settings.ts').matchAll(/^\s+(\w+): setting\(/gm)].map(([, name = '']) => name);
  const app = fileAt('infra/modules/app.bicep');
  const objects = of('var', app).filter(({ name }) => ['hostSettings', 'relaySettings'].includes(name));
  const [receivers] = of('var', fileAt('infra/relay.bicep')).filter(({ name }) => name === 'receiverSecrets');
  const receiverSettings = [...(receivers?.text ?? '').matchAll(/\b([A-Z][A-Z_]+):/g)].map(([, name = '']) => name);
  const set = [...objects.flatMap(({ text }) => keysOf(text)), ...new Set(receiverSettings)];

  // Only for a local run, or the two other ways to say where storage is.
  const elsewhere = [
    'PORT',
    'RELAY_DATA_DIR',
    'AzureWebJobsStorage',
    'AzureWebJobsStorage__accountName',
    'ARM_ENDPOINT',
    // Whoever keeps relay.yaml in a blob, or the documents elsewhere, names it in plainSettings.
    'RELAY_CONFIG_BLOB',
    'RELAY_DOCS_URL',
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

    expect(set.filter((name) => ![...schema, ...host, ...started].includes(name))).toStrictEqual([]);
  });

  it('takes the URLs of receivers from the vault', () => {
    const chosen = of('param', fileAt('infra/relay.bicep')).find(({ name }) => name === 'receivers');

    expect([...new Set(receiverSettings)].sort()).toStrictEqual(['SLACK_WEBHOOK_URL', 'TEAMS_WEBHOOK_URL']);
    expect(keysOf(receivers?.text ?? '')).toStrictEqual(
      [...(chosen?.decorators.join('') ?? '').matchAll(/'([a-z-]+)'/g)].map(([, name]) => name),
    );
    expect(codeOf(app)).toContain(`@Microsoft.KeyVault(VaultName=\${vaultName};SecretName=\${each.value})`);
  });
});

it('gives the drift report the memory that a wholly drifted fleet takes, and a relay without it no more than it needs', () => {
  const memory = of('param', fileAt('infra/relay.bicep')).find(({ name }) => name === 'instanceMemoryMB');
  const [, measured = ''] = /takes up to (\d+) MB/.exec(read('docs/performance.md')) ?? [];
  const [, without, withReport] = /= empty\(driftScope\) \? (\d+) : (\d+)/.exec(memory?.text ?? '') ?? [];

  expect(without).toBe('512');
  expect(Number(withReport)).toBeGreaterThan(2 * Number(measured));
  expect(memory?.decorators.join('')).toContain(`${withReport}`);
  expect(read('docs/operations.md')).toContain(`${withReport} MB with a drift scope`);
});

it('gives the drift report no right but to read', () => {
  const actions = JSON.parse(read('infra/drift-actions.json')) as readonly string[];

  expect(actions.length).toBeGreaterThan(5);
  expect(actions.filter((action) => !/^Microsoft\.(Compute|Resources)\/[\w/]+\/read$/.test(action))).toStrictEqual([]);
});

describe('the alert on dead letters', () => {
  const [, pattern = ''] = /matches regex @'([^']+)'/.exec(read('infra/modules/alerts.bicep')) ?? [];
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
  const [, tag = ''] = /'azd-service-name': '(\w+)'/.exec(read('infra/modules/app.bicep')) ?? [];

  expect(services).toMatchObject({ [tag]: { project: '.', dist: 'dist', host: 'function' } });
  expect(read('scripts/build.ts')).toContain("?? 'dist'");
});
