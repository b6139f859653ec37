import { describe, expect, it } from 'vitest';
import { configBlob, readConfig } from '../../src/config/config.ts';
import { destinations } from '../../src/destinations/registry.ts';
import { ConfigurationError, type Problem } from '../../src/problems/errors.ts';
import { toAll } from '../../src/routing/routes.ts';
import { sampleEnv, samplePath } from '../support/sample-config.ts';

const SLACK = 'https://hooks.slack.com/services/T000/B000/secret-in-the-path';
const TEAMS =
  'https://prod-1.koreacentral.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sp=x&sig=secret-in-the-query';

async function problemsOf(env: Record<string, string>): Promise<readonly Problem[]> {
  try {
    await readConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  it('have defaults for all', async () => {
    expect(await readConfig({})).toStrictEqual({
      development: false,
      appServiceSignIn: false,
      docs: undefined,
      receivers: [],
      routes: toAll([]),
      environments: [],
      notices: [],
      runbooks: [],
      owners: [],
      quiet: { windows: [], inhibitions: [], breakThrough: 'critical' },
      actions: undefined,
      joins: undefined,
      drill: undefined,
      page: { viewers: [], operators: [] },
      reviews: [],
      expects: [],
      machines: false,
      sources: {},
      mayChoose: [],
      severities: {},
      storage: undefined,
      drift: undefined,
      arm: undefined,
      azureClientId: undefined,
      locale: 'en',
      timeZone: 'UTC',
      origin: undefined,
      port: 7071,
      dataDir: '.relay',
      underNpm: false,
    });
  });

  it('name two receivers, in one language and zone', async () => {
    const env = { SLACK_WEBHOOK_URL: ` ${SLACK} `, TEAMS_WEBHOOK_URL: TEAMS, RELAY_TIME_ZONE: 'Asia/Seoul' };

    expect((await readConfig(env)).receivers).toStrictEqual([
      { name: 'slack', type: 'slack', url: SLACK, rate: destinations.slack.rate, locale: 'en', timeZone: 'Asia/Seoul' },
      {
        ...{ name: 'teams', type: 'teams', url: TEAMS, rate: destinations.teams.rate },
        ...{ locale: 'en', timeZone: 'Asia/Seoul' },
      },
    ]);
  });

  it('tell people what names the receivers', async () => {
    const originOf = async (env: Record<string, string>, text?: string) => (await readConfig(env, text)).origin;
    const both = { SLACK_WEBHOOK_URL: SLACK, TEAMS_WEBHOOK_URL: TEAMS };

    expect(await originOf({ TEAMS_WEBHOOK_URL: TEAMS })).toBe('TEAMS_WEBHOOK_URL');
    expect(await originOf(both)).toBe('SLACK_WEBHOOK_URL, TEAMS_WEBHOOK_URL');
    expect(await originOf({ ...both, ...sampleEnv, RELAY_CONFIG: samplePath })).toBe(samplePath);
    const text = JSON.stringify({ receivers: { ops: { type: 'slack', url: SLACK } } });
    expect(await originOf({ RELAY_CONFIG_BLOB: 'settings/relay.yaml' }, text)).toBe('settings/relay.yaml');
    expect(await originOf({}, text)).toBe('relay.yaml');
  });

  it('name a file whose receivers take the place of their own', async () => {
    const { receivers, mayChoose, notices } = await readConfig({ ...sampleEnv, RELAY_CONFIG: samplePath });

    expect(receivers.map(({ name, rate, fallback, secrets }) => ({ name, rate, fallback, secrets }))).toStrictEqual([
      {
        name: 'ops-slack',
        rate: { ...destinations.slack.rate, perHour: 600 },
        fallback: 'ops-teams',
        secrets: undefined,
      },
      { name: 'ops-teams', rate: destinations.teams.rate, fallback: undefined, secrets: undefined },
      { name: 'tenant-teams', rate: destinations.teams.rate, fallback: undefined, secrets: undefined },
      { name: 'dmz-slack', rate: destinations.slack.rate, fallback: undefined, secrets: undefined },
      {
        name: 'app-slack',
        rate: destinations['slack-app'].rate,
        fallback: undefined,
        secrets: [sampleEnv.SLACK_BOT_TOKEN],
      },
      {
        name: 'bot-teams',
        rate: destinations['teams-bot'].rate,
        fallback: undefined,
        secrets: [sampleEnv.BOT_SECRET],
      },
      { name: 'ops-mail', rate: destinations.email.rate, fallback: undefined, secrets: undefined },
      {
        name: 'on-call',
        rate: destinations.pagerduty.rate,
        fallback: undefined,
        secrets: [sampleEnv.PAGERDUTY_KEY],
      },
      { name: 'audit', rate: {}, fallback: undefined, secrets: ['whsec_c2VjcmV0'] },
    ]);
    expect({ mayChoose, notices }).toStrictEqual({ mayChoose: ['azure-autoscale'], notices: ['ops-teams'] });
  });

  it.each([
    ['nope.yaml', 'nope.yaml: there is no such file'],
    ['docs', 'it is a folder'],
    ['README.md/relay.yaml', 'README.md/relay.yaml: there is no such file'],
  ])('name the file that cannot be read, and the reason (%s)', async (RELAY_CONFIG, message) => {
    expect(await problemsOf({ RELAY_CONFIG })).toStrictEqual([{ path: 'RELAY_CONFIG', message }]);
  });

  it('keep of a rate what the file does not say', async () => {
    const file = `receivers: { ops: { type: teams, url: ${TEAMS}, rate: { perHour: 6000 } } }`;

    expect((await readConfig({}, file)).receivers[0]?.rate).toStrictEqual({
      ...destinations.teams.rate,
      perHour: 6_000,
    });
  });

  it('name one file, not two', async () => {
    expect(
      await problemsOf({ RELAY_CONFIG: samplePath, RELAY_CONFIG_BLOB: 'config/relay.yaml', ...sampleEnv }),
    ).toStrictEqual([{ path: 'RELAY_CONFIG_BLOB', message: 'RELAY_CONFIG names a file as well: set one of them' }]);
  });

  it.each([['relay.yaml'], ['Config/relay.yaml'], ['a/relay.yaml'], ['config/'], ['con--fig/relay.yaml']])(
    'refuse %s for a blob',
    async (RELAY_CONFIG_BLOB) => {
      expect((await problemsOf({ RELAY_CONFIG_BLOB })).map(({ path }) => path)).toStrictEqual(['RELAY_CONFIG_BLOB']);
    },
  );

  it('need a storage account for a blob', () => {
    const given = { RELAY_CONFIG_BLOB: 'config/relay.yaml' };

    expect(() => configBlob(given)).toThrow(ConfigurationError);
    expect(configBlob({ ...given, AzureWebJobsStorage: 'UseDevelopmentStorage=true' })).toStrictEqual({
      storage: { connectionString: 'UseDevelopmentStorage=true' },
      container: 'config',
      name: 'relay.yaml',
    });
    expect(configBlob({})).toBeUndefined();
  });

  it('take an empty text for a setting that is not set', async () => {
    const names = [
      'SLACK_WEBHOOK_URL',
      'TEAMS_WEBHOOK_URL',
      'RELAY_LOCALE',
      'RELAY_TIME_ZONE',
      'RELAY_CONFIG',
      'RELAY_DATA_DIR',
      'PORT',
      'AzureWebJobsStorage',
      'AzureWebJobsStorage__accountName',
      'AzureWebJobsStorage__queueServiceUri',
      'AzureWebJobsStorage__tableServiceUri',
      'AzureWebJobsStorage__clientId',
    ];

    expect((await readConfig(Object.fromEntries(names.map((name) => [name, ''])))).receivers).toStrictEqual([]);
    expect(await readConfig(Object.fromEntries(names.map((name) => [name, '  '])))).toStrictEqual(await readConfig({}));
  });

  it('tell every problem at once', async () => {
    const env = {
      SLACK_WEBHOOK_URL: 'http://hooks.slack.com/services/T/B/x',
      TEAMS_WEBHOOK_URL: 'not a URL',
      RELAY_LOCALE: 'tlh',
      RELAY_TIME_ZONE: 'Mars/Olympus',
      RELAY_CONFIG: '/nowhere/relay.yaml',
      PORT: '70000',
      AzureWebJobsStorage__queueServiceUri: 'nowhere',
    };

    expect((await problemsOf(env)).map(({ path }) => path).sort()).toStrictEqual(Object.keys(env).sort());
  });

  it.each([['0'], ['80'], ['65535']])('take port %s', async (PORT) => {
    expect((await readConfig({ PORT })).port).toBe(Number(PORT));
  });

  it.each([['-1'], ['65536'], ['7071.5'], ['http']])('refuse port %s', async (PORT) => {
    expect((await problemsOf({ PORT })).map(({ path }) => path)).toStrictEqual(['PORT']);
  });

  it('know a run under npm', async () => {
    expect((await readConfig({ npm_lifecycle_event: 'start' })).underNpm).toBe(true);
  });
});

describe('the storage', () => {
  it('is the connection string, which wins over an identity', async () => {
    const env = { AzureWebJobsStorage: 'UseDevelopmentStorage=true', AzureWebJobsStorage__accountName: 'shop' };

    expect((await readConfig(env)).storage).toStrictEqual({ connectionString: 'UseDevelopmentStorage=true' });
  });

  it('is found by the name of an account', async () => {
    expect((await readConfig({ AzureWebJobsStorage__accountName: 'shop' })).storage).toStrictEqual({
      blobServiceUri: 'https://shop.blob.core.windows.net',
      queueServiceUri: 'https://shop.queue.core.windows.net',
      tableServiceUri: 'https://shop.table.core.windows.net',
      clientId: undefined,
    });
  });

  it('is found by three addresses, for an identity of its own', async () => {
    const env = {
      AzureWebJobsStorage__blobServiceUri: 'https://shop.blob.core.usgovcloudapi.net',
      AzureWebJobsStorage__queueServiceUri: 'https://shop.queue.core.usgovcloudapi.net',
      AzureWebJobsStorage__tableServiceUri: 'https://shop.table.core.usgovcloudapi.net',
      AzureWebJobsStorage__clientId: '3f1c9a52',
    };

    expect((await readConfig(env)).storage).toStrictEqual({
      blobServiceUri: env.AzureWebJobsStorage__blobServiceUri,
      queueServiceUri: env.AzureWebJobsStorage__queueServiceUri,
      tableServiceUri: env.AzureWebJobsStorage__tableServiceUri,
      clientId: '3f1c9a52',
    });
  });

  it.each([
    ['AzureWebJobsStorage__queueServiceUri', 'https://shop.queue.core.windows.net'],
    ['AzureWebJobsStorage__tableServiceUri', 'https://shop.table.core.windows.net'],
  ])('is none where only %s is known', async (name, value) => {
    expect((await readConfig({ [name]: value })).storage).toBeUndefined();
  });
});
