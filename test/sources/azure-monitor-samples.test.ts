import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readJson } from '../support/fixtures.ts';
import { allSources, normalize } from '../support/normalize.ts';

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/payloads', import.meta.url));

// File, kind, state or phase, name of the resource, time.
const EXPECTED = [
  ['azure-monitor-common/activity-log-administrative', 'alert', 'fired', 'test-VM', '2024-12-19T00:16:09.883Z'],
  ['azure-monitor-common/activity-log-autoscale-vmss', 'scale', 'started', 'alexademo', '2019-08-21T16:17:47.155Z'],
  ['azure-monitor-common/activity-log-security', 'alert', 'fired', 'testvmss', '2019-08-21T16:18:30.000Z'],
  ['azure-monitor-common/application-insights-log', 'alert', 'fired', 'testvmss', '2019-08-21T16:18:30.000Z'],
  [
    'azure-monitor-common/budget-actual',
    'alert',
    'fired',
    '11111111-1111-1111-1111-111111111111',
    '2024-12-18T23:56:32.646Z',
  ],
  ['azure-monitor-common/log-alerts-v2', 'alert', 'fired', 'test-computer', '2022-11-23T16:21:24.565Z'],
  [
    'azure-monitor-common/log-analytics-v1-number-of-results',
    'alert',
    'fired',
    'test-computer',
    '2024-12-18T23:55:43.823Z',
  ],
  ['azure-monitor-common/metric-resolved-2', 'alert', 'resolved', 'wcus-r2-gen2', '2019-03-22T14:03:16.224Z'],
  [
    'azure-monitor-common/metric-static-resolved-custom-properties',
    'alert',
    'resolved',
    'wcus-r2-gen2',
    '2019-03-22T14:03:16.224Z',
  ],
  ['azure-monitor-common/metric-static-threshold', 'alert', 'fired', 'test-storageAccount', '2024-12-18T22:31:30.972Z'],
  ['azure-monitor-common/prometheus-doc-context', 'alert', 'fired', 'testvmss', '2019-08-21T16:18:30.000Z'],
  ['azure-monitor-common/real-2021-application-insights', 'alert', 'fired', 'xxx-insights', '2021-10-27T11:34:44.701Z'],
  ['azure-monitor-common/real-2021-log-v2', 'alert', 'fired', 'ai-yyy-prod', '2021-10-26T09:35:13.507Z'],
  ['azure-monitor-common/real-2025-log-v2-a', 'alert', 'fired', 'myadf001', '2025-03-27T16:32:34.612Z'],
  ['azure-monitor-common/real-2025-metric-static', 'alert', 'fired', 'myadf001', '2025-03-27T16:03:50.743Z'],
  ['azure-monitor-common/resource-health', 'alert', 'fired', 'test-VM', '2024-12-18T23:29:56.214Z'],
  ['azure-monitor-common/service-health-incident', 'alert', 'fired', 'Azure Service Name', '2024-12-18T23:30:08.974Z'],
  ['azure-monitor-common/smart-detector', 'alert', 'fired', 'test-applicationInsights', '2021-10-28T19:09:09.111Z'],
  [
    'azure-monitor-common/test-action-2025-availability',
    'alert',
    'fired',
    'test-applicationInsights',
    '2025-04-15T17:42:34.824Z',
  ],
  [
    'azure-monitor-common/test-action-2025-budget-actual',
    'alert',
    'fired',
    'aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e',
    '2025-04-15T17:53:32.996Z',
  ],
  [
    'azure-monitor-common/test-action-2025-budget-forecast',
    'alert',
    'fired',
    'aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e',
    '2025-04-15T17:55:39.040Z',
  ],
  ['azure-monitor-common/unknown-service-test', 'alert', 'fired', 'thing-1', '2026-05-27T17:00:00.000Z'],
  ['azure-monitor-noncommon/activity-log-administrative', 'alert', 'fired', 'test-VM', '2021-11-16T08:27:36.183Z'],
  ['azure-monitor-noncommon/activity-log-common-2017', 'alert', 'fired', 'IncidentActions', '2017-03-29T15:43:08.001Z'],
  ['azure-monitor-noncommon/activity-log-recommendation', 'alert', 'fired', 'contosoStore', '2017-06-29T13:52:33.274Z'],
  [
    'azure-monitor-noncommon/automation-wrapper-claims-object',
    'alert',
    'fired',
    'ContosoVM1',
    '2018-01-09T20:11:25.841Z',
  ],
  ['azure-monitor-noncommon/budget', 'alert', 'fired', 'test-RG', '2026-11-20T14:05:10.000Z'],
  ['azure-monitor-noncommon/classic-activated-with-metrics', 'alert', 'fired', 'mysite1', '2015-08-14T22:26:41.997Z'],
  [
    'azure-monitor-noncommon/classic-activated-without-metrics',
    'alert',
    'fired',
    'mysite1',
    '2015-08-14T22:26:41.997Z',
  ],
  [
    'azure-monitor-noncommon/classic-metric-activated-nested-properties',
    'alert',
    'fired',
    'helixtest1',
    '2015-09-18T01:02:35.819Z',
  ],
  ['azure-monitor-noncommon/classic-resolved-with-metrics', 'alert', 'resolved', 'mysite1', '2015-08-14T22:26:41.997Z'],
  [
    'azure-monitor-noncommon/log-analytics-v1-no-schemaid-numresults',
    'alert',
    'fired',
    'test-logAnalyticsWorkspace',
    '2021-11-16T15:15:24.000Z',
  ],
  ['azure-monitor-noncommon/log-application-insights', 'alert', 'fired', 'AcmeRule', '2018-03-26T09:10:40.000Z'],
  ['azure-monitor-noncommon/metric-static-2021', 'alert', 'fired', 'test-storageAccount', '2021-11-15T09:35:12.970Z'],
  ['azure-monitor-noncommon/metric-v2-activated', 'alert', 'fired', 'diag500', '2018-02-28T10:44:10.171Z'],
  ['azure-monitor-noncommon/metric-v2-deactivated', 'alert', 'resolved', 'web01', '2019-02-27T14:10:35.081Z'],
  ['azure-monitor-noncommon/resource-health', 'alert', 'fired', 'test-VM', '2021-11-16T09:50:20.406Z'],
  [
    'azure-monitor-noncommon/service-health-incident-2017',
    'alert',
    'fired',
    'Virtual Machines',
    '2017-10-18T23:49:25.373Z',
  ],
] as const;

// A log alert with its author's own JSON looks like nothing; it goes to the source `custom` or is mapped by hand.
const NOBODYS = ['azure-monitor-noncommon/log-custom-json'];

describe.runIf(existsSync(SAMPLES))('the samples of Azure Monitor', () => {
  it('are all in the table', () => {
    const files = ['azure-monitor-common', 'azure-monitor-noncommon'].flatMap((folder) =>
      readdirSync(`${SAMPLES}/${folder}`).map((file) => `${folder}/${file.replace(/\.json$/, '')}`),
    );

    expect(files.sort()).toStrictEqual([...EXPECTED.map(([file]) => file), ...NOBODYS].sort());
  });

  it.each(EXPECTED)('include %s: %s, %s', (file, kind, state, name, occurredAt) => {
    const payload = readJson(`${SAMPLES}/${file}.json`);
    const [event, ...more] = normalize({ payload });

    expect(more).toStrictEqual([]);
    expect(event).toMatchObject({ source: 'azure-monitor', kind, occurredAt, resource: { name } });
    expect(event).toHaveProperty(kind === 'scale' ? 'phase' : 'state', state);
    expect(JSON.stringify(event)).not.toMatch(/user-email|me@contoso|0\.0\.0\.0|1\.1\.1\.1|someone@/);
  });

  it.each(NOBODYS)('include %s, which nobody detects', (file) => {
    const payload = readJson(`${SAMPLES}/${file}.json`);

    expect(allSources.filter((source) => source.detects(payload, new Headers()))).toStrictEqual([]);
  });
});
