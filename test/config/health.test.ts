import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { health } from '../../functions/health.ts';
import manifest from '../../package.json' with { type: 'json' };
import { requestOf } from '../support/relay.ts';

const SLACK = 'https://hooks.slack.com/services/T000/B000/secret-in-the-path';
const NOWHERE = 'http://127.0.0.1:1/nobody';
const NO_STORAGE = `DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=a2V5;BlobEndpoint=${NOWHERE};QueueEndpoint=${NOWHERE};TableEndpoint=${NOWHERE}`;

afterEach(() => vi.unstubAllEnvs());

/** What a relay of these settings says of its health. */
async function healthWith(env: Readonly<Record<string, string>>, query: string) {
  vi.resetModules();
  const all = { SLACK_WEBHOOK_URL: '', TEAMS_WEBHOOK_URL: '', RELAY_CONFIG: '', DRIFT_SCOPE: '', ...env };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const { health }: typeof import('../../functions/health.ts') = await import('../../functions/health.ts');
  return health.handler(requestOf('', { method: 'GET', query }));
}

const GOOD = { AzureWebJobsStorage: NO_STORAGE, SLACK_WEBHOOK_URL: SLACK };
const DEEP = ['deep=1', 'deep', 'deep=true'];
const PLAIN = ['', 'deep=0', 'deep=false', 'more=1'];

it('health can be asked for by everybody', () => {
  expect(health).toMatchObject({ methods: ['GET'], authLevel: 'anonymous', route: 'health' });
});

describe('a relay whose configuration is broken', () => {
  const broken = { ...GOOD, RELAY_LOCALE: 'xx' };

  it.each(PLAIN)('is there, and says no more than that it is of no use (?%s)', async (query) => {
    expect(await healthWith(broken, query)).toStrictEqual({
      status: 200,
      jsonBody: { status: 'ok', version: manifest.version, configuration: 'unusable' },
    });
  });

  it.each(DEEP)(
    'says how much is wrong to who asks, and what is wrong to nobody without a key (?%s)',
    async (query) => {
      const answer = await healthWith(broken, query);

      expect(answer).toMatchObject({
        status: 503,
        jsonBody: { type: 'urn:autoscale-relay:problem:configuration', problems: 1 },
      });
      expect(JSON.stringify(answer)).not.toContain('RELAY_LOCALE');
    },
  );
});

describe('a relay whose storage is down', () => {
  it.each(PLAIN)('is there (?%s)', async (query) => {
    expect(await healthWith(GOOD, query)).toStrictEqual({
      status: 200,
      jsonBody: { status: 'ok', version: manifest.version, receivers: ['slack'], drift: 'off', storage: 'not asked' },
    });
  });

  it.each(DEEP)('says so to who asks (?%s)', async (query) => {
    expect(await healthWith(GOOD, query)).toMatchObject({
      status: 503,
      jsonBody: { type: 'urn:autoscale-relay:problem:storage' },
    });
  });
});

it.each([
  ['off', {}],
  ['on', { DRIFT_SCOPE: 'tenant' }],
])('a relay that is well says that its drift report is %s', async (drift, env) => {
  const answer = await healthWith({ ...GOOD, AzureWebJobsStorage: inject('storage'), ...env }, 'deep=1');

  expect(answer).toStrictEqual({
    status: 200,
    jsonBody: { status: 'ok', version: manifest.version, receivers: ['slack'], drift, watch: expect.any(String) },
  });
});
