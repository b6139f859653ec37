import { expect, it } from 'vitest';
import { acceptedIds, scaleOut } from '../integration/autoscale.ts';
import { eventually } from '../integration/eventually.ts';
import { canCertify } from '../support/certificate.ts';
import { dataFolder, postJson, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { listen } from '../support/server.ts';
import { ingestion } from './ingestion.ts';

// https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
const token = JSON.stringify({
  access_token: 'a-token-for-monitor',
  expires_on: `${Math.floor(Date.now() / 1000) + 3_600}`,
  resource: 'https://monitor.azure.com/',
  token_type: 'Bearer',
});

it.skipIf(!(await canCertify()))(
  'Application Insights gets the way of an event, by the identity of the app, as spans and metrics',
  async () => {
    await using insights = await ingestion();
    await using identity = await listen({ status: 200, body: token, headers: { 'content-type': 'application/json' } });
    await using slack = await listen({ status: 200, body: 'ok' });
    await using folder = await dataFolder();
    await using run = startRun(folder, {
      AzureWebJobsStorage: await ownStorage(),
      SLACK_WEBHOOK_URL: slack.url,
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.connectionString,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=11111111-2222;Authorization=AAD',
      IDENTITY_ENDPOINT: `${identity.url}/msi/token`,
      IDENTITY_HEADER: 'a-header',
      NODE_EXTRA_CA_CERTS: insights.certificate,
      // The exporter tells Microsoft how it fares; not from a test.
      APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
    });

    const [id = ''] = await acceptedIds(await postJson(`${await run.ready()}/api/webhooks`, scaleOut()));
    await eventually(() => expect(insights.envelopes().length).toBeGreaterThan(3));
    process.kill(run.pid, 'SIGTERM');
    expect(await run.ended).toBe(0);

    expect(identity.received[0]?.path).toContain('client_id=11111111-2222');
    expect(identity.received[0]?.path).toContain(encodeURIComponent('https://monitor.azure.com'));
    expect(new Set(insights.received.map(({ path }) => path))).toStrictEqual(new Set(['/v2.1/track']));
    expect(new Set(insights.received.map(({ authorization }) => authorization))).toStrictEqual(
      new Set(['Bearer a-token-for-monitor']),
    );
    const all = insights.envelopes().filter(({ data }) => data.baseType !== 'MetricData');
    // The relay's timers are told as well, where a full minute comes meanwhile: each in a trace of its own.
    const trace = all.find(({ data }) => data.baseType === 'RequestData')?.tags['ai.operation.id'];
    const spans = all.filter(({ tags }) => tags['ai.operation.id'] === trace);
    // Without a host, which writes the requests of its own, the relay's are requests too.
    expect(spans.map(({ data }) => data.baseType)).toStrictEqual([
      'RequestData',
      'RemoteDependencyData',
      'RequestData',
    ]);
    expect(spans[1]?.data.baseData).toMatchObject({ name: 'send slack', type: 'Http', resultCode: '200', data: '' });
    expect(trace).toMatch(/^[0-9a-f]{32}$/);
    const others = all.filter((each) => !spans.includes(each)).map(({ data }) => data.baseData.name);
    expect(others.filter((name) => name !== 'sweep' && name !== 'watch' && name !== 'drift')).toStrictEqual([]);
    const metrics = insights.envelopes().flatMap(({ data }) => data.baseData.metrics ?? []);
    expect(metrics).toStrictEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'relay.accepted', value: 1 }),
        expect.objectContaining({ name: 'relay.deliveries', value: 1 }),
        expect.objectContaining({ name: 'relay.latency', count: 1 }),
        expect.objectContaining({ name: 'relay.transport.duration', count: 1 }),
      ]),
    );
    expect(spans.at(-1)?.data.baseData.properties).toMatchObject({
      'relay.event': id,
      'relay.outcome': 'sent',
      'relay.receiver': 'slack',
    });
  },
);
