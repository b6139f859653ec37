import { describe, expect, it } from 'vitest';
import { configBlob, readConfig } from '../../src/config/config.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { deadAddress } from '../../src/destinations/guide.ts';
import { isDevelopment, urlProblem } from '../../src/destinations/receiver-url.ts';
import { ConfigurationError, type Problem } from '../../src/problems/errors.ts';
import { portalUrl } from '../../src/sources/source.ts';

const SLACK = 'https://hooks.slack.com/services/T000/B000/secret-in-the-path';
const TEAMS = 'https://prod-1.koreacentral.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sp=x&sig=secret';

describe('the address of a receiver', () => {
  it.each([
    ['slack', SLACK],
    ['slack', 'https://hooks.slack-gov.com/services/T/B/x'],
    ['teams', TEAMS],
    ['teams', 'https://a1.6f.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/1'],
  ] as const)('of %s may be %s', (type, url) => {
    expect(urlProblem(url, type, false)).toBeUndefined();
  });

  it.each([
    ['slack', TEAMS],
    ['teams', SLACK],
    ['slack', 'https://hooks.slack.com.evil.example/services/T/B/x'],
    ['slack', 'https://evil-hooks.slack.com/services/T/B/x'],
    ['slack', 'https://hooks.slack.com:8443/services/T/B/x'],
    ['teams', 'https://logic.azure.com.evil.example/workflows/1'],
    ['teams', 'https://evillogic.azure.com/workflows/1'],
    ['slack', 'https://10.0.0.1/services/T/B/x'],
  ] as const)('of %s is refused elsewhere (%s)', (type, url) => {
    expect(urlProblem(url, type, false)).toMatch(new RegExp(`^this is not the address of a ${type} webhook, `));
  });

  it('is told with what it begins with', () => {
    expect(urlProblem('https://example.com/x', 'slack', false)).toMatch(
      /, which begins with https:\/\/hooks\.slack\.com\/; of a gateway in front of it, say the `host`$/,
    );
    expect(urlProblem('https://example.com/x', 'teams', false)).toMatch(/powerplatform\.com.* or .*logic\.azure\.com/);
  });

  it.each([
    ['http://127.0.0.1:7071/inbox/slack'],
    ['http://localhost:7071/inbox/slack'],
    ['http://[::1]:7071/inbox/slack'],
    ['https://127.1.2.3/inbox/slack'],
  ])('may be this machine in a local run only (%s)', (url) => {
    expect(urlProblem(url, 'slack', true)).toBeUndefined();
    expect(urlProblem(url, 'slack', false)).toBeTypeOf('string');
  });

  it.each([
    ['http://127.0.0.1.evil.example/'],
    ['http://localhost.evil.example/'],
    ['http://192.168.0.1/'],
    ['http://hooks.slack.com/services/T/B/x'],
  ])('may not be plain http elsewhere, even in a local run (%s)', (url) => {
    expect(urlProblem(url, 'slack', true)).toBe(
      'expected https: (plain http: is only for this machine, in a local run)',
    );
  });

  it('is taken from the settings of a local run', async () => {
    const env = { SLACK_WEBHOOK_URL: 'http://127.0.0.1:7071/inbox/slack' };

    expect((await readConfig({ ...env, AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).receivers).toHaveLength(1);
    await expect(readConfig(env)).rejects.toThrow(ConfigurationError);
    await expect(readConfig({ ...env, AZURE_FUNCTIONS_ENVIRONMENT: 'Production' })).rejects.toThrow(ConfigurationError);
  });

  it.each([
    ['https://contoso.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4'],
    ['https://outlook.office.com/webhook/1@2/IncomingWebhook/3/4'],
  ])('of an Office 365 connector is refused with what to do instead (%s)', (url) => {
    expect(urlProblem(url, 'teams', false)).toBe(
      'this is an Office 365 connector, which Microsoft has retired; make a Workflows webhook for the channel instead',
    );
  });

  it('may not hold a user name or a password', () => {
    expect(urlProblem('https://user:pass@hooks.slack.com/services/T/B/x', 'slack', false)).toBe(
      'expected a URL without a user name or a password',
    );
  });

  it.each([
    ['hooks.slack.com/services/T/B/x'],
    [`"${SLACK}"`],
    [`<${SLACK}>`],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that nobody has filled in.
    ['${SLACK_WEBHOOK_URL}'],
  ])('is a whole URL, not %s', (url) => {
    expect(urlProblem(url, 'slack', false)).toBe('expected a whole URL, beginning with https://');
  });
});

describe('the address of a subscriber', () => {
  const problem = (host: string, development = false) =>
    urlProblem(`https://${host}/events?key=hidden`, 'webhook', development);

  it.each([
    ['audit.example.com'],
    ['audit.example.com:8443'],
    ['intranet'],
    ['localhost.example.com'],
    ['8.8.8.8'],
    ['11.0.0.1'],
    ['172.32.0.1'],
    ['[2606:4700::1111]:8443'],
  ])('may be any public host, at any port (%s)', (host) => {
    expect(problem(host)).toBeUndefined();
  });

  it.each([
    ['localhost'],
    ['LocalHost.'],
    ['db.localhost'],
    ['127.0.0.1'],
    ['127.1'],
    ['0x7f000001'],
    ['2130706433'],
    ['0.0.0.0'],
    ['10.0.0.1'],
    ['10.0.0.1.'],
    ['172.16.0.1'],
    ['172.31.255.255'],
    ['192.168.1.1:8443'],
    ['100.64.0.1'],
    ['169.254.169.254'],
    ['168.63.129.16'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['[::1]'],
    ['[::]'],
    ['[::ffff:10.0.0.1]'],
    ['[64:ff9b::a00:1]'],
    ['[2001:0:a00:1::]'],
    ['[2002:a00:1::]'],
    ['[fc00::1]'],
    ['[fe80::1]'],
    ['[ff02::1]'],
  ])('may not be this machine or a private one (%s)', (host) => {
    expect(problem(host)).toBe('expected a public host, not this machine or a private address');
  });

  it.each([['localhost:8443'], ['127.0.0.1'], ['[::1]']])('may be this machine in a local run (%s)', (host) => {
    expect(problem(host, true)).toBeUndefined();
  });

  it('is https, without a user and a password', () => {
    expect(urlProblem('http://audit.example.com/', 'webhook', true)).toMatch(/^expected https:/);
    expect(urlProblem('https://u:p@audit.example.com/', 'webhook', false)).toMatch(/without a user name/);
  });
});

const HTTPS_ONLY = 'expected https: (plain http: is only for this machine, in a local run)';
const LOCAL = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };
const FILE = (more: string) => `
receivers: { ops: { type: slack, url: ${SLACK} } }
sources: { azure-monitor: { entra: { tenant: t, audience: a, ${more} } } }`;

async function problemsOf(env: Readonly<Record<string, string>>, text?: string): Promise<readonly Problem[]> {
  try {
    await readConfig(env, text);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

// Each of them is called, or decides whose tokens are taken.
describe.each<[string, (url: string) => readonly [env: Readonly<Record<string, string>>, text?: string]]>([
  ['AzureWebJobsStorage__blobServiceUri', (url) => [{ AzureWebJobsStorage__blobServiceUri: url }]],
  ['AzureWebJobsStorage__queueServiceUri', (url) => [{ AzureWebJobsStorage__queueServiceUri: url }]],
  ['AzureWebJobsStorage__tableServiceUri', (url) => [{ AzureWebJobsStorage__tableServiceUri: url }]],
  ['ARM_ENDPOINT', (url) => [{ DRIFT_SCOPE: 'tenant', ARM_ENDPOINT: url }]],
  ['sources.azure-monitor.entra.keys', (url) => [{}, FILE(`keys: "${url}"`)]],
  ['sources.azure-monitor.entra.issuer', (url) => [{}, FILE(`issuer: "${url}"`)]],
])('%s', (path, given) => {
  const told = async (url: string, more: Readonly<Record<string, string>> = {}) => {
    const [env, text] = given(url);
    return (await problemsOf({ ...env, ...more }, text)).map((each) => ({
      ...each,
      path: each.path.replace(/^relay\.yaml:\d+:\d+ {2}/, ''),
    }));
  };

  it('may be https anywhere', async () => {
    expect(await told('https://other-cloud.example')).toStrictEqual([]);
    expect(await told('https://127.0.0.1:10000')).toStrictEqual([]);
  });

  it.each(['http://127.0.0.1:10000', 'http://localhost', 'http://[::1]:7080', 'http://127.1.2.3'])(
    'may be plain http to this machine in a local run only (%s)',
    async (url) => {
      expect(await told(url, LOCAL)).toStrictEqual([]);
      expect(await told(url)).toStrictEqual([{ path, message: HTTPS_ONLY }]);
      expect(await told(url, { AZURE_FUNCTIONS_ENVIRONMENT: 'Production' })).toHaveLength(1);
    },
  );

  it.each(['http://10.0.0.1', 'http://localhost.evil', 'http://127.0.0.1.evil.example', 'http://other-cloud.example'])(
    'may not be plain http to anywhere else, even in a local run (%s)',
    async (url) => {
      expect(await told(url, LOCAL)).toStrictEqual([{ path, message: HTTPS_ONLY }]);
    },
  );

  it('is told of once where it is no address at all', async () => {
    expect(await told('nowhere')).toHaveLength(1);
  });
});

it('a configuration is not fetched from storage over plain http', () => {
  const at = (service: string) => `http://${service}.core.example`;
  const env = {
    RELAY_CONFIG_BLOB: 'config/relay.yaml',
    AzureWebJobsStorage__blobServiceUri: at('blob'),
    AzureWebJobsStorage__queueServiceUri: at('queue'),
    AzureWebJobsStorage__tableServiceUri: at('table'),
  };

  expect(() => configBlob(env)).toThrow(HTTPS_ONLY);
});

it("an address of Resource Manager that nobody calls is nobody's problem", async () => {
  expect(await problemsOf({ ARM_ENDPOINT: 'http://10.0.0.1' })).toStrictEqual([]);
});

it('an address of Resource Manager is looked at where machines of scalings are wanted, without a drift report', async () => {
  const text = `{ receivers: { ops: { type: slack, url: ${SLACK} } }, scaling: { machines: true } }`;

  expect(await problemsOf({ ARM_ENDPOINT: 'http://10.0.0.1' }, text)).toMatchObject([{ path: 'ARM_ENDPOINT' }]);
  expect(await problemsOf({ ARM_ENDPOINT: 'nowhere', COMPUTE_API_VERSION: 'new' }, text)).toMatchObject([
    { path: 'ARM_ENDPOINT' },
    { path: 'COMPUTE_API_VERSION' },
  ]);
  expect((await readConfig({}, text)).arm).toMatchObject({ armEndpoint: 'https://management.azure.com' });
});

describe('an address that cannot work', () => {
  const FLOW =
    'https://a1.6f.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/1/triggers/manual/paths/invoke';

  it.each([
    ['teams', `${FLOW}?api-version=1`, /people who have signed in only/],
    ['teams', `${FLOW}?api-version=1&sig=`, /people who have signed in only/],
    ['teams', 'https://prod-17.westeurope.logic.azure.com/workflows/1/x?api-version=2016-06-01&sig=x', /retired/],
    ['teams', `${FLOW}?api-version=1&sig=abc`, /refuses: leave auth out/, 'auth: entra, '],
    ['slack', 'https://hooks.slack.com/triggers/T0/1/x', /Workflow Builder/],
    ['slack', 'https://hooks.slack.com/workflows/T0/A0/1/x', /Workflow Builder/],
  ] as const)(
    'of %s is refused by lint, and put up with by a relay that runs: %s',
    async (type, url, said, more: string = '') => {
      const text = `receivers: { ops: { ${more}type: ${type}, url: "${url}" } }`;

      expect(deadAddress(url, type, more !== '')).toMatch(said);
      await expect(parseConfigFile(text, {})).resolves.toBeDefined();
      await expect(parseConfigFile(text, {}, 'relay.yaml', true)).rejects.toThrow(said);
    },
  );

  it.each([
    ['teams', `${FLOW}?api-version=1&sp=x&sig=abc`],
    ['teams', TEAMS],
    ['teams', 'https://prod-17.westeurope.logic.azure.com/workflows/1/x?api-version=2016-10-01&sig=x'],
    ['slack', SLACK],
    ['webhook', 'https://example.com/triggers/x'],
  ] as const)('is not one of %s at %s', (type, url) => {
    expect(deadAddress(url, type)).toBeUndefined();
  });

  it.each(['', '&sig='])('is not one without sig= where the relay signs in (%s)', async (more) => {
    const text = `receivers: { ops: { type: teams, url: "${FLOW}?api-version=1${more}", auth: entra } }`;

    await expect(parseConfigFile(text, {}, 'relay.yaml', true)).resolves.toBeDefined();
  });
});

describe('a receiver behind a gateway or a proxy', () => {
  const compiledOf = async (receiver: string, isLint = false) =>
    (await parseConfigFile(`receivers: { ops: ${receiver} }`, {}, 'relay.yaml', isLint)).receivers['ops'];
  const GATEWAY = 'url: "https://gateway.example.com/slack/triggers/T/B/hidden"';

  it.each([
    [`{ type: slack, ${GATEWAY}, host: gateway.example.com }`],
    [`{ type: slack, ${GATEWAY}, host: "gateway.example.com:443" }`],
    [`{ type: teams, ${GATEWAY}, host: gateway.example.com }`],
    ['{ type: teams, url: "https://gateway.example.com:8443/x", host: "gateway.example.com:8443" }'],
    [`{ type: webhook, ${GATEWAY}, host: gateway.example.com, secret: abc }`],
    [`{ type: slack, url: "${SLACK}", proxy: "http://relay:p%40ss@10.0.0.1:3128" }`],
    [`{ type: slack, url: "${SLACK}", proxy: "https://proxy.example.com" }`],
  ])('is good by what names it: %s', async (receiver) => {
    expect(await compiledOf(receiver, true)).toBeDefined();
  });

  it.each([
    [`{ type: slack, ${GATEWAY} }`, /^this is not the address of a slack webhook/],
    [`{ type: slack, ${GATEWAY}, host: gateway.example.org }`, /^this is not at the host/],
    [`{ type: slack, ${GATEWAY}, host: "gateway.example.com:8443" }`, /^this is not at the host/],
    [`{ type: slack, url: "https://10.0.0.1/hidden", host: 10.0.0.1 }`, /^expected a public host/],
    [`{ type: slack, ${GATEWAY}, host: "https://gateway.example.com" }`, /expected a host in small letters/],
    [`{ type: teams, ${GATEWAY}, host: gateway.example.com, auth: entra }`, /^expected { entra: <audience> }/],
    [`{ type: slack, url: "${SLACK}", proxy: "proxy.example.com:3128" }`, /^expected the address of a proxy/],
    [
      `{ type: slack, url: "${SLACK}", proxy: "http://u:hidden%@proxy.example.com" }`,
      /^expected the address of a proxy/,
    ],
    [`{ type: slack, url: "${SLACK}", proxy: "http://proxy.example.com/hidden" }`, /^expected the address of a proxy/],
    [
      `{ type: slack, url: "${SLACK}", proxy: "http://127.0.0.1:3128" }`,
      /^nothing listens on the machine of a function/,
    ],
  ])('is refused otherwise, without its address: %s', async (receiver, said) => {
    const error = await compiledOf(receiver).catch((thrown: unknown) => thrown);
    const problems = error instanceof ConfigurationError ? error.problems.map(({ message }) => message) : [];

    expect(problems.join()).toMatch(said);
    expect(problems.join()).not.toContain('hidden');
  });
});

describe('a receiver that is signed in to', () => {
  const compiledOf = async (receiver: string) => (await readConfig({}, `receivers: { ops: ${receiver} }`)).receivers[0];

  it.each([
    ['a1.6f.environment.api.powerplatform.com', 'https://service.flow.microsoft.com/'],
    ['a1.6f.environment.api.gov.powerplatform.microsoft.us', 'https://gov.service.flow.microsoft.us/'],
    ['a1.6f.environment.api.high.powerplatform.microsoft.us', 'https://high.service.flow.microsoft.us/'],
    ['a1.6f.environment.api.appsplatform.us', 'https://service.flow.appsplatform.us/'],
    ['a1.6f.environment.api.powerplatform.partner.microsoftonline.cn', 'https://service.powerautomate.cn/'],
    ['prod-1.koreacentral.logic.azure.com', 'https://management.azure.com/'],
    ['prod-1.usgovvirginia.logic.azure.us', 'https://management.usgovcloudapi.net/'],
    ['prod-1.chinaeast2.logic.azure.cn', 'https://management.chinacloudapi.cn/'],
  ])('at %s gets a token for %s', async (host, audience) => {
    for (const type of ['teams', 'webhook']) {
      expect(await compiledOf(`{ type: ${type}, url: "https://${host}/workflows/1", auth: entra }`)).toMatchObject({
        audience,
      });
    }
  });

  it('gets one for the audience that is written, and needs no secret', async () => {
    const receiver = '{ type: webhook, url: "https://audit.example.com/", auth: { entra: "api://audit" } }';

    expect(await compiledOf(receiver)).toMatchObject({ audience: 'api://audit' });
    expect(await compiledOf('{ type: webhook, url: "https://audit.example.com/", secret: abc }')).not.toHaveProperty(
      'audience',
    );
  });

  it.each([
    ['{ type: webhook, url: "https://audit.example.com/", auth: entra }', /expected \{ entra: <audience> \}/],
    ['{ type: webhook, url: "https://logic.azure.com.example.com/", auth: entra }', /expected \{ entra: <audience> \}/],
    ['{ type: slack, url: "https://hooks.slack.com/services/T/B/x", auth: entra }', /auth has no use here/],
  ])('is refused where nobody can say for whom: %s', async (receiver, said) => {
    await expect(compiledOf(receiver)).rejects.toThrow(said);
  });
});

it('an app on Azure is no local run, whatever a setting says', () => {
  expect(isDevelopment({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).toBe(true);
  expect(isDevelopment({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development', WEBSITE_SITE_NAME: 'relay' })).toBe(false);
});

describe('other clouds', () => {
  const PATH = '/powerautomate/automations/direct/workflows/1/triggers/manual/paths/invoke?sig=x';

  it.each([
    'a1.6f.environment.api.gov.powerplatform.microsoft.us',
    'a1.6f.environment.api.high.powerplatform.microsoft.us',
    'a1.6f.environment.api.appsplatform.us',
    'a1.6f.environment.api.powerplatform.partner.microsoftonline.cn',
    'prod-1.usgovvirginia.logic.azure.us',
    'prod-1.chinaeast2.logic.azure.cn',
  ])('have their flows at %s', (host) => {
    expect(urlProblem(`https://${host}${PATH}`, 'teams', false)).toBeUndefined();
    expect(urlProblem(`https://${host}.example.com${PATH}`, 'teams', false)).toMatch(/this is not the address/);
  });

  it.each([
    ['', 'https://portal.azure.com', 'https://management.azure.com'],
    ['public', 'https://portal.azure.com', 'https://management.azure.com'],
    ['usgov', 'https://portal.azure.us', 'https://management.usgovcloudapi.net'],
    ['china', 'https://portal.azure.cn', 'https://management.chinacloudapi.cn'],
  ])('are where AZURE_CLOUD=%s says', async (AZURE_CLOUD, portal, armEndpoint) => {
    const { drift } = await readConfig({ SLACK_WEBHOOK_URL: SLACK, AZURE_CLOUD, DRIFT_SCOPE: 'tenant' });
    const id = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/a';

    expect(drift).toMatchObject({ armEndpoint });
    expect(portalUrl(id)).toBe(`${portal}/#resource${id}`);
    await readConfig({ SLACK_WEBHOOK_URL: SLACK });
    expect(portalUrl(id)).toBe(`https://portal.azure.com/#resource${id}`);
  });

  it('are named rightly, or it is said which there are', async () => {
    await expect(readConfig({ SLACK_WEBHOOK_URL: SLACK, AZURE_CLOUD: 'germany' })).rejects.toThrow(
      'expected public, usgov, china',
    );
  });
});
